import type { Profile } from './answer-profile.ts';
import { mentionScore, type ScoredProfile, shareOf, type TermWeight } from './mention-score.ts';
import type { Mention } from './parse-question.ts';
import { HOME, LOSS } from './score-weights.ts';

/** An answer, and how well it fits a question by the vocabulary. */
export interface ScoredAnswer {
  profile: Profile;
  score: number;
  /** The part of the score that comes from what the question and the answer share, hints left out. */
  shared: number;
}

/** Hints that are enough to ask something: "the John Wick films", "was it planned earlier?" */
const TELLING_HINTS: ReadonlySet<string> = new Set(['franchise', 'past', 'about']);

/** What a question is about. */
interface Subject {
  mentions: readonly Mention[];
  /** Everything that it mentions. */
  features: ReadonlySet<string>;
  /** What counts as a title that it names. */
  titles: ReadonlySet<string>;
  /** Whether it names a title for certain. */
  hasTitle: boolean;
}

/**
 * Scores how well each answer fits a question, best first: a sum over what they share, what the question mentions and the
 * answer lacks, and what the answer is about beyond the question.
 */
export function scoreByVocabulary(
  mentions: readonly Mention[],
  profiles: readonly Profile[],
  termWeight: TermWeight,
): ScoredAnswer[] {
  const hasTitle = mentions.some(
    ({ kind, meanings }) => kind === 'thing' && !meanings.includes('franchise') && meanings.some(isTitle),
  );
  // Beside another title "John Wick" is the character or the franchise, not the first film.
  const chosen = hasTitle ? mentions.map(withoutFirstFilm) : mentions;
  const features = new Set(chosen.flatMap(allMeanings));
  // "2 and 3" are chapters where chapters are spoken of; elsewhere they are numbers.
  const titles = hasTitle || features.has('franchise') ? features : new Set(chosen.flatMap(namedThings));
  const ofOne = { mentions: chosen, features, titles, hasTitle };
  const ofTwo = { ...ofOne, mentions, titles: features };
  return profiles
    .map((profile) => scoreAnswer(profile, profile.titles.length === 2 ? ofTwo : ofOne, titles, termWeight))
    .sort((a, b) => b.score - a.score);
}

const isTitle = (meaning: string) => meaning.startsWith('title:');

const namedThings = ({ kind, meanings, parts = [] }: Mention): string[] => [
  ...(kind === 'thing' ? meanings : []),
  ...parts.flatMap(namedThings),
];

const allMeanings = ({ meanings, parts = [] }: Mention): string[] => [
  ...meanings,
  ...parts.flatMap(allMeanings),
];

function withoutFirstFilm(mention: Mention): Mention {
  if (!mention.meanings.includes('franchise')) return mention;
  return { ...mention, meanings: mention.meanings.filter((meaning) => !isTitle(meaning)) };
}

function scoreAnswer(
  profile: Profile,
  subject: Subject,
  namedTitles: ReadonlySet<string>,
  termWeight: TermWeight,
): ScoredAnswer {
  const isTitleNamed = profile.titles.some((title) => namedTitles.has(title));
  const { sum, shared } = sumOfMentions(subject.mentions, { profile, isTitleNamed, termWeight });
  const score =
    sum -
    LOSS.need * unmetNeeds(profile, subject.features) +
    titleScore(profile, subject) -
    LOSS.beyond * countBeyond(profile, subject.features);
  return { profile, score, shared };
}

function sumOfMentions(mentions: readonly Mention[], scored: ScoredProfile): { sum: number; shared: number } {
  let sum = 0;
  let shared = 0;
  let ordinary = 0;
  for (const mention of mentions) {
    const score = mentionScore(mention, scored);
    if (score < 0 && !mention.isContext && isOrdinary(mention)) {
      ordinary += score;
      continue;
    }
    const value = score * shareOf(mention, score);
    sum += value;
    if (value > 0 && isTelling(mention)) shared += value;
  }
  return { sum: sum + Math.max(ordinary, -LOSS.ordinaryWords), shared };
}

/** Ordinary English that is not what is asked for. */
const isOrdinary = ({ kind, commonness, isFocus }: Mention) =>
  (kind === 'unknown' || kind === 'word') && commonness !== undefined && commonness !== 'known' && !isFocus;

const isTelling = ({ kind, meanings }: Mention) =>
  kind !== 'hint' || meanings.some((meaning) => TELLING_HINTS.has(meaning));

/** How many of the groups of which a question must mention one are not mentioned. */
const unmetNeeds = ({ needs }: Profile, features: ReadonlySet<string>) =>
  needs.filter((group) => !group.some((feature) => mentionsFeature(features, feature))).length;

/** Whether a feature is among others; "person:*" is any person. */
function mentionsFeature(features: ReadonlySet<string>, wanted: string): boolean {
  if (!wanted.endsWith(':*')) return features.has(wanted);
  const kind = wanted.slice(0, -1);
  return [...features].some((feature) => feature.startsWith(kind));
}

/** How much an answer is about beyond the question: of two that fit as well, the one with less is better. */
function countBeyond(profile: Profile, features: ReadonlySet<string>): number {
  let count = profile.features.size;
  for (const feature of features) if (profile.features.has(feature)) count -= 1;
  return count;
}

/** What an answer loses by a title that the question does not name, or that is not the one meant by default. */
function titleScore(profile: Profile, { titles: named, hasTitle }: Subject): number {
  const { titles, features } = profile;
  if (titles.length === 0 || features.has('franchise')) return 0;
  const missing = titles.filter((title) => !named.has(title));
  if (missing.length < titles.length) return halfNamedScore(titles, missing);
  if (!hasTitle && titles.includes(HOME)) return 0.3;
  const isNamed = [...features].some((feature) => /^(person|character):/.test(feature) && named.has(feature));
  if (isNamed) return -LOSS.otherTitle / 6;
  return hasTitle ? -LOSS.otherTitle : -LOSS.otherTitle / 2;
}

/** Of what lies between two titles, one may be left unsaid; it is then rather a chapter than a spin-off. */
function halfNamedScore(titles: readonly string[], missing: readonly string[]): number {
  if (missing.length === 0 || titles.length !== 2) return 0;
  return missing.includes(HOME) ? -1 : -0.4;
}
