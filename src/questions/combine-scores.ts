import type { Profile } from './answer-profile.ts';
import type { Votes } from './example-classifier.ts';
import { NOTHING } from './intent.ts';
import type { Mention } from './parse-question.ts';
import { HOME_REGION } from './score-weights.ts';
import type { ScoredAnswer } from './vocabulary-score.ts';

/**
 * Combines two scores of an answer: how well it fits by the vocabulary, and what examples like the question were asking for.
 * The vocabulary knows names and concepts, the examples whole questions; where both agree, the answer is certain.
 */
const WEIGHT = {
  /** A vote for the intent of an answer, and more where it is for that very slot. */
  intent: 8,
  slot: 1.5,
  /** The share of a vote that counts for an answer of another country than the one in the question. */
  otherCountry: 0.4,
  /** The share of a vote for what the facts do not have of the title or country in the question, as one for no answer. */
  lacking: 0.4,
} as const;

/** Beyond this, a score by vocabulary counts for less: it would outvote whole questions. */
const CAP = 3.5;
const SHARE_BEYOND_CAP = 0.3;

/** The least score of an answer that is given; more where such questions are known, so that votes could have been for it. */
const LIMIT = { unfamiliar: 2, familiar: 3 } as const;

/** Returns the least score of an answer that is given to a question with these votes. */
export const limitFor = ({ near }: Votes) => LIMIT.unfamiliar + (LIMIT.familiar - LIMIT.unfamiliar) * near;

/** An answer, with how certain it is. */
export interface Candidate {
  profile: Profile;
  score: number;
  /** How well it fits by the vocabulary alone. */
  fit: number;
  /** What it shares with the question, by the vocabulary. */
  shared: number;
}

/** What the facts of the day say of answers. */
export interface ScoringContext {
  /** Whether a slot already says what the newest facts say. */
  isUpToDate(slot: string): boolean;
  /** The titles, people and characters that are known on that day. */
  things: ReadonlySet<string>;
}

/** Returns all answers with their combined scores, the best first. */
export function combineScores(
  mentions: readonly Mention[],
  answers: readonly ScoredAnswer[],
  votes: Votes,
  { isUpToDate, things }: ScoringContext,
): Candidate[] {
  const titles = mentions.filter((mention) => names('title:', mention));
  const countries = mentions.filter(
    (mention) => names('region:', mention) && !mention.meanings.includes(HOME_REGION),
  );
  const isOfCountry = new Map(answers.map(({ profile }) => [profile, hasAll(profile, countries)]));
  const fitting = answers.filter(({ profile }) => isOfCountry.get(profile) && hasAll(profile, titles));
  const against = WEIGHT.intent * votesAgainst(answers, fitting, votes);
  // Of somebody or something that is not known yet, examples may tell nothing.
  const asksOfLater = mentions.some(
    (mention) => isName(mention) && !mention.meanings.some((meaning) => things.has(meaning)),
  );

  function voteFor({ target, intent }: Profile, share: number): number {
    const slot = 'slot' in target && isUpToDate(target.slot) ? WEIGHT.slot * votes.slot(target.slot) : 0;
    return (WEIGHT.intent * votes.intent(intent) + slot) * share;
  }

  return answers
    .map(({ profile, score, shared }): Candidate => {
      const share = isOfCountry.get(profile) ? 1 : WEIGHT.otherCountry;
      const vote = asksOfLater ? 0 : voteFor(profile, share);
      return { profile, shared, fit: score, score: capped(score) + vote - against };
    })
    .sort((a, b) => b.score - a.score);
}

/** The votes for no answer: those of questions that are refused, and for intents that no fitting answer has. */
function votesAgainst(
  answers: readonly ScoredAnswer[],
  fitting: readonly ScoredAnswer[],
  votes: Votes,
): number {
  const intents = new Set(fitting.map(({ profile }) => profile.intent));
  const lacking = answers.map(({ profile: { intent } }) => (intents.has(intent) ? 0 : votes.intent(intent)));
  return Math.min(1, votes.intent(NOTHING) + WEIGHT.lacking * Math.max(0, ...lacking));
}

const capped = (score: number) => (score > CAP ? CAP + (score - CAP) * SHARE_BEYOND_CAP : score);

/** Whether a mention names a thing of this kind that the question is about. */
const names = (prefix: string, { kind, meanings, isContext, isNegated }: Mention) =>
  kind === 'thing' &&
  !isContext &&
  !isNegated &&
  !meanings.includes('franchise') &&
  meanings.some((meaning) => meaning.startsWith(prefix));

/** Whether a mention can only mean a title, a person or a character. */
const isName = ({ kind, meanings }: Mention) =>
  kind === 'thing' && meanings.every((meaning) => /^(title|person|character):/.test(meaning));

/** Whether an answer is about everything that is mentioned. */
const hasAll = ({ features, named }: Profile, mentions: readonly Mention[]) =>
  mentions.every(({ meanings }) => meanings.some((meaning) => features.has(meaning) || named.has(meaning)));
