import type { View } from '../answers/card.ts';
import { characterName, personName, titleName } from '../answers/names.ts';
import type { Slot } from '../facts/schema.ts';
import type { Searchable } from '../lib/search.ts';
import { search } from '../lib/search.ts';
import type { Profile } from './answer-profile.ts';
import { isPrepared } from './example-index.ts';
import { findAnswer } from './find-answer.ts';
import { isThing } from './lexicon.ts';
import { createParser } from './parse-question.ts';
import { type QuestionIndex, questionIndexOf } from './question-index.ts';

/** A question that can be answered, as it is offered while typing. */
export interface Suggestion extends Searchable {
  question: string;
}

/** The question that an answer answers, in words: the topic's own, with its names filled in. */
export function questionOf(view: View, { ask, target, titles }: Profile): string | undefined {
  if (!ask) return undefined;
  const known = 'slot' in target ? view.world.get(target.slot) : undefined;
  if (known?.claim.spoiler && !view.spoilers) return undefined;
  const names = known
    ? namesOf(view, known.slot, known.claim)
    : { person: 'of' in target ? personName(view, target.of) : undefined };
  const title = titles[0]?.replace('title:', '');
  const filled = { ...(title && { title: titleName(view, title) }), ...names } as Record<
    string,
    string | undefined
  >;
  const missing = [...ask.matchAll(/\{(\w+)\}/g)].some(([, name]) => !filled[name ?? '']);
  if (missing) return undefined;
  const question = ask.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? '');
  return tellsAhead(view, question) ? undefined : question;
}

/** Whether a question names what is not known yet: on an earlier day it would give away that there will be such a thing. */
function tellsAhead(view: View, question: string): boolean {
  const { reader, things } = questionIndexOf(view.facts, view.world);
  return createParser(question, reader).some(({ kind, means, words }) => {
    if (kind !== 'thing') return false;
    const isKnown = means.some((one) => things.has(one) || /^region:/.test(one) || !isThing(one));
    return !isKnown && !words.every(reader.inFacts);
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
    ...(title && { title: titleName(view, title) }),
    ...('person' in slot && { person: personName(view, slot.person) }),
    ...(character && { character: characterName(view, character) }),
    ...(slot.kind === 'release' && { region: view.language.region(slot.regions[0] ?? 'US') }),
    ...(slot.kind === 'gap' && { from: titleName(view, slot.from), to: titleName(view, slot.to) }),
  };
}

const made = new WeakMap<QuestionIndex, Map<string, Suggestion[]>>();

/** All questions that can be offered in a world. */
export function allQuestions(view: View): Suggestion[] {
  const asker = questionIndexOf(view.facts, view.world);
  const byLanguage = made.get(asker) ?? new Map<string, Suggestion[]>();
  made.set(asker, byLanguage);
  const key = `${view.language.words} ${view.spoilers}`;
  const known = byLanguage.get(key);
  if (known) return known;
  const questions = asker.profiles.flatMap((profile) => questionOf(view, profile) ?? []);
  const list = [...new Set(questions)].map((question) => ({ question, names: [question] }));
  byLanguage.set(key, list);
  return list;
}

/** The questions that fit what was typed so far: the one it would be answered as, then those that hold its words. */
export function suggest(view: View, typed: string): string[] {
  const holding = search(allQuestions(view), typed).map(({ question }) => question);
  // A list while typing cannot be late.
  if (!isPrepared(view.facts)) return holding;
  const found = findAnswer(view.facts, view.world, typed);
  const profiles = found.kind === 'answer' ? [found.profile, ...found.others] : found.near;
  const meant = profiles.flatMap((profile) => questionOf(view, profile) ?? []);
  return [...new Set([...(found.kind === 'answer' ? meant : []), ...holding, ...meant])];
}
