import type { Day } from '../facts/dates.ts';
import type { Facts, Snapshot } from '../facts/snapshot.ts';
import { type Profile, profilesOf } from './answer-profile.ts';
import { ENGLISH } from './english-words.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { Parser } from './parse-question.ts';
import { createSpelling } from './spelling-correction.ts';
import { stemOf } from './tokenize.ts';
import type { TermWeight } from './vocabulary-score.ts';

/** What is needed to answer questions in the world of one day. */
export interface QuestionIndex {
  reader: Parser;
  profiles: readonly Profile[];
  rarity: TermWeight;
  /** The titles, people and characters that are known of. */
  things: ReadonlySet<string>;
}

/** Days that are kept at hand; more are worked out anew, in some milliseconds. */
const MOST_DAYS = 8;

const lexicons = new WeakMap<Facts, Lexicon>();
const askers = new WeakMap<Facts, Map<Day, QuestionIndex>>();

/** The asker of a world. Made once a day: facts do not change while the bot runs. */
export function questionIndexOf(facts: Facts, world: Snapshot): QuestionIndex {
  const days = askers.get(facts) ?? new Map<Day, QuestionIndex>();
  askers.set(facts, days);
  const known = days.get(world.day);
  if (known) return known;
  const made = makeAsker(facts, world);
  if (days.size >= MOST_DAYS) days.delete([...days.keys()][0] ?? '');
  days.set(world.day, made);
  return made;
}

function makeAsker(facts: Facts, world: Snapshot): QuestionIndex {
  const lexicon = lexicons.get(facts) ?? createLexicon(facts);
  lexicons.set(facts, lexicon);
  const profiles = profilesOf(facts, world, lexicon);
  const frequency = new Map<string, number>();
  for (const { words } of profiles)
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return {
    reader: {
      lexicon,
      spelling: createSpelling(writtenWords(lexicon, (word) => frequency.has(word))),
      inFacts: (word) => frequency.has(word),
      answered: new Set(profiles.flatMap(({ has }) => [...has])),
    },
    profiles,
    things: new Set(profiles.flatMap(({ things }) => things)),
    rarity: (word) => rarityOf(frequency.get(word) ?? 0),
  };
}

/** The words that a typo may have been meant to be, in all forms that English has of them. */
function writtenWords({ typed, words }: Lexicon, inFacts: (word: string) => boolean): string[] {
  const forms = [...ENGLISH.keys()].filter((word) => {
    const stem = stemOf(word);
    return words.has(stem) || inFacts(stem);
  });
  return [...typed, ...forms];
}

/** A word that stands in one answer alone points at it; one that stands in many says little. */
const rarityOf = (count: number) => (count <= 1 ? 2.5 : count === 2 ? 2.2 : count <= 5 ? 1.6 : 0.6);
