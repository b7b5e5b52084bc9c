import type { Claim, Slot } from '../facts/schema.ts';
import type { Fact, Facts, Snapshot } from '../facts/snapshot.ts';
import { addressOf, type Target } from './answer-target.ts';
import { type Intent, intentOfList, intentOfSlot } from './intent.ts';
import { type Lexicon, STOP_WORD } from './lexicon.ts';
import { pathExpression } from './path-pattern.ts';
import { wordsOf } from './tokenize.ts';
import type { ListName, Vocabulary } from './vocabulary-schema.ts';

/** What an answer speaks of, to be held against what a question speaks of. */
export interface Profile {
  target: Target;
  intent: Intent;
  /** The titles it is about; a question that names another is not answered by it. */
  titles: readonly string[];
  /** What it is about by the ids in it: what exists in its snapshot. */
  things: readonly string[];
  /** Everything that it is about. */
  has: ReadonlySet<string>;
  /** The kinds of which it is about any: "service" where it has "service:*". */
  wild: ReadonlySet<string>;
  /** Things that are only named in its words. */
  named: ReadonlySet<string>;
  /** Groups of which a question mentions one each. */
  needs: readonly (readonly string[])[];
  /** The words of its own sentences. */
  words: ReadonlySet<string>;
  ask?: string | undefined;
}

/** What profiles are made of, beside the facts of a day. */
export interface ProfileContext {
  facts: Facts;
  vocabulary: Vocabulary;
  lexicon: Lexicon;
}

/** The profiles of everything that is known in a snapshot. Only claims known by that day are looked at. */
export function profilesOf(snapshot: Snapshot, context: ProfileContext): Profile[] {
  const topics = context.vocabulary.topics.map((topic) => ({
    ...topic,
    matches: pathExpression(topic.slots),
  }));
  const slots = snapshot.all.map((fact) => slotProfile(fact, topics, context));
  return [...slots, ...listProfiles(snapshot, context)];
}

/** Returns the answer that has this address, if there is one. */
export function findByAddress(profiles: readonly Profile[], address: string): Profile | undefined {
  return address.includes('.') ? profiles.find(({ target }) => addressOf(target) === address) : undefined;
}

/** A topic of the vocabulary, with its path pattern compiled. */
type Topic = Vocabulary['topics'][number] & { matches: RegExp };

function slotProfile(
  { slot, claim, before }: Fact,
  allTopics: readonly Topic[],
  { facts, lexicon }: ProfileContext,
): Profile {
  const claims: readonly Claim[] = [...before, claim];
  const text = sentences(slot, claims);
  const words = wordsOf(text);
  const things = thingsOf(facts, slot, claims);
  // What one role is called by a topic of its own ("the villain") is called so by what is known of it now.
  const isAhead = (pattern: string) =>
    slot.kind === 'role' && pattern === slot.slot && slot.claims.at(-1) !== claim;
  const topics = allTopics.filter(({ slots, matches }) => matches.test(slot.slot) && !isAhead(slots));
  const has = new Set([...things, ...topics.flatMap((topic) => topic.has ?? [])]);
  return {
    target: { slot: slot.slot },
    intent: intentOfSlot(slot),
    titles: [...has].filter((one) => one.startsWith('title:')),
    things,
    has,
    wild: wildIn(has),
    named: new Set(namedIn(words, lexicon)),
    needs: [...topics.flatMap(({ needs }) => needs ?? []), ...subjectNeeds(slot, has, topics, lexicon)],
    words: new Set([...words, ...claims.flatMap(dateWords)]),
    ask: topics.findLast((topic) => topic.ask)?.ask,
  };
}

const wildIn = (features: Iterable<string>) =>
  new Set([...features].flatMap((one) => (one.endsWith(':*') ? [one.slice(0, -2)] : [])));

/**
 * What is told of a person answers only questions that name them, a character of theirs, or what a role is called by its own
 * topic ("the villain").
 */
function subjectNeeds(
  slot: Slot,
  has: ReadonlySet<string>,
  topics: readonly Topic[],
  { force }: Lexicon,
): string[][] {
  const people = [...has].filter((one) => /^(person|character):/.test(one));
  if (slot.kind === 'role') {
    const own = topics.filter(({ slots }) => slots === slot.slot).flatMap((topic) => topic.has ?? []);
    return [[...people, ...own.filter((one) => force.get(one) !== 'hint' && one !== 'dies')]];
  }
  if (slot.kind === 'appearance') return [[...people, 'role']];
  const personal = slot.kind === 'life' || ('about' in slot && people.includes(`person:${slot.about}`));
  return personal ? [people] : [];
}

/** What a slot is about by its own ids: its titles, people, characters and regions. */
function thingsOf({ titles }: Facts, slot: Slot, claims: readonly Claim[]): string[] {
  const things: string[] = [];
  if ('title' in slot) things.push(`title:${slot.title}`);
  if ('about' in slot) things.push(`${slot.about in titles ? 'title' : 'person'}:${slot.about}`);
  if ('person' in slot) things.push(`person:${slot.person}`);
  if (slot.kind === 'gap') things.push(`title:${slot.from}`, `title:${slot.to}`);
  if (slot.kind === 'release') things.push(...slot.regions.map((code) => `region:${code}`));
  const values = claims.flatMap((claim): object[] => ('sides' in claim ? claim.sides : [claim]));
  for (const value of values as { character?: string | null; people?: { person: string }[] }[]) {
    if (value.character) things.push(`character:${value.character}`);
    things.push(...(value.people ?? []).map(({ person }) => `person:${person}`));
  }
  return things;
}

/** Every English sentence and name in a slot. */
function sentences(slot: Slot, claims: readonly Claim[]): string {
  const texts: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (['en', 'service', 'board', 'rating', 'names'].includes(key)) texts.push(value);
    } else if (Array.isArray(value)) for (const one of value) visit(one, key);
    else if (value && typeof value === 'object')
      for (const [name, one] of Object.entries(value)) visit(one, name);
  };
  visit({ ...slot, claims }, '');
  return texts.join(' . ');
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A date as a question would name it: year, month and day. */
function dateWords(claim: Claim): string[] {
  const values = 'sides' in claim ? claim.sides : [claim];
  return values.flatMap((value) => {
    if (!('date' in value) || !value.date) return [];
    const [year = '', month, day] = value.date.split('-');
    return wordsOf([year, MONTHS[Number(month) - 1], day && String(Number(day))].filter(Boolean).join(' '));
  });
}

/** The things that are named somewhere in a text, by any of their names. */
function namedIn(words: readonly string[], { phrases }: Lexicon): string[] {
  return words.flatMap((word, at) => {
    const phrase = phrases.get(word)?.find((one) => one.words.every((part, i) => words[at + i] === part));
    return phrase && phrase.means[0] !== STOP_WORD ? phrase.means.filter((one) => one.includes(':')) : [];
  });
}

/** A list stands for each title or person of which it has more than one thing to tell. */
function listProfiles(snapshot: Snapshot, { facts, vocabulary }: ProfileContext): Profile[] {
  return vocabulary.lists.flatMap(({ list, has = [], needs = [], ask }) =>
    subjectsOf(list, snapshot).map(({ of, things }) => ({
      target: { list, of },
      intent: intentOfList(list),
      titles: things.filter((one) => one.startsWith('title:')),
      things,
      has: new Set([...things, ...has]),
      wild: wildIn(has),
      named: new Set<string>(),
      // What is told of a person is asked by their name; a title may be left unsaid.
      needs: of in facts.people ? [...needs, things] : needs,
      words: new Set<string>(),
      ask: of === 'ballerina' || things.length === 0 || list === 'works' ? ask : undefined,
    })),
  );
}

function subjectsOf(list: ListName, snapshot: Snapshot): { of: string; things: string[] }[] {
  const often = (ids: string[], most = 1) =>
    [...new Set(ids)].filter((id) => ids.filter((one) => one === id).length > most);
  switch (list) {
    case 'cast':
      return often(
        snapshot.of('role').map(({ slot }) => slot.title),
        0,
      ).map((of) => ({
        of,
        things: [`title:${of}`],
      }));
    case 'trailers':
      return often(
        snapshot.of('trailer').map(({ slot }) => slot.title),
        0,
      ).map((of) => ({ of, things: [`title:${of}`] }));
    case 'posthumous':
      return often(snapshot.of('appearance').map(({ slot }) => slot.person)).map((of) => ({
        of,
        things: [`person:${of}`],
      }));
    case 'works': {
      const makers = snapshot
        .of('credit')
        .flatMap(({ claim }) => ('sides' in claim ? [] : claim.people.map(({ person }) => person)));
      return often(makers).map((of) => ({ of, things: [`person:${of}`] }));
    }
    default:
      return [{ of: 'all', things: [] }];
  }
}
