import type { Day } from '../facts/dates.ts';
import type { Facts, Snapshot } from '../facts/snapshot.ts';
import { createProfiles, type Profile } from './answer-profile.ts';
import { createEnglish, type English } from './english-words.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { TermWeight } from './mention-score.ts';
import { unmistakableNames } from './other-titles.ts';
import type { ParserContext } from './parse-question.ts';
import type { QuestionData } from './parse-question-data.ts';
import { createSpelling } from './spelling-correction.ts';
import { stemOf } from './tokenize.ts';
import type { Vocabulary } from './vocabulary-schema.ts';

/** What questions are answered from. */
export interface QuestionSource extends QuestionData {
  facts: Facts;
}

/** What is needed to answer questions from the facts of one day. */
export interface QuestionIndex {
  parserContext: ParserContext;
  profiles: readonly Profile[];
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
}

/** So many days are kept: those asked for last. Others are built anew, in some tens of milliseconds. */
const MAX_DAYS = 8;
/** A day by which everything in the facts is known. */
const END_OF_TIME = '9999-12-31';

/** Creates the indexes, each of which is built when it is first asked for. */
export function createQuestionIndexes({ facts, vocabulary, otherTitles }: QuestionSource): QuestionIndexes {
  const byDay = new Map<Day, QuestionIndex>();
  let words: { english: English; lexicon: Lexicon } | undefined;
  const newest = facts.asOf(END_OF_TIME);

  function indexOf(snapshot: Snapshot): QuestionIndex {
    // From the day of the newest claim on, all days know the same.
    const day = newest.newest && newest.newest < snapshot.day ? newest.newest : snapshot.day;
    const existing = byDay.get(day);
    if (existing) return existing;
    words ??= {
      english: createEnglish(),
      lexicon: createLexicon(facts, vocabulary, unmistakableNames(otherTitles)),
    };
    const profiles = createProfiles(snapshot, { facts, vocabulary, lexicon: words.lexicon });
    const index = createQuestionIndex(profiles, words.english, words.lexicon, vocabulary);
    const [oldest = day] = byDay.keys();
    if (byDay.size >= MAX_DAYS) byDay.delete(oldest);
    byDay.set(day, index);
    return index;
  }

  return {
    latest: () => indexOf(newest),
    of: indexOf,
    isUpToDate: (snapshot, slot) => newest.get(slot)?.claim === snapshot.get(slot)?.claim,
  };
}

function createQuestionIndex(
  profiles: readonly Profile[],
  english: English,
  lexicon: Lexicon,
  { featured, often }: Vocabulary,
): QuestionIndex {
  const frequency = new Map<string, number>();
  for (const { words } of profiles)
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const inFacts = (word: string) => frequency.has(word);
  return {
    parserContext: {
      english,
      lexicon,
      spelling: createSpelling(writtenWords(lexicon, english, inFacts), english),
      inFacts,
      answered: new Set(profiles.flatMap(({ features }) => [...features])),
    },
    profiles,
    featured,
    often,
    things: new Set(profiles.flatMap(({ things }) => things)),
    termWeight: (word) => weightOf(frequency.get(word) ?? 0),
  };
}

/** The words that a typo may have been meant to be, in all forms that English has of them. */
function writtenWords(
  { spellings, words }: Lexicon,
  english: English,
  inFacts: (word: string) => boolean,
): string[] {
  const forms = [...english.words.keys()].filter((word) => {
    const stem = stemOf(word);
    return words.has(stem) || inFacts(stem);
  });
  return [...spellings, ...forms];
}

/** A word that stands in one answer alone points at it; one that stands in many says little. */
const weightOf = (count: number) => (count <= 1 ? 2.5 : count === 2 ? 2.2 : count <= 5 ? 1.6 : 0.6);
