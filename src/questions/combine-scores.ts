import type { Profile } from './answer-profile.ts';
import type { Votes } from './example-classifier.ts';
import { NOTHING } from './intent.ts';
import type { Mention } from './parse-question.ts';
import type { Ranked } from './vocabulary-score.ts';

/**
 * What a question is answered with: what the vocabulary says of each answer (`rank`), and what examples like it were asking
 * for. The one knows names and ideas, the other whole ways of asking; where both agree it is sure.
 */
export const WEIGHT = {
  /** The vote for what is asked for, and more where it is for that very slot. */
  intent: 8,
  slot: 1.5,
  /** How much a vote counts for an answer of another country than the one in the question. */
  elsewhere: 0.4,
  /** How much a vote for what the facts do not have, of the title or country in the question, is one for no answer. */
  lacking: 0.4,
} as const;

/** From this score on, what the vocabulary says counts this much of the rest. */
const CAP = 3.5;
const BEYOND = 0.3;

/** The least score of an answer that is given; more where such questions are known, so that votes could have been for it. */
export const LIMIT = { strange: 2, known: 3 } as const;

export const limitFor = ({ near }: Votes) => LIMIT.strange + (LIMIT.known - LIMIT.strange) * near;

/** An answer, with how sure it is. */
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

/** All answers, the surest first. Pure; the weights stand above. */
export function combineScores(
  mentions: readonly Mention[],
  ranked: readonly Ranked[],
  votes: Votes,
  { isUpToDate, things }: ScoringContext,
): Candidate[] {
  const titles = mentions.filter((one) => names('title:', one));
  const countries = mentions.filter((one) => names('region:', one) && !one.means.includes('region:US'));
  const weighed = ranked.map(({ profile, score, shared }) => {
    const isHere = speaksOfAll(profile, countries);
    return {
      profile,
      score,
      shared,
      intent: profile.intent,
      isHere,
      fits: isHere && speaksOfAll(profile, titles),
    };
  });
  const fitting = new Set(weighed.flatMap(({ fits, intent }) => (fits ? [intent] : [])));
  const lacking = Math.max(
    0,
    ...weighed.map(({ intent }) => (fitting.has(intent) ? 0 : votes.intent(intent))),
  );
  // Of somebody or something that is not known yet, examples may tell nothing.
  const isOfLater = mentions.some((one) => isNamed(one) && !one.means.some((thing) => things.has(thing)));
  const against = WEIGHT.intent * Math.min(1, votes.intent(NOTHING) + WEIGHT.lacking * lacking);
  return weighed
    .map(({ profile, score, shared, intent, isHere }): Candidate => {
      const { target } = profile;
      const own = 'slot' in target && isUpToDate(target.slot) ? WEIGHT.slot * votes.slot(target.slot) : 0;
      const vote = (WEIGHT.intent * votes.intent(intent) + own) * (isHere ? 1 : WEIGHT.elsewhere);
      const told = isOfLater ? 0 : vote;
      return { profile, shared, fit: score, score: capped(score) + told - against };
    })
    .sort((a, b) => b.score - a.score);
}

/** Above a measure, names and ideas that fit say little more: else they would outvote whole ways of asking. */
const capped = (score: number) => (score > CAP ? CAP + (score - CAP) * BEYOND : score);

/** Whether a mention names a thing of this kind that the question is about. */
const names = (kind: string, { kind: isA, means, aside, denied }: Mention) =>
  isA === 'thing' &&
  !aside &&
  !denied &&
  !means.includes('franchise') &&
  means.some((one) => one.startsWith(kind));

/** Whether a mention can only mean a title, a person or a character. */
const isNamed = ({ kind, means }: Mention) =>
  kind === 'thing' && means.every((one) => /^(title|person|character):/.test(one));

const speaksOfAll = ({ has, named }: Profile, mentions: readonly Mention[]) =>
  mentions.every(({ means }) => means.some((one) => has.has(one) || named.has(one)));
