import type { Card, Line } from '../../src/answers/card.ts';
import type { Day, PartialDay } from '../../src/facts/dates.ts';
import type { TimeShifted, TwoDays, Verdict, YesOrNo } from './question-sets.ts';

/** Answers a question by the facts of a day, today where none is given. */
export type Ask = (question: string, day?: Day) => Card;

/** What became of one question: `wrong` presents another fact, `amiss` none, or not what was asked of it. */
export type CardOutcome = 'right' | 'wrong' | 'amiss';

const RIGHT_VERDICT: Record<Verdict, RegExp> = {
  yes: /^yes\s*[.,:;!–—]/,
  no: /^no\s*[.,:;!–—]/,
  unknown: /^not as far as known\s*[.,:;!–—]/,
};

/** The short answer and the two lines below it. The line that repeats the question is never one of them. */
const firstLines = ({ lead, facts = [] }: Card): Line[] => [lead, ...facts.slice(0, 2)];

const textOf = (card: Card): string =>
  firstLines(card)
    .map(({ text }) => text)
    .join('\n');

/** Returns a text without markup, in lower case, with plain apostrophes. */
const plain = (text: string): string => text.replaceAll(/[*_|]/g, '').replaceAll('’', "'").toLowerCase();

/** Whether a text has some of the words, with none of the other words before them. */
export function saysFirst(text: string, words: readonly string[], others: readonly string[] = []): boolean {
  const read = plain(text);
  const placeOf = (list: readonly string[]) =>
    Math.min(...list.map((item) => read.indexOf(plain(item))).filter((place) => place >= 0));
  const place = placeOf(words);
  return Number.isFinite(place) && place <= placeOf(others);
}

/** Judges an answer that must name the time it is for, and tell first what was known then. */
export function judgeTimeShifted(ask: Ask, { question, asOf, slots, says, later }: TimeShifted): CardOutcome {
  const card = ask(question);
  const isRight = saysFirst(textOf(card), says, later) && namesPeriod(`${card.title}\n${textOf(card)}`, asOf);
  return outcome(card, slots, isRight);
}

/** Judges an answer that must begin with "Yes", "No" or "Not as far as known". */
export function judgeYesOrNo(ask: Ask, { question, verdicts, slots }: YesOrNo): CardOutcome {
  const card = ask(question);
  const isRight = verdicts.some((verdict) => RIGHT_VERDICT[verdict].test(plain(card.lead.text)));
  return outcome(card, slots, isRight);
}

/** Judges the answers to one question as of two days: each must tell first what was known on its day. */
export function judgeTwoDays(ask: Ask, { question, slots, days: [one, two] }: TwoDays): CardOutcome {
  const judge = (at: TwoDays['days'][number], other: TwoDays['days'][number]) => {
    const card = ask(question, at.day);
    return outcome(card, slots, saysFirst(textOf(card), at.says, other.says));
  };
  const outcomes = [judge(one, two), judge(two, one)];
  return outcomes.find((kind) => kind === 'wrong') ?? outcomes.find((kind) => kind === 'amiss') ?? 'right';
}

/** The first line that is from a fact decides whether it is the fact asked for. */
function outcome(card: Card, slots: readonly string[], isRight: boolean): CardOutcome {
  const from = firstLines(card).find((line) => line.from)?.from;
  if (from && !slots.includes(from.slot.slot)) return 'wrong';
  return isRight ? 'right' : 'amiss';
}

/** Whether a text names that year, with the month and the day where the period has them: "Jan 2024", "January 20, 2024". */
function namesPeriod(text: string, period: PartialDay): boolean {
  const [year, month, day] = period.split('-');
  if (!month) return new RegExp(`\\b${year}\\b`).test(text);
  const name = new Intl.DateTimeFormat('en-US', { month: 'short' }).format(new Date(`2000-${month}-15`));
  return new RegExp(
    `\\b${name}[a-z]*\\.? (${day ? Number(day) : '\\d{1,2}'}, )${day ? '' : '?'}${year}\\b`,
  ).test(text);
}
