import type { Profile } from './answer-profile.ts';
import { HOME, HOME_REGION } from './home.ts';
import { type ComparedAnswer, mentionSigns, type TermWeight } from './mention-signs.ts';
import type { Mention } from './parse-question.ts';
import { isTitle, type ReadQuestion } from './read-question.ts';
import { addSign, type Signs, within } from './signs.ts';

/** What counts of a mention that only gives context. */
const CONTEXT_SHARE = 0.3;
/** The logarithms of shares are not taken for less. */
const MIN_LOG_SHARE = -6;
const MAX_BEYOND = 12;

/** What answers are compared by. */
export interface ComparisonContext {
  /** The answers of each intent. */
  profilesOf: ReadonlyMap<string, readonly Profile[]>;
  termWeight: TermWeight;
  /** Whether a slot already says what the newest facts say; examples are about those. */
  isUpToDate(slot: string): boolean;
}

/** Returns what speaks for and against an answer to a question. */
export function answerSigns(question: ReadQuestion, profile: Profile, context: ComparisonContext): Signs {
  const signs: Signs = new Map();
  addLearnedSigns(signs, question, profile, context);
  const compared: ComparedAnswer = {
    profile,
    isTitleNamed: profile.titles.some((title) => question.titles.has(title)),
    siblings: context.profilesOf.get(profile.intent) ?? [],
    termWeight: context.termWeight,
  };
  for (const mention of profile.titles.length === 2 ? question.mentions : question.chosen) {
    if (mention.isNegated) continue;
    const share = question.asked.has(mention) ? 1 : CONTEXT_SHARE;
    for (const [sign, amount] of mentionSigns(mention, question, compared))
      addSign(signs, sign, share * amount);
  }
  addSubjectSigns(signs, question, profile);
  for (const sign of [titleSign(question, profile), regionSign(question, profile)])
    if (sign) addSign(signs, sign);
  return signs;
}

/** What the examples tell. */
function addLearnedSigns(
  signs: Signs,
  { shares, nothing, votes, asked }: ReadQuestion,
  { intent, target }: Profile,
  { isUpToDate }: ComparisonContext,
): void {
  const share = shares.get(intent) ?? 0;
  addSign(signs, 'log-share', Math.max(MIN_LOG_SHARE, Math.log(share / (1 - nothing + 1e-6))));
  addSign(signs, 'share', share);
  addSign(signs, 'vote', votes.intent(intent));
  if (!('slot' in target) || !isUpToDate(target.slot)) return;
  // Of several slots with one intent names choose, and the examples where there are none.
  const chosenBy = intent === target.slot ? 'own' : [...asked].some(namesOne) ? 'named' : 'shared';
  addSign(signs, `slot-vote-${chosenBy}`, votes.slot(target.slot));
}

/** Whether a mention names a person, a character or a country. */
const namesOne = ({ kind, meanings }: Mention) =>
  kind === 'thing' && meanings.some((meaning) => /^(person|character|region):/.test(meaning));

/** Whether the question says what the answer needs, and how much the answer is about beyond it. */
function addSubjectSigns(signs: Signs, { features, asked, isName }: ReadQuestion, profile: Profile): void {
  if (isName) {
    const isNamed = [...asked].some(({ meanings }) =>
      meanings.some((meaning) => meaning.includes(':') && !isTitle(meaning) && profile.features.has(meaning)),
    );
    addSign(signs, isNamed ? 'name-has' : 'name-lacks');
  }
  const unmet = profile.needs.filter((group) => !group.some((feature) => mentionsFeature(features, feature)));
  if (unmet.length > 0) addSign(signs, 'unmet-needs', unmet.length);
  let beyond = profile.features.size;
  for (const feature of features) if (profile.features.has(feature)) beyond -= 1;
  addSign(signs, 'beyond', Math.min(MAX_BEYOND, beyond));
}

/** Whether a feature is among others; "person:*" is any person. */
function mentionsFeature(features: ReadonlySet<string>, wanted: string): boolean {
  if (!wanted.endsWith(':*')) return features.has(wanted);
  const kind = wanted.slice(0, -1);
  return features.values().some((feature) => feature.startsWith(kind));
}

/** Whether the answer is about a title that the question names, or about the one that is meant by default. */
function titleSign({ titles: named, hasTitle }: ReadQuestion, profile: Profile): string | undefined {
  const { titles, features, intent } = profile;
  if (titles.length === 0) return hasTitle ? 'no-title-beside' : 'no-title';
  if (features.has('franchise')) return undefined;
  const missing = titles.filter((title) => !named.has(title));
  if (missing.length < titles.length) return titles.length === 2 ? halfNamed(missing) : undefined;
  if (!hasTitle && titles.includes(HOME)) return 'home-by-default';
  const isNamed = features
    .values()
    .some((feature) => /^(person|character):/.test(feature) && named.has(feature));
  if (isNamed) return hasTitle ? 'other-title-named-beside' : 'other-title-named';
  if (hasTitle) return 'other-title-beside';
  // What only one title has needs no title to be named.
  return intent.startsWith('*') ? 'other-title-shared' : 'other-title-own';
}

/** Whether an answer about one country is about the one that is meant where none is named. */
function regionSign({ features }: ReadQuestion, { things }: Profile): string | undefined {
  const regions = things.filter((thing) => thing.startsWith('region:'));
  if (regions.length === 0 || regions.some((region) => features.has(region))) return undefined;
  return regions.includes(HOME_REGION) ? 'home-region' : 'other-region';
}

/** Of what lies between two titles, one may be left unsaid. */
function halfNamed(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  return missing.includes(HOME) ? 'half-without-home' : 'half-named';
}

/** Chances that are better than this are all as good. */
const MAX_LOGIT = 7;
const MANY_WORDS = 8;

/** Returns what speaks for and against any answer to a question at all. */
export function questionSigns({ asked, places, useOf, nothing, votes, isName }: ReadQuestion): Signs {
  const signs: Signs = new Map();
  const logit = Math.log((nothing + 1e-4) / (1 - nothing + 1e-4));
  addSign(signs, 'nothing-logit', within(-MAX_LOGIT, MAX_LOGIT, logit));
  addSign(signs, 'nothing-share', nothing);
  addSign(signs, 'nothing-vote', votes.intent('nothing'));
  addSign(signs, 'far', 1 - votes.near);
  const mentions = [...asked];
  const novel = mentions.filter(
    ({ kind, words: [word = ''] }) => (kind === 'unknown' || kind === 'word') && !useOf(word),
  );
  if (novel.length > 0) addSign(signs, 'novel');
  if (novel.length > 1) addSign(signs, 'novels');
  const standsAsName = novel.some(({ words: [word = ''] }) =>
    places
      .get(word)
      ?.values()
      .some((place) => place !== 'first' && place !== 'last'),
  );
  if (standsAsName) addSign(signs, 'novel-name');
  if (mentions.some(({ kind }) => kind === 'outOfScope')) addSign(signs, 'names-elsewhere');
  if (mentions.some(({ kind }) => kind === 'thing')) addSign(signs, 'names');
  addSign(signs, 'length', Math.min(1.5, mentions.length / MANY_WORDS));
  if (isName) addSign(signs, 'is-name');
  return signs;
}
