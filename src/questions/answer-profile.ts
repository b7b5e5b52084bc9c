import type { Claim, Slot } from '../facts/schema.ts';
import type { Fact, Facts, Snapshot } from '../facts/snapshot.ts';
import { addressOf, type Target } from './answer-target.ts';
import { type Intent, intentOfList, intentOfSlot } from './intent.ts';
import { type Lexicon, STOP_WORD } from './lexicon.ts';
import { pathExpression } from './path-pattern.ts';
import { sentencesIn, wordsOfDates } from './slot-words.ts';
import type { Steps } from './steps.ts';
import { wordsOf } from './tokenize.ts';
import type { ListName, Vocabulary } from './vocabulary-schema.ts';

/** What an answer is about, to be compared with what a question is about. */
export interface Profile {
  target: Target;
  intent: Intent;
  /** The titles it is about; a question that names another is not answered by it. */
  titles: readonly string[];
  /** What it is about by its ids: what exists on that day. */
  things: readonly string[];
  /** Everything that it is about: things and concepts. */
  features: ReadonlySet<string>;
  /** The kinds of which it is about any: "service" where it has "service:*". */
  kinds: ReadonlySet<string>;
  /** Things that are only named in its words. */
  named: ReadonlySet<string>;
  /** Groups of features; a question mentions one of each. */
  needs: readonly (readonly string[])[];
  /** The stems of its own sentences. */
  words: ReadonlySet<string>;
  /** The question that it answers, with placeholders for names. */
  ask?: string | undefined;
}

/** What profiles are made of, beside the facts of a day. */
export interface ProfileContext {
  facts: Facts;
  vocabulary: Vocabulary;
  lexicon: Lexicon;
}

/** So many are made before others have their turn. */
const SLICE = 50;

/** Returns the profiles of everything that is known in a snapshot. Only claims known by that day are looked at. */
export function* createProfiles(snapshot: Snapshot, context: ProfileContext): Steps<Profile[]> {
  const topics = context.vocabulary.topics.map((topic) => ({
    ...topic,
    expression: pathExpression(topic.slots),
  }));
  const profiles: Profile[] = [];
  for (const fact of snapshot.all) {
    profiles.push(slotProfile(fact, topics, context));
    if (profiles.length % SLICE === 0) yield;
  }
  return [...profiles, ...listProfiles(snapshot, context)];
}

/** Finds the answer that has this address. */
export function findByAddress(profiles: readonly Profile[], address: string): Profile | undefined {
  return address.includes('.') ? profiles.find(({ target }) => addressOf(target) === address) : undefined;
}

/** A topic of the vocabulary, with its path pattern compiled. */
type Topic = Vocabulary['topics'][number] & { expression: RegExp };

function slotProfile(fact: Fact, topics: readonly Topic[], { facts, lexicon }: ProfileContext): Profile {
  const { slot, claim, before } = fact;
  const claims: readonly Claim[] = [...before, claim];
  const words = wordsOf(sentencesIn(slot, claims));
  const things = thingsOf(facts, slot, claims);
  const own = topics.filter((topic) => topic.expression.test(slot.slot) && !tellsLater(topic, fact));
  const features = new Set([...things, ...own.flatMap((topic) => topic.has ?? [])]);
  return {
    target: { slot: slot.slot },
    intent: intentOfSlot(slot),
    titles: [...features].filter((feature) => feature.startsWith('title:')),
    things,
    features,
    kinds: anyKindsIn(features),
    named: new Set(namesIn(words, lexicon)),
    needs: [...own.flatMap(({ needs }) => needs ?? []), ...subjectNeeds(slot, features, own, lexicon)],
    words: new Set([...words, ...wordsOfDates(claims)]),
    ask: own.findLast((topic) => topic.ask)?.ask,
  };
}

/** What a role is called by a topic of its own ("the villain") is what is known of it now, not what was known earlier. */
const tellsLater = (topic: Topic, { slot, claim }: Fact) =>
  slot.kind === 'role' && topic.slots === slot.slot && slot.claims.at(-1) !== claim;

const anyKindsIn = (features: Iterable<string>) =>
  new Set([...features].flatMap((feature) => (feature.endsWith(':*') ? [feature.slice(0, -2)] : [])));

/**
 * What is told of a person answers only questions that name them, a character of theirs, or what a role is called by its own
 * topic ("the villain").
 */
function subjectNeeds(
  slot: Slot,
  features: ReadonlySet<string>,
  topics: readonly Topic[],
  { force }: Lexicon,
): string[][] {
  const people = [...features].filter((feature) => /^(person|character):/.test(feature));
  if (slot.kind === 'role') {
    const own = topics.filter(({ slots }) => slots === slot.slot).flatMap((topic) => topic.has ?? []);
    return [[...people, ...own.filter((feature) => force.get(feature) !== 'hint' && feature !== 'dies')]];
  }
  if (slot.kind === 'appearance') return [[...people, 'role']];
  const isPersonal = slot.kind === 'life' || ('about' in slot && people.includes(`person:${slot.about}`));
  return isPersonal ? [people] : [];
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

/** The things that are named somewhere among words, by any of their names. */
function namesIn(words: readonly string[], { phrases }: Lexicon): string[] {
  return words.flatMap((word, at) => {
    const phrase = phrases
      .get(word)
      ?.find((candidate) => candidate.words.every((part, index) => words[at + index] === part));
    return phrase && phrase.meanings[0] !== STOP_WORD
      ? phrase.meanings.filter((meaning) => meaning.includes(':'))
      : [];
  });
}

/** There is a list for each title or person of which it has more than one thing to tell. */
function listProfiles(snapshot: Snapshot, { facts, vocabulary }: ProfileContext): Profile[] {
  return vocabulary.lists.flatMap(({ list, has = [], needs = [], ask }) =>
    subjectsOf(list, snapshot).map(({ of, things }) => ({
      target: { list, of },
      intent: intentOfList(list),
      titles: things.filter((thing) => thing.startsWith('title:')),
      things,
      features: new Set([...things, ...has]),
      kinds: anyKindsIn(has),
      named: new Set<string>(),
      // What is told of a person is asked by their name; a title may be left unsaid.
      needs: of in facts.people ? [...needs, things] : needs,
      words: new Set<string>(),
      ask: of === 'ballerina' || things.length === 0 || list === 'works' ? ask : undefined,
    })),
  );
}

/** A title or person that a list is about; "all" where it is about none. */
interface ListSubject {
  of: string;
  things: string[];
}

function subjectsOf(list: ListName, snapshot: Snapshot): ListSubject[] {
  const subjects = (kind: 'title' | 'person', ids: Iterable<string>) =>
    [...new Set(ids)].map((of) => ({ of, things: [`${kind}:${of}`] }));
  switch (list) {
    case 'cast':
      return subjects(
        'title',
        snapshot.of('role').map(({ slot }) => slot.title),
      );
    case 'trailers':
      return subjects(
        'title',
        snapshot.of('trailer').map(({ slot }) => slot.title),
      );
    case 'posthumous':
      return subjects('person', repeated(snapshot.of('appearance').map(({ slot }) => slot.person)));
    case 'works': {
      const makers = snapshot
        .of('credit')
        .flatMap(({ claim }) => ('sides' in claim ? [] : claim.people.map(({ person }) => person)));
      return subjects('person', repeated(makers));
    }
    default:
      return [{ of: 'all', things: [] }];
  }
}

/** The ids that are there more than once. */
const repeated = (ids: readonly string[]) =>
  [...new Set(ids)].filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id));
