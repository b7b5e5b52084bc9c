import type { Fact } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { hasOnly, projectOfTitle, type Statement, stemsOf } from './statement.ts';

const KIND =
  /^(?:is|was) .+ an? (?:tv |television |limited |mini ?|video |comic )?(series|show|miniseries|movie|film|game|documentary|comic|book)$/;
const KIND_WORDS = stemsOf(
  'tv television limited mini video comic series show miniseries game documentary book',
);
const KINDS: Readonly<Record<string, string>> = {
  show: 'series',
  miniseries: 'series',
  movie: 'film',
  book: 'comic',
};

/** "Is The Continental a movie": by the kind of the title, shown by the sentence that says what it is. */
export function judgeKind(statement: Statement): Judgement | undefined {
  const { title, facts, snapshot, text, persons, characters } = statement;
  const named = KIND.exec(text)?.[1];
  if (!named || persons.length + characters.length > 0 || !hasOnly(statement, KIND_WORDS)) return undefined;
  const kind = facts.titles[title]?.kind;
  const from =
    ['what', 'premise', 'overview'].flatMap((path) => snapshot.get(`${title}/${path}`) ?? [])[0] ??
    projectOfTitle(snapshot, title);
  return kind && from && { truth: kind === (KINDS[named] ?? named) ? 'yes' : 'no', from };
}

const SEQUEL = /^(?:is|was) .+ a (?:direct |real |true )?sequel$/;

/** "Is Ballerina a sequel": not what is a spin-off. It must not be read as the sequel of that title. */
export function judgeSequel({
  text,
  titles,
  characters,
  persons,
  snapshot,
}: Statement): Judgement | undefined {
  const [title] = titles;
  const isOne = titles.length === 1 && characters.length + persons.length === 0;
  if (!isOne || !title?.endsWith('-sequel') || !SEQUEL.test(text)) return undefined;
  const from = snapshot.get(`${title.replace(/-sequel$/, '')}/overview/first-spin-off`);
  return from && { truth: 'no', from };
}

const PLACE = /\b(?:film(?:ed|ing)?|sho[ot]+(?:ing)?|shot)\b.*?\bin (?:the )?([a-z]+(?: [a-z]+)?)$/;
const FILMING = stemsOf(
  'film filmed filming shoot shot shooting mostly partly partially some part parts scenes',
);

/** "Was it filmed in Paris": so where what is told of the filming names the place. */
export function judgePlace(statement: Statement): Judgement | undefined {
  const { title, snapshot, text, titles, persons, dates, regions } = statement;
  const place = PLACE.exec(text)?.[1];
  if (!place || titles.length > 1 || persons.length + dates.length > 0) return undefined;
  const known = new Set([...FILMING, ...stemsOf(place)]);
  if (!hasOnly(statement, known)) return undefined;
  const told = [
    ...snapshot.of('prose', (slot) => slot.about === title && slot.slot.includes('/filming')),
    ...snapshot.of(
      'event',
      (slot) => slot.title === title && /filming|additional|action-unit/.test(slot.slot),
    ),
  ].toSorted((one, other) => Number(isOverview(other)) - Number(isOverview(one)));
  const names = (fact: Fact<'prose' | 'event'>) =>
    !('sides' in fact.claim) && new RegExp(`\\b${place}\\b`, 'i').test(fact.claim.text.en);
  const from = told.find(names);
  if (from) return { truth: 'yes', from };
  if (!told[0] || regions.length === 0) return told[0] && { truth: 'unknown', from: told[0] };
  return judgeCountry(place, regions, told);
}

/** The countries of the places that are told: a country is not named where its towns are. */
const COUNTRIES: readonly [RegExp, string][] = [
  [/Prague|Czech/, 'CZ'],
  [/Budapest/, 'HU'],
  [/Austria|Hallstatt/, 'AT'],
  [/New York/, 'US'],
  [/Montreal/, 'CA'],
  [/Morocco/, 'MA'],
  [/Paris/, 'FR'],
  [/Berlin/, 'DE'],
];
/** Another town of a country may be named, which says nothing. */
const COUNTRY =
  /^(?:czech republic|czechia|hungary|austria|canada|morocco|france|germany|us|usa|america|united states)$/;
/** A scene that plays in a town may be shot in another. */
const PLAYS_IN: Readonly<Record<string, RegExp>> = { JP: /Osaka/ };

function judgeCountry(
  place: string,
  regions: readonly string[],
  told: readonly Fact<'prose' | 'event'>[],
): Judgement | undefined {
  const [region = ''] = regions;
  const names = (pattern: RegExp | undefined) =>
    told.find(({ claim }) => !('sides' in claim) && pattern?.test(claim.text.en));
  if (regions.length > 1 || names(PLAYS_IN[region])) return undefined;
  const from = names(COUNTRIES.find(([, country]) => country === region)?.[0]);
  if (!from) return { truth: 'unknown', from: told[0] };
  return COUNTRY.test(place) ? { truth: 'yes', from } : undefined;
}

/** Whether it tells of the places as a whole, and not of one of them. */
const isOverview = ({ slot }: Fact) => /(?:\/filming|\/list|-filming)$/.test(slot.slot);

const BY = [
  /\b(?:made|produced|distributed|released|owned) by ([a-z0-9]+)(?: [a-z]+)?$/,
  /^(?:did|does) ([a-z0-9]+)(?: [a-z]+)? (?:make|produce|distribute|release|own)\b/,
  /^(?:is|was) ([a-z0-9]+)(?: [a-z]+)? behind\b/,
  /\ba ([a-z0-9]+)(?: plus| bros| pictures| studios)? (?:movie|film|production|original|show|series)(?: film| movie)?$/,
];
const MAKING = stemsOf(
  'behind made make produced produce distributed distribute released release owned own original production show series plus bros brothers pictures studios',
);
/** Names that are read as another word, which is in the facts. */
const READ_AS: Readonly<Record<string, string>> = { warner: 'warned' };
/** Companies that make films: that it was another of them is known where the own one is. */
const STUDIOS =
  /^(?:disney|netflix|universal|warner|paramount|sony|amazon|mgm|apple|hbo|hulu|marvel|a24|fox|columbia|peacock|starz|lionsgate|dreamworks|blumhouse)$/;

/** "Is it a Netflix movie", "was it made by Disney": by the companies of the title. */
export function judgeCompany(statement: Statement): Judgement | undefined {
  const { title, snapshot, text, titles, persons } = statement;
  const named = BY.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])[0];
  if (!named || !STUDIOS.test(named) || titles.length > 1 || persons.length > 0) return undefined;
  if (!hasOnly(statement, new Set([...MAKING, ...stemsOf(named), ...stemsOf(READ_AS[named] ?? named)])))
    return undefined;
  const companies = snapshot.of('company', (slot) => slot.title === title);
  const own = companies.find(
    ({ claim }) => !('sides' in claim) && claim.names.some((name) => name.toLowerCase().includes(named)),
  );
  const from = own ?? companies[0];
  return from && { truth: own ? 'yes' : 'no', from };
}
