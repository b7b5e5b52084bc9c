import type { Profile } from './answer-profile.ts';
import type { RankedIntent } from './ask-model.ts';
import { isThing } from './lexicon.ts';
import { askedMentions, type Mention } from './parse-question.ts';

/** The film that is meant where none is named: the command bears its name. */
export const HOME = 'title:ballerina';
/** The first film, which bears the name of the man and of all films. */
const FIRST = 'title:john-wick';
/** The region that is meant where none is named. */
const HOME_REGION = 'region:US';

/** An answer that a question may ask for. */
export interface Candidate {
  profile: Profile;
  /** How likely the question asks for its intent: a share of 1. */
  share: number;
  /** How well its names fit those in the question; below `MIN_FIT` it is about something else. */
  fit: number;
  /** The logarithm of its likelihood, all things taken together. */
  score: number;
}

/** Less likely intents are not looked at. */
const MIN_SHARE = 0.01;
const MAX_INTENTS = 8;
/** An answer that fits worse is about something else than the question. */
export const MIN_FIT = -2.5;

/** What an answer gains by what it shares with the question, and loses by what it lacks of it. */
const GAIN = { title: 2, home: 1, first: 1, franchise: 0.8, name: 2.5, kind: 1.5, named: 0.5, date: 1.2, word: 0.3 } as const;
const CONCEPT_GAIN: Partial<Record<Mention['kind'], number>> & { concept: number } = { strict: 1.6, concept: 1.6, loose: 0.8, hint: 0.3 };
const LOSS = { title: 8, otherTitle: 3, person: 4, character: 3, region: 6, service: 1.5, homeRegion: 0.5, need: 5 } as const;

/** Returns the answers that the likeliest intents have, the best first. An intent has one for each title, person or country. */
export function resolveSlots(
  ranked: readonly RankedIntent[],
  profilesOf: ReadonlyMap<string, readonly Profile[]>,
  mentions: readonly Mention[],
): Candidate[] {
  const asked = readNames(mentions);
  return ranked
    .slice(0, MAX_INTENTS)
    .filter(({ share }) => share >= MIN_SHARE)
    .flatMap(({ intent, share }) =>
      (profilesOf.get(intent) ?? []).map((profile): Candidate => {
        const fit = fitOf(profile, asked);
        return { profile, share, fit, score: Math.log(share) + fit };
      }),
    )
    .sort((a, b) => b.score - a.score);
}

/** The names in a question. */
interface AskedNames {
  /** The titles that are named for certain. */
  titles: ReadonlySet<string>;
  /** The titles that may be meant: "it", "the game". */
  possibleTitles: ReadonlySet<string>;
  /** Whether "John Wick" is named: the first film, the man or all films. */
  isFirst: boolean;
  /** Whether all films may be meant. */
  isFranchise: boolean;
  /** The people, characters, countries and services; each mention means one of several. */
  names: readonly (readonly string[])[];
  /** Everything else that is mentioned. */
  others: readonly Mention[];
  /** All of these. */
  features: ReadonlySet<string>;
}

function readNames(mentions: readonly Mention[]): AskedNames {
  const asked = askedMentions(mentions);
  const isName = ({ kind, meanings }: Mention) => kind === 'thing' && meanings.every(isThing);
  const names = asked.filter(isName);
  const others = asked.filter((mention) => !isName(mention));
  const isFranchise = others.some(({ meanings }) => meanings.includes('franchise'));
  const titlesIn = (list: readonly Mention[]) => new Set(list.flatMap(({ meanings }) => meanings.filter(isTitle)));
  return {
    titles: titlesIn(names),
    possibleTitles: titlesIn(others.filter(({ meanings }) => !meanings.includes('franchise'))),
    isFirst: others.some(({ meanings }) => meanings.includes('franchise') && meanings.includes(FIRST)),
    isFranchise,
    names: names.filter(({ meanings }) => !meanings.some(isTitle)).map(({ meanings }) => meanings),
    // What "John Wick" is of these, the titles tell.
    others: others.filter(({ meanings }) => !meanings.includes('franchise')),
    features: new Set(asked.flatMap(allMeanings)),
  };
}

const isTitle = (meaning: string) => meaning.startsWith('title:');
const allMeanings = ({ meanings, parts = [] }: Mention): string[] => [...meanings, ...parts.flatMap(allMeanings)];

function fitOf(profile: Profile, asked: AskedNames): number {
  let fit = titleFit(profile, asked);
  for (const names of asked.names) fit += nameFit(profile, names);
  for (const mention of asked.others) fit += wordFit(profile, mention);
  const unmet = profile.needs.filter((group) => !group.some((feature) => mentionsFeature(asked.features, feature)));
  return fit - LOSS.need * unmet.length;
}

/** What an answer gains by a word or concept that it has. */
function wordFit({ features, words }: Profile, mention: Mention): number {
  const shared = allMeanings(mention).filter((meaning) => features.has(meaning) && !isTitle(meaning) && meaning !== 'franchise');
  if (shared.length > 0) return shared.some(isThing) ? GAIN.name : (CONCEPT_GAIN[mention.kind] ?? CONCEPT_GAIN.concept);
  if (mention.kind !== 'word' && mention.kind !== 'date') return 0;
  if (!mention.words.every((word) => words.has(word))) return 0;
  return mention.kind === 'date' ? GAIN.date : GAIN.word;
}

/** Whether a feature is among others; "person:*" is any person. */
function mentionsFeature(features: ReadonlySet<string>, wanted: string): boolean {
  if (!wanted.endsWith(':*')) return features.has(wanted);
  const kind = wanted.slice(0, -1);
  return [...features].some((feature) => feature.startsWith(kind));
}

function titleFit(profile: Profile, asked: AskedNames): number {
  const { titles, features, intent } = profile;
  const { titles: named, possibleTitles, isFranchise, isFirst } = asked;
  const isAbout = pointsAt(profile, asked);
  if (named.size > 0) {
    if (titles.length === 0) return isAbout ? GAIN.named : 0;
    const matched = titles.filter((title) => named.has(title)).length;
    if (matched === 0) return titles.some((title) => possibleTitles.has(title)) ? 0 : -LOSS.title;
    return GAIN.title * matched - (titles.length - matched) - Math.max(0, named.size - matched);
  }
  if (titles.length === 0) return isFranchise && features.has('franchise') ? GAIN.franchise : GAIN.named;
  if (titles.some((title) => possibleTitles.has(title))) return GAIN.home;
  if (isFranchise) {
    if (isFirst && titles.includes(FIRST)) return GAIN.first;
    if (features.has('franchise') || features.has('character:john-wick')) return GAIN.franchise;
    return titles.includes(HOME) && !isAbout ? -GAIN.home : 0;
  }
  if (titles.includes(HOME)) return possibleTitles.size > 0 ? 0 : GAIN.home;
  // What only one title has needs no title to be named.
  return isAbout || !intent.startsWith('*') ? 0 : -LOSS.otherTitle;
}

/** Whether a name or a telling word of the question is what the answer is about. */
const pointsAt = ({ features }: Profile, { names, others }: AskedNames) =>
  names.some((group) => group.some((name) => features.has(name))) ||
  others.some(({ kind, meanings }) => (kind === 'strict' || kind === 'concept') && meanings.some((meaning) => features.has(meaning)));

function nameFit({ features, kinds, named }: Profile, names: readonly string[]): number {
  if (names.some((name) => features.has(name))) return GAIN.name;
  if (names.some((name) => kinds.has(kindOf(name)))) return GAIN.kind;
  if (names.some((name) => named.has(name))) return GAIN.named;
  return -Math.min(...names.map(nameLoss));
}

const nameLoss = (name: string) => (name === HOME_REGION ? LOSS.homeRegion : LOSS[kindOf(name) as 'person' | 'character' | 'region' | 'service']);

const kindOf = (name: string) => name.split(':')[0] ?? '';
