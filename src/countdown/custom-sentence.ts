import type { Language } from '../i18n/translator.ts';
import type { Countdown } from './countdown.ts';
import { daysLeft } from './local-time.ts';
import { durationText } from './names.ts';
import type { Occurrence } from './occurrence.ts';
import { hasVisibleCharacter } from './parse-input.ts';

/** The longest sentence of a countdown, in UTF-16 units. */
export const MAX_SENTENCE_LENGTH = 200;
/** The most placeholders in one: filled in, it still fits into a message. */
const MAX_PLACEHOLDERS = 5;

/** What a sentence may leave to be filled in. */
const PLACEHOLDERS = ['days', 'date', 'title'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

const PLACEHOLDER = /\{\s*([^{}]*?)\s*\}/g;
/** Custom emoji and names of channels, which ping nobody. */
const HARMLESS = /<(?:a?:\w{2,32}:|#)\d{17,20}>/g;
/** What Discord may read as a mention, an emoji or a channel. */
const MENTION = /<[^<>]*>|@(?:everyone|here)/g;

/** What is wrong with a sentence. */
export type SentenceProblem =
  | { kind: 'long' | 'empty' }
  /** The placeholders that nobody knows, as they were typed. */
  | { kind: 'placeholder'; names: readonly string[] };

const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((known) => known === name);

/** Returns what is wrong with a typed sentence; undefined where it can be used. */
export function findSentenceProblem(sentence: string): SentenceProblem | undefined {
  const placeholders = [...sentence.matchAll(PLACEHOLDER)];
  if (sentence.length > MAX_SENTENCE_LENGTH || placeholders.length > MAX_PLACEHOLDERS)
    return { kind: 'long' };
  const unknown = placeholders.flatMap(([typed, name = '']) =>
    isPlaceholder(name.toLowerCase()) ? [] : [typed],
  );
  const strays = sentence.replace(PLACEHOLDER, '').match(/[{}]/g) ?? [];
  if (unknown.length + strays.length > 0) return { kind: 'placeholder', names: [...unknown, ...strays] };
  return hasVisibleCharacter(sentence.replace(MENTION, '')) ? undefined : { kind: 'empty' };
}

/** What a sentence is filled in for. */
export interface SentenceSubject {
  /** The title, escaped. */
  title: string;
  occurrence: Occurrence;
  now: Temporal.Instant;
  /** Writes an instant so that each reader sees it in their own zone. */
  showInstant: (instant: Temporal.Instant) => string;
}

/**
 * Returns the countdown's own sentence for a post, filled in; undefined where the post needs the usual one: without a sentence, for
 * a notice of a date, and where the time left is asked for and none is left.
 */
export function customSentence(
  language: Language,
  countdown: Countdown,
  { title, occurrence, now, showInstant }: SentenceSubject,
): string | undefined {
  const { sentence } = countdown;
  const { kind, date, start } = occurrence;
  if (!sentence || kind === 'moved' || kind === 'dated') return undefined;
  const days = timeLeft(language, countdown, occurrence, now);
  const values = { days, title, date: start ? showInstant(start.at) : language.date(date) };
  let isComplete = true;
  const filled = sentence
    .split(PLACEHOLDER)
    .map((part, index) => {
      // Every other part is the name of a placeholder.
      if (index % 2 === 0) return escapeSentence(part, index === 0);
      const name = part.toLowerCase();
      const value = isPlaceholder(name) ? values[name] : undefined;
      if (value === undefined) isComplete = false;
      return value ?? '';
    })
    .join('');
  return isComplete ? filled : undefined;
}

/** "7 days", "2 hours", "15 minutes"; undefined on the day, from the start on, and after it. */
function timeLeft(
  language: Language,
  countdown: Countdown,
  { date, start, minutesBefore }: Occurrence,
  now: Temporal.Instant,
): string | undefined {
  const days = daysLeft(date, countdown, now);
  if (days > 0 && !minutesBefore) return language.say('countdown.days', { count: days });
  if (!start) return undefined;
  const minutes = Math.round(start.at.since(now).total('minutes'));
  if (minutes < 1) return undefined;
  return durationText(language, minutes > 120 ? Math.round(minutes / 60) * 60 : minutes);
}

/** Bold, italics and spoilers stay; mentions, masked links, code and headings become plain text. */
function escapeSentence(text: string, isFirst: boolean): string {
  const kept = [...text.matchAll(HARMLESS)].map(([token]) => token);
  const escaped = text
    .split(HARMLESS)
    .map((part) => part.replace(/[\\`<>[\]@]/g, '\\$&'))
    .reduce((sum, part, index) => `${sum}${kept[index - 1] ?? ''}${part}`);
  return isFirst ? escaped.replace(/^[#-]/, '\\$&') : escaped;
}
