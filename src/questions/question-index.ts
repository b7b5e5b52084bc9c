import type { Day } from '../facts/dates.ts';
import type { Facts, Snapshot } from '../facts/snapshot.ts';
import { createProfiles, type Profile } from './answer-profile.ts';
import { createEnglish, type English } from './english-words.ts';
import type { Intent } from './intent.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { TermWeight } from './mention-signs.ts';
import { namesOfOthers } from './other-titles.ts';
import type { ParserContext } from './parse-question.ts';
import type { QuestionData } from './parse-question-data.ts';
import { createSpelling } from './spelling-correction.ts';
import { finish, finishSlowly, type Steps } from './steps.ts';
import { stemOf } from './tokenize.ts';
import type { Vocabulary } from './vocabulary-schema.ts';

/** What questions are answered from. */
export interface QuestionSource extends Omit<QuestionData, 'examples'> {
  facts: Facts;
}

/** What is needed to answer questions from the facts of one day. */
export interface QuestionIndex {
  parserContext: ParserContext;
  profiles: readonly Profile[];
  /** The answers of each intent. */
  profilesOf: ReadonlyMap<Intent, readonly Profile[]>;
  termWeight: TermWeight;
  /** Questions to offer before anything is typed. */
  featured: readonly string[];
  /** How questions are worded, those asked most first. */
  often: readonly string[];
  /** The titles, people and characters that are known of. */
  things: ReadonlySet<string>;
}

/** The indexes of all days. */
export interface QuestionIndexes {
  /** The index of the newest facts. */
  latest(): QuestionIndex;
  of(snapshot: Snapshot): QuestionIndex;
  /** Whether a slot already says on that day what the newest facts say. */
  isUpToDate(snapshot: Snapshot, slot: string): boolean;
  /** Whether the index of the newest facts is there. */
  isReady(): boolean;
  /** Builds it a little at a time, so that nothing else has to wait. */
  prepare(yieldTurn: () => Promise<unknown>): Promise<void>;
}

/** So many days are kept: those asked for last. Others are built anew, in some tens of milliseconds. */
const MAX_DAYS = 8;
/** A day by which everything in the facts is known. */
export const END_OF_TIME = '9999-12-31';

/** Creates the indexes, each of which is built when it is first asked for. */
export function createQuestionIndexes({ facts, vocabulary, otherTitles }: QuestionSource): QuestionIndexes {
  const byDay = new Map<Day, QuestionIndex>();
  let words: { english: English; lexicon: Lexicon } | undefined;
  const newest = facts.asOf(END_OF_TIME);

  // From the day of the newest claim on, all days know the same.
  const keyOf = ({ day }: Snapshot) => (newest.newest && newest.newest < day ? newest.newest : day);

  function* build(snapshot: Snapshot): Steps<QuestionIndex> {
    if (!words) {
      const english = yield* createEnglish();
      const lexicon = yield* createLexicon(facts, vocabulary, namesOfOthers(otherTitles));
      words = { english, lexicon };
    }
    const profiles = yield* createProfiles(snapshot, { facts, vocabulary, lexicon: words.lexicon });
    yield;
    return yield* createQuestionIndex(profiles, words.english, words.lexicon, vocabulary);
  }

  function keep(key: Day, index: QuestionIndex): QuestionIndex {
    const [oldest = key] = byDay.keys();
    if (byDay.size >= MAX_DAYS) byDay.delete(oldest);
    byDay.set(key, index);
    return index;
  }

  const indexOf = (snapshot: Snapshot): QuestionIndex => {
    const key = keyOf(snapshot);
    return byDay.get(key) ?? keep(key, finish(build(snapshot)));
  };

  return {
    latest: () => indexOf(newest),
    of: indexOf,
    isUpToDate: (snapshot, slot) => newest.get(slot)?.claim === snapshot.get(slot)?.claim,
    isReady: () => byDay.has(keyOf(newest)),
    async prepare(yieldTurn) {
      await yieldTurn();
      const key = keyOf(newest);
      if (!byDay.has(key)) keep(key, await finishSlowly(build(newest), yieldTurn));
    },
  };
}

function* createQuestionIndex(
  profiles: readonly Profile[],
  english: English,
  lexicon: Lexicon,
  { featured, often }: Vocabulary,
): Steps<QuestionIndex> {
  const frequency = new Map<string, number>();
  for (const { words } of profiles)
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const inFacts = (word: string) => frequency.has(word);
  const written = yield* writtenWords(lexicon, english, inFacts);
  yield;
  const spelling = yield* createSpelling(written, english);
  return {
    parserContext: {
      english,
      lexicon,
      spelling,
      inFacts,
      answered: new Set(profiles.flatMap(({ features }) => [...features])),
    },
    profiles,
    profilesOf: Map.groupBy(profiles, ({ intent }) => intent),
    featured,
    often,
    things: new Set(profiles.flatMap(({ things }) => things)),
    termWeight: (word) => weightOf(frequency.get(word) ?? 0),
  };
}

/** So many words are looked at before others have their turn. */
const SLICE = 2_000;

/** The words that a typo may have been meant to be, in all forms that English has of them. */
function* writtenWords(
  { spellings, words }: Lexicon,
  english: English,
  inFacts: (word: string) => boolean,
): Steps<string[]> {
  const written = [...spellings];
  let count = 0;
  for (const word of english.words.keys()) {
    const stem = stemOf(word);
    if (words.has(stem) || inFacts(stem)) written.push(word);
    count += 1;
    if (count % SLICE === 0) yield;
  }
  return written;
}

/** A word that stands in one answer alone points at it; one that stands in many says little. */
const weightOf = (count: number) => (count <= 1 ? 2.5 : count === 2 ? 2.2 : count <= 5 ? 1.6 : 0.6);
