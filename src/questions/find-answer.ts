import type { Facts, Snapshot } from '../facts/snapshot.ts';
import type { Profile } from './answer-profile.ts';
import { atAddress } from './answer-target.ts';
import { type Candidate, combineScores, limitFor } from './combine-scores.ts';
import { examplesOf, intentIn, isAsNow } from './example-index.ts';
import { featuresOf } from './features.ts';
import { createParser } from './parse-question.ts';
import { questionIndexOf } from './question-index.ts';
import { withoutSmallTalk } from './small-talk.ts';
import { scoreByVocabulary } from './vocabulary-score.ts';

/** What a question leads to. */
export type Finding =
  | { kind: 'answer'; profile: Profile; past: boolean; others: Profile[] }
  | { kind: 'refusal'; near: Profile[] };

/** Others that fit nearly as well by the vocabulary are offered beside the best. */
const CLOSE = 1.2;
const MOST_OTHERS = 3;

/** The answer to a question in the world of a day, or that there is none. */
export function findAnswer(facts: Facts, world: Snapshot, question: string): Finding {
  const { reader, profiles, rarity, things } = questionIndexOf(facts, world);
  const addressed = atAddress(profiles, question);
  if (addressed) return { kind: 'answer', profile: addressed, past: false, others: [] };
  const asked = withoutSmallTalk(question);
  const mentions = createParser(asked, reader);
  const votes = examplesOf(facts, reader).vote(featuresOf(asked, mentions));
  const candidates = combineScores(mentions, scoreByVocabulary(mentions, profiles, rarity), votes, {
    intentOf: intentIn(world),
    isAsNow: isAsNow(facts, world),
    things,
  });
  const limit = limitFor(votes);
  const best = candidates[0];
  if (!best || best.score < limit) return { kind: 'refusal', near: nearest(candidates) };
  const others = candidates.slice(1).filter((one) => best.fit - one.fit <= CLOSE && one.score >= limit);
  return {
    kind: 'answer',
    profile: best.profile,
    past: mentions.some(({ means }) => means.includes('past')),
    others: others.slice(0, MOST_OTHERS).map(({ profile }) => profile),
  };
}

/** The nearest that share anything with the question: topics to offer where nothing fits. */
const nearest = (candidates: readonly Candidate[]) =>
  candidates
    .filter(({ shared, profile }) => shared > 0 && profile.ask)
    .slice(0, MOST_OTHERS)
    .map(({ profile }) => profile);
