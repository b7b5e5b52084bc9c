import type { Profile } from './answer-profile.ts';
import type { Mention } from './parse-question.ts';

/**
 * How well an answer fits a question: a sum over what they share, what the question speaks of and the answer lacks, and what
 * the answer is about beyond the question. Pure; the weights stand here together.
 */
export const GAIN = {
  thing: 2.95,
  title: 1.9,
  concept: 1.9,
  hint: 1.2,
  named: 0.2,
  wild: 2.0,
  words: 0.85,
  date: 1.4,
  phrase: 0.8,
} as const;
export const LOSS = {
  title: 7.0,
  person: 5.25,
  character: 3.6,
  franchise: 2.0,
  otherPerson: 1.5,
  home: 0.85,
  region: 7.15,
  service: 4.0,
  strict: 5.0,
  concept: 4.0,
  loose: 1.3,
  hint: 0.65,
  word: 0.6,
  unknown: 1.7,
  everyday: 0.5,
  common: 0.35,
  known: 1.0,
  focus: 1.5,
  ordinary: 1.5,
  besideTitle: 4.2,
  apart: 0.5,
  strictApart: 2.4,
  strictWord: 0.5,
  beyond: 0.04,
  beside: 1.8,
  elsewhere: 9.0,
  otherTitle: 4.85,
  need: 4.0,
} as const;
/** What stands aside counts less: what it shares, and far less what it lacks. */
export const ASIDE = { gain: 1, thing: 0.54, loss: 0.09, lostThing: 0.7, elsewhere: 0.25, denied: 0.7 };
/** Hints that are enough to ask something: "the John Wick films", "was it planned earlier?" */
const TELLING: ReadonlySet<string> = new Set(['franchise', 'past', 'about']);
/** What an answer may lack without lacking much. */
const LIGHT: ReadonlySet<Mention['kind']> = new Set(['hint', 'loose', 'date']);
/** The film that is meant where none is named: the command bears its name. */
export const HOME = 'title:ballerina';

export interface Ranked {
  profile: Profile;
  score: number;
  /** What the question and the answer share, without hints. */
  shared: number;
  /** How many mentions they share. */
  met: number;
  /** How much of what was asked is not in it. */
  lacks: 'nothing' | 'little' | 'much';
}

export type TermWeight = (word: string) => number;

export function scoreByVocabulary(
  read: readonly Mention[],
  profiles: readonly Profile[],
  rarity: TermWeight,
): Ranked[] {
  const titled = read.some(
    ({ kind, means }) =>
      kind === 'thing' && !means.includes('franchise') && means.some((one) => one.startsWith('title:')),
  );
  // Beside another title "John Wick" is the character or the franchise, not the first film.
  const mentions = titled ? read.map(withoutFirstFilm) : read;
  const asked = new Set(mentions.flatMap(allMeans));
  const things = new Set(mentions.flatMap(thingsNamed));
  // "2 and 3" are chapters where chapters are spoken of; elsewhere they are numbers.
  const chapters = titled || asked.has('franchise') ? asked : things;
  return profiles
    .map((profile) =>
      fit(profile.titles.length === 2 ? read : mentions, asked, chapters, titled, profile, rarity),
    )
    .sort((a, b) => b.score - a.score);
}

/** Ordinary English that is not what is asked for. */
const isOrdinary = ({ kind, common, focus }: Mention) =>
  (kind === 'unknown' || kind === 'word') && common !== undefined && common !== 'known' && !focus;

const thingsNamed = ({ kind, means, inner = [] }: Mention): string[] => [
  ...(kind === 'thing' ? means : []),
  ...inner.flatMap(thingsNamed),
];

const allMeans = ({ means, inner = [] }: Mention): string[] => [...means, ...inner.flatMap(allMeans)];

function withoutFirstFilm(mention: Mention): Mention {
  if (!mention.means.includes('franchise')) return mention;
  return { ...mention, means: mention.means.filter((one) => !one.startsWith('title:')) };
}

function fit(
  mentions: readonly Mention[],
  asked: ReadonlySet<string>,
  chapters: ReadonlySet<string>,
  titled: boolean,
  profile: Profile,
  rarity: TermWeight,
): Ranked {
  let score = 0;
  let shared = 0;
  let met = 0;
  let ordinary = 0;
  let lacks: Ranked['lacks'] = 'nothing';
  // Where two titles are compared, what is told of one of them is half the answer.
  const compared =
    profile.titles.some((one) => one !== HOME && chapters.has(one)) ||
    (profile.titles.includes(HOME) && chapters.has(HOME));
  for (const mention of mentions) {
    const worth = worthOf(mention, profile, rarity, compared);
    if (worth < 0 && !mention.aside && isOrdinary(mention)) {
      ordinary += worth;
      continue;
    }
    const value = worth * shareOf(mention, worth);
    score += value;
    if (value > 0 && (mention.kind !== 'hint' || mention.means.some((one) => TELLING.has(one)))) {
      shared += value;
      met += 1;
    }
    if (value < 0 && mention.kind === 'loose' && lacks === 'nothing') lacks = 'little';
    if (value < 0 && !LIGHT.has(mention.kind) && !mention.aside) lacks = 'much';
  }
  score += Math.max(ordinary, -LOSS.ordinary);
  for (const group of profile.needs) if (!group.some((one) => speaksOf(asked, one))) score -= LOSS.need;
  score += titleValue(profile.titles.length === 2 ? asked : chapters, titled, profile);
  // Of two that fit as well, the one that is about less beyond the question.
  let beyond = profile.has.size;
  for (const one of asked) if (profile.has.has(one)) beyond -= 1;
  score -= LOSS.beyond * beyond;
  return { profile, score, shared, met, lacks };
}

/** Whether a set speaks of a feature; "person:*" is any person. */
function speaksOf(features: ReadonlySet<string>, wanted: string): boolean {
  if (!wanted.endsWith(':*')) return features.has(wanted);
  const kind = wanted.slice(0, -1);
  return [...features].some((one) => one.startsWith(kind));
}

/** How much of its worth a mention brings from where it stands. */
function shareOf({ aside, denied, kind }: Mention, value: number): number {
  if (denied) return value > 0 && kind !== 'hint' && kind !== 'thing' ? -ASIDE.denied : 0;
  if (!aside) return 1;
  if (value > 0) return kind === 'thing' ? ASIDE.thing : ASIDE.gain;
  return kind === 'elsewhere' ? ASIDE.elsewhere : kind === 'thing' ? ASIDE.lostThing : ASIDE.loss;
}

/** A phrase is worth what it means, or what its words mean one by one, whichever is more. */
function worthOf(mention: Mention, profile: Profile, rarity: TermWeight, compared: boolean): number {
  const { kind } = mention;
  const whole = worthOfWhole(mention, profile, rarity, compared);
  if (!mention.inner) return whole;
  let parts = kind === 'strict' ? -LOSS.strictApart : -LOSS.apart;
  for (const one of mention.inner) parts += worthOf(one, profile, rarity, compared);
  parts = Math.min(parts, GAIN.concept);
  // What it names may not be got round: "in Brazil" is no other place.
  return whole < 0 && mention.inner.some((one) => one.kind === 'thing') ? parts : Math.max(whole, parts);
}

function worthOfWhole(mention: Mention, profile: Profile, rarity: TermWeight, compared: boolean): number {
  const { kind, means, words } = mention;
  if (kind === 'elsewhere') return -LOSS.elsewhere;
  if (kind === 'unknown') return -costOf(mention);
  const inWords = words.every((word) => profile.words.has(word));
  if (kind === 'word') return inWords ? rarity(words[0] ?? '') : -Math.min(LOSS.word, costOf(mention));
  if (kind === 'date') return inWords ? GAIN.date : -LOSS.hint;
  const own = means.filter((one) => profile.has.has(one));
  const doubt = mention.beside?.some((word) => !profile.words.has(word)) ? LOSS.beside : 0;
  if (own.length > 0) {
    const gain = kind === 'hint' ? GAIN.hint : Math.max(...own.map(gainOf));
    const exact = kind !== 'hint' && kind !== 'thing' && words.length > 1 ? GAIN.phrase : 0;
    return (means.length > 1 ? Math.min(gain, GAIN.concept) : gain) + exact - doubt;
  }
  if (profile.wild.size > 0 && means.some((one) => profile.wild.has(one.split(':')[0] ?? '')))
    return means.some((one) => one.startsWith('person:')) ? -LOSS.otherPerson : GAIN.wild;
  if (means.includes('franchise'))
    return kind === 'thing' && profile.titles.includes(HOME) ? -LOSS.franchise : 0;
  if (means.some((one) => profile.named.has(one))) return GAIN.named - doubt;
  if (inWords && kind === 'strict') return -LOSS.strictWord;
  if (inWords && kind !== 'thing') return kind === 'hint' ? 0 : GAIN.words;
  if (kind !== 'hint' && compared && means.some((one) => one.startsWith('title:'))) return -LOSS.besideTitle;
  return -Math.min(...means.map((one) => lossOf(one, kind)));
}

/** What a word costs that the answer does not hold: the more ordinary, the less. */
const costOf = ({ common, focus }: Mention) => LOSS[common ?? 'unknown'] + (focus ? LOSS.focus : 0);

function gainOf(feature: string): number {
  if (feature === HOME) return 1;
  if (feature.startsWith('title:')) return GAIN.title;
  return feature.includes(':') ? GAIN.thing : GAIN.concept;
}

function lossOf(feature: string, kind: Mention['kind']): number {
  if (feature === 'region:US') return LOSS.home;
  const [thing] = feature.split(':');
  if (kind === 'hint') return LOSS.hint;
  if (feature.includes(':')) return LOSS[thing as 'title' | 'person' | 'character' | 'region' | 'service'];
  return kind === 'loose' || kind === 'strict' ? LOSS[kind] : LOSS.concept;
}

/** An answer about a title that the question does not name, or that is not the one meant by default. */
function titleValue(asked: ReadonlySet<string>, titled: boolean, { titles, has }: Profile): number {
  if (titles.length === 0 || has.has('franchise')) return 0;
  const missing = titles.filter((one) => !asked.has(one));
  // Of what lies between two titles, one may be left unsaid; it is then rather a chapter than a spin-off.
  if (missing.length < titles.length)
    return missing.length > 0 && titles.length === 2 ? (missing.includes(HOME) ? -1 : -0.4) : 0;
  if (!titled && titles.includes(HOME)) return 0.3;
  const named = [...has].some((one) => /^(person|character):/.test(one) && asked.has(one));
  return named ? -LOSS.otherTitle / 6 : titled ? -LOSS.otherTitle : -LOSS.otherTitle / 2;
}
