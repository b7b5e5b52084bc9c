import { type Next, spoiler, type View } from '../../answers/card.ts';
import { describe } from '../../answers/describe.ts';
import { withConfidence } from '../../answers/lines.ts';
import { characterName, creditNames, personName, slotLabel, titleName } from '../../answers/names.ts';
import { releaseLead } from '../../answers/release.ts';
import { publisherLink } from '../../answers/sources.ts';
import type { SlotOf } from '../../facts/schema.ts';
import { type Fact, firstSaying, history } from '../../facts/snapshot.ts';
import { titleOf } from '../../facts/title-scope.ts';
import type { Language } from '../../i18n/translator.ts';
import { firstSentences, visibleText } from '../../lib/markdown.ts';
import { type Follow, readItem } from './follow.ts';
import { saysSame } from './news.ts';

/** A longer text is shortened to its first sentences. */
const MAX_TEXT = 220;

/** What a post of news says, before it is a Discord message. */
export interface NewsText {
  text: string;
  /** The button that tells more. */
  about: Next;
}

/** One line of a post. */
interface NewsLine {
  text: string;
  /** The source as a link, and by its name alone. */
  source: { link: string; name: string } | undefined;
  /** The day on which it became known, where that is not the day of the post. */
  known: string | undefined;
  isSpoiler: boolean;
}

/** Returns the text of a post, at most `max` characters long. What newer facts have superseded is left out. `view` is of today. */
export function createNewsText(
  view: View,
  follow: Pick<Follow, 'title'>,
  items: readonly string[],
  max: number,
): NewsText {
  const facts = items.map(readItem).flatMap(({ slot, known }) => {
    const fact = view.snapshot.get(slot);
    return fact?.claim.known === known ? [fact] : [];
  });
  const titles = [...new Set(facts.flatMap(({ slot }) => titleOf(slot) ?? []))];
  const [title] = follow.title ? [follow.title] : titles.length === 1 ? titles : [];
  const { say } = view.language;
  return {
    text: fit(
      view,
      heading(view, title),
      facts.map((fact) => lineOf(view, fact)),
      max,
    ),
    about: title
      ? { path: 'wick/film', options: { title }, label: say('post.about') }
      : { path: 'wick/upcoming', label: say('post.about') },
  };
}

const heading = (view: View, title: string | undefined) =>
  title
    ? view.language.say('follow.heading', { title: titleName(view, title, 'full') })
    : view.language.say('follow.heading-all');

/** With the links of all sources, or of as many as there is room for. */
function fit(view: View, head: string, lines: readonly NewsLine[], max: number): string {
  for (let links = lines.length; links >= 0; links -= 1) {
    const text = joined(view, head, lines, (at) => (at < links ? 'link' : 'name'));
    if (text.length <= max) return text;
  }
  const room = Math.floor((max - head.length) / Math.max(1, lines.length)) - 2;
  const short = lines.map((line) => ({ ...line, source: undefined, text: clipped(line.text, room - 30) }));
  return joined(view, head, short, () => 'name');
}

const clipped = (text: string, max: number) =>
  text.length <= max ? text : `${visibleText(text).slice(0, max - 1)}…`;

function joined(
  view: View,
  head: string,
  lines: readonly NewsLine[],
  form: (at: number) => 'link' | 'name',
): string {
  const { language } = view;
  const texts = lines.map(({ text, source, known, isSpoiler }, at) => {
    const shown = isSpoiler ? spoiler(view, text) : text;
    const from = [known && language.shortDate(known), source?.[form(at)]].filter(Boolean).join(', ');
    return from ? language.say('follow.line', { text: shown, from }) : shown;
  });
  if (texts.length === 1) return texts.join('');
  return [head, ...texts.map((text) => language.say('card.fact', { text }))].join('\n');
}

function lineOf(view: View, fact: Fact): NewsLine {
  const { claim } = fact;
  const first = firstSaying(fact, (earlier) => saysSame(earlier.claim, claim));
  const [source] = view.snapshot.sources(
    'sides' in claim ? { sources: claim.sides.flatMap(({ sources }) => sources) } : claim,
  );
  return {
    text: newsSentence(view, fact),
    source: source && {
      // The angle brackets keep Discord from showing a preview of the page.
      link: publisherLink(source).replace(/\((https:\/\/[^)]*)\)$/, '(<$1>)'),
      name: source.publisher,
    },
    known: first.claim.known === view.snapshot.day ? undefined : first.claim.known,
    isSpoiler: claim.spoiler === true,
  };
}

/** Returns a fact as news, in one sentence; a correction says what was said before. Spoilers are not behind bars yet. */
function newsSentence(view: View, fact: Fact): string {
  const { say } = view.language;
  const { change } = fact.claim;
  const before = history(fact).findLast((earlier) => !saysSame(earlier.claim, fact.claim));
  const text = sentenceOf(view, withoutBars(fact));
  if (!before) return text;
  const was = describe(view, fact.claim.spoiler ? withoutBars(before) : before).replace(/\.$/, '');
  if (change === 'corrected' || change === 'retracted') return say('follow.corrected', { text, was });
  if (change === 'moved' && (fact.kind === 'role' || fact.kind === 'credit'))
    return say('follow.changed', { text, was });
  return text;
}

/** The bars are around the whole sentence. */
const withoutBars = (fact: Fact) =>
  ({ ...fact, claim: { ...fact.claim, spoiler: undefined } }) as unknown as Fact;

function sentenceOf(view: View, fact: Fact): string {
  const { language } = view;
  const { say } = language;
  if (fact.kind === 'release') return firstSentences(releaseText(view, fact), MAX_TEXT);
  if ('sides' in fact.claim) return labelled(view, fact);
  if (fact.kind === 'role') return withConfidence(view, fact, roleSentence(view, fact.slot, fact.claim));
  if (fact.kind === 'credit') {
    const names = creditNames(view, fact.claim);
    const job = say(`job.${fact.slot.job}`);
    const sure = sureness(fact.claim);
    return withConfidence(
      view,
      fact,
      say('follow.credit', { title: named(view, fact.slot.title), job, names, sure }),
    );
  }
  if (fact.kind === 'trailer') return trailerSentence(language, named(view, fact.slot.title), fact.claim);
  return withConfidence(view, fact, firstSentences(describe(view, fact), MAX_TEXT));
}

/** A value with its label: "*Ballerina*, Director: Len Wiseman." */
function labelled(view: View, fact: Fact): string {
  const title = titleOf(fact.slot);
  return view.language.say('follow.labelled', {
    title: title ? named(view, title) : '',
    label: slotLabel(view, fact) ?? '',
    text: describe(view, fact),
  });
}

const named = (view: View, title: string) => titleName(view, title);

/** That a date was moved is news only once. */
const releaseText = (view: View, fact: Fact<'release'>) => {
  const { short, text } = releaseLead(view, fact.claim.change === 'moved' ? fact : { ...fact, before: [] });
  return short ?? text;
};

const sureness = ({ status }: { status: string }) => (status === 'reported' ? 'reported' : 'other');

function roleSentence(
  view: View,
  { title, person }: SlotOf<'role'>,
  claim: { status: string; character: string | null },
): string {
  return view.language.say(claim.character ? 'follow.role' : 'follow.cast', {
    title: named(view, title),
    person: personName(view, person),
    character: claim.character ? characterName(view, claim.character) : '',
    sure: sureness(claim),
  });
}

function trailerSentence(
  { say, pick, date }: Language,
  title: string,
  claim: { date: string; label: { en: string }; public: boolean; video?: string | undefined },
): string {
  const label = pick(claim.label);
  return say('follow.trailer', {
    title,
    label: claim.video ? `[${label}](https://youtu.be/${claim.video})` : label,
    date: date(claim.date),
    shown: claim.public ? 'other' : 'private',
  });
}
