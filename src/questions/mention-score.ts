import type { Profile } from './answer-profile.ts';
import type { Mention } from './parse-question.ts';
import { CONTEXT_SHARE, GAIN, HOME, HOME_REGION, LOSS, NEGATED_SHARE } from './score-weights.ts';

/** Returns how much the facts' own use of a word tells: more for a rare one. */
export type TermWeight = (word: string) => number;

/** An answer that mentions are scored against. */
export interface ScoredProfile {
  profile: Profile;
  /** Whether the question names a title of the answer: beside another title it is half the answer. */
  isTitleNamed: boolean;
  termWeight: TermWeight;
}

/**
 * Returns what an answer gains or loses by a mention, context and negation not counted. A phrase counts as a whole, or as
 * its words one by one, whichever is more.
 */
export function mentionScore(mention: Mention, scored: ScoredProfile): number {
  const whole = wholeScore(mention, scored);
  if (!mention.parts) return whole;
  let parts = mention.kind === 'strict' ? -LOSS.strictParts : -LOSS.parts;
  for (const part of mention.parts) parts += mentionScore(part, scored);
  parts = Math.min(parts, GAIN.concept);
  // A name in it must count: "in Brazil" is no other place.
  return whole < 0 && mention.parts.some((part) => part.kind === 'thing') ? parts : Math.max(whole, parts);
}

/** Returns the share of its score that a mention brings: less in context, and the opposite where it is negated. */
export function shareOf({ isContext, isNegated, kind }: Mention, score: number): number {
  if (isNegated) return score > 0 && kind !== 'hint' && kind !== 'thing' ? -NEGATED_SHARE : 0;
  if (!isContext) return 1;
  if (score > 0) return kind === 'thing' ? CONTEXT_SHARE.thing : CONTEXT_SHARE.gain;
  if (kind === 'outOfScope') return CONTEXT_SHARE.outOfScope;
  return kind === 'thing' ? CONTEXT_SHARE.lostThing : CONTEXT_SHARE.loss;
}

function wholeScore(mention: Mention, { profile, isTitleNamed, termWeight }: ScoredProfile): number {
  const { kind, words } = mention;
  const inWords = words.every((word) => profile.words.has(word));
  switch (kind) {
    case 'outOfScope':
      return -LOSS.outOfScope;
    case 'unknown':
      return -wordCost(mention);
    case 'word':
      return inWords ? termWeight(words[0] ?? '') : -Math.min(LOSS.word, wordCost(mention));
    case 'date':
      return inWords ? GAIN.date : -LOSS.hint;
    default:
      return gainByMeaning(mention, profile, inWords) ?? lossByMeaning(mention, isTitleNamed);
  }
}

/** What an answer gains by what a mention means, or loses a little where it only comes near; undefined where it lacks it. */
function gainByMeaning(mention: Mention, profile: Profile, inWords: boolean): number | undefined {
  const { kind, meanings } = mention;
  const shared = meanings.filter((meaning) => profile.features.has(meaning));
  const doubt = mention.neighbours?.some((word) => !profile.words.has(word)) ? LOSS.neighbours : 0;
  if (shared.length > 0) return sharedGain(mention, shared) - doubt;
  if (profile.kinds.size > 0 && meanings.some((meaning) => profile.kinds.has(kindOf(meaning))))
    return meanings.some((meaning) => meaning.startsWith('person:')) ? -LOSS.otherPerson : GAIN.anyOfKind;
  if (meanings.includes('franchise'))
    return kind === 'thing' && profile.titles.includes(HOME) ? -LOSS.franchise : 0;
  if (meanings.some((meaning) => profile.named.has(meaning))) return GAIN.named - doubt;
  if (!inWords || kind === 'thing') return undefined;
  if (kind === 'strict') return -LOSS.strictWord;
  return kind === 'hint' ? 0 : GAIN.words;
}

function sharedGain({ kind, meanings, words }: Mention, shared: readonly string[]): number {
  const gain = kind === 'hint' ? GAIN.hint : Math.max(...shared.map(featureGain));
  const exact = kind !== 'hint' && kind !== 'thing' && words.length > 1 ? GAIN.phrase : 0;
  return (meanings.length > 1 ? Math.min(gain, GAIN.concept) : gain) + exact;
}

function lossByMeaning({ kind, meanings }: Mention, isTitleNamed: boolean): number {
  if (kind !== 'hint' && isTitleNamed && meanings.some((meaning) => meaning.startsWith('title:')))
    return -LOSS.besideTitle;
  return -Math.min(...meanings.map((meaning) => featureLoss(meaning, kind)));
}

/** What a word costs that the answer lacks: the more ordinary, the less. */
const wordCost = ({ commonness, isFocus }: Mention) =>
  LOSS[commonness ?? 'unknown'] + (isFocus ? LOSS.focus : 0);

const kindOf = (feature: string) => feature.split(':')[0] ?? '';

function featureGain(feature: string): number {
  if (feature === HOME) return 1;
  if (feature.startsWith('title:')) return GAIN.title;
  return feature.includes(':') ? GAIN.thing : GAIN.concept;
}

function featureLoss(feature: string, kind: Mention['kind']): number {
  if (feature === HOME_REGION) return LOSS.homeRegion;
  if (kind === 'hint') return LOSS.hint;
  if (feature.includes(':'))
    return LOSS[kindOf(feature) as 'title' | 'person' | 'character' | 'region' | 'service'];
  return kind === 'loose' || kind === 'strict' ? LOSS[kind] : LOSS.concept;
}
