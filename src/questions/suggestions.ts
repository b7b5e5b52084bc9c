import type { View } from '../answers/card.ts';
import { characterName, personName, titleName } from '../answers/names.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import type { Slot } from '../facts/schema.ts';
import type { Fact } from '../facts/snapshot.ts';
import { createSearchIndex, type Searchable, type SearchIndex } from '../lib/search.ts';
import type { Profile } from './answer-profile.ts';
import type { AnswerFinder, Finding } from './find-answer.ts';
import { isThing } from './lexicon.ts';
import { parseQuestion } from './parse-question.ts';
import type { QuestionIndex } from './question-index.ts';
import { isTactful } from './tact.ts';

/** A question that can be answered, as it is offered while typing. */
export interface Suggestion extends Searchable {
  question: string;
  profile: Profile;
}

/** Returns the question that an answer answers: that of its topic, with names filled in. Undefined where it has none to offer. */
export function questionOf(
  view: View,
  index: QuestionIndex,
  { ask: template, target, titles }: Profile,
): string | undefined {
  const fact = 'slot' in target ? view.snapshot.get(target.slot) : undefined;
  const ask = template && inTense(view, template, fact);
  if (!ask) return undefined;
  if (fact?.claim.spoiler && !view.spoilers) return undefined;
  const names = fact
    ? namesOf(view, fact.slot, fact.claim)
    : { person: 'of' in target ? personName(view, target.of) : undefined };
  const title = titles[0]?.replace('title:', '');
  const filled = { ...(title && { title: titleInQuestion(view, title) }), ...names } as Record<
    string,
    string | undefined
  >;
  const missing = [...ask.matchAll(/\{(\w+)\}/g)].some(([, name]) => !filled[name ?? '']);
  if (missing) return undefined;
  const question = ask.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? '');
  return givesAwayLater(index, question) ? undefined : question;
}

const IN_PAST = /^When did (.+) (come out|open)\b(.*)$/;
const AHEAD = /^When does (.+) (come out|open)\b(.*)$/;

/** Returns a question about a release as one asks it: of what is out, or of what is not. Undefined where it would assume what is not so. */
function inTense(view: View, ask: string, fact: Fact | undefined): string | undefined {
  if (fact?.kind !== 'release') return ask;
  if (fact.claim.status === 'released') return ask.replace(AHEAD, 'When did $1 $2$3');
  if (fact.claim.status === 'dropped' || isUnconfirmed(view.snapshot, fact)) return undefined;
  return IN_PAST.test(ask) || AHEAD.test(ask) ? ask.replace(IN_PAST, 'When does $1 $2$3') : undefined;
}

/** A title as one asks for it: "John Wick: Chapter 4", as "Chapter 4" alone could be of anything; but "Ballerina". */
function titleInQuestion(view: View, id: string): string {
  const full = titleName(view, id, 'full');
  return full.startsWith('John Wick') ? full : titleName(view, id);
}

/** Whether a question names what is not known yet: it would give away what became known later. */
function givesAwayLater({ parserContext, things }: QuestionIndex, question: string): boolean {
  return parseQuestion(question, parserContext).some(({ kind, meanings, words }) => {
    if (kind !== 'thing') return false;
    const isKnown = meanings.some(
      (meaning) => things.has(meaning) || /^region:/.test(meaning) || !isThing(meaning),
    );
    return !isKnown && !words.every(parserContext.inFacts);
  });
}

function namesOf(view: View, slot: Slot, claim: object): Record<string, string | undefined> {
  const character = 'character' in claim && typeof claim.character === 'string' ? claim.character : undefined;
  const title =
    'title' in slot
      ? slot.title
      : 'about' in slot && slot.about in view.facts.titles
        ? slot.about
        : undefined;
  return {
    ...(title && { title: titleInQuestion(view, title) }),
    ...('person' in slot && { person: personName(view, slot.person) }),
    ...(character && { character: characterName(view, character) }),
    ...(slot.kind === 'release' && { region: view.language.region(slot.regions[0] ?? 'US') }),
    ...(slot.kind === 'gap' && {
      from: titleInQuestion(view, slot.from),
      to: titleInQuestion(view, slot.to),
    }),
  };
}

/** The questions that are offered while one types. */
export interface Suggestions {
  /** All questions that can be offered by the facts of the view's day. */
  all(view: View): readonly Suggestion[];
  /** The questions that fit what was typed so far: the one it would be answered as, then those that hold its words. */
  suggest(view: View, typed: string): string[];
  /** Returns the answer for which exactly this question is offered. */
  find(view: View, question: string): Profile | undefined;
}

/** The form of all questions that are offered. */
const OFFERED = /^[A-Z].*\?$/;

/** Creates the suggestions. Lists are kept as long as the index that they are made from. */
export function createSuggestions(finder: AnswerFinder): Suggestions {
  const lists = new WeakMap<QuestionIndex, Map<string, SearchIndex<Suggestion>>>();

  function listOf(view: View): SearchIndex<Suggestion> {
    const index = finder.indexOf(view.snapshot);
    const byLanguage = lists.get(index) ?? new Map<string, SearchIndex<Suggestion>>();
    lists.set(index, byLanguage);
    const key = `${view.language.words} ${view.spoilers}`;
    const list = byLanguage.get(key) ?? createSearchIndex(suggestionsIn(view, index));
    byLanguage.set(key, list);
    return list;
  }

  /** The featured questions, where the day of the view is today's: of an earlier day they might assume what was not so. */
  function featuredOf(view: View): string[] {
    const index = finder.indexOf(view.snapshot);
    return index === finder.latestIndex() ? [...index.featured] : [];
  }

  return {
    all: (view) => listOf(view).items,
    find: (view, question) =>
      OFFERED.test(question)
        ? listOf(view).items.find((item) => item.question === question)?.profile
        : undefined,
    suggest(view, typed) {
      if (!typed.trim()) {
        const featured = featuredOf(view);
        if (featured.length > 0) return featured;
      }
      const index = finder.indexOf(view.snapshot);
      const mentions = parseQuestion(typed, index.parserContext);
      const isOffered = (profile: Profile) => isTactful(view.snapshot, profile, mentions);
      const holding = listOf(view)
        .search(typed)
        .filter(({ profile }) => isOffered(profile))
        .map(({ question }) => question);
      // A list while typing cannot be late.
      if (!finder.isReady()) return holding;
      const found = finder.find(view.snapshot, typed);
      const meant = profilesOf(found, isOffered).flatMap((profile) => questionOf(view, index, profile) ?? []);
      return [...new Set([...(found.kind === 'answer' ? meant : []), ...holding, ...meant])];
    },
  };
}

/** The answers to offer: the one that was found is what was asked for. */
function profilesOf(found: Finding, isOffered: (profile: Profile) => boolean): Profile[] {
  return found.kind === 'answer'
    ? [found.profile, ...found.others.filter(isOffered)]
    : found.near.filter(isOffered);
}

function suggestionsIn(view: View, index: QuestionIndex): Suggestion[] {
  const rankOf = ({ ask = '' }: Profile) => {
    const rank = index.often.indexOf(ask);
    return rank < 0 ? index.often.length : rank;
  };
  const questions = index.profiles
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .flatMap((profile): [string, Profile][] => {
      const question = questionOf(view, index, profile);
      return question ? [[question, profile]] : [];
    });
  return [...new Map(questions)].map(([question, profile]) => ({ question, profile, names: [question] }));
}
