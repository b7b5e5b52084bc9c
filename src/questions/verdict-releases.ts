import { mainRelease, movedFrom } from '../answers/release.ts';
import { compareDates, type PartialDay } from '../facts/dates.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import { type Fact, history, releaseDate } from '../facts/snapshot.ts';
import { compareDate } from './compare-values.ts';
import { agreed, type Judgement, type Truth } from './judgement.ts';
import {
  hasAny,
  hasOnly,
  projectOfTitle,
  type Service,
  type Statement,
  stemsOf,
  subjectsOf,
} from './statement.ts';
import { stemOf, wordsOf } from './tokenize.ts';

const WATCHING = stemsOf(
  'stream streams streaming watch view see find available come coming get add added land hit arrive release released launch launched debut service platform app video plus tv show out over',
);

/** "Is it on Netflix", "can I watch it on Prime in Germany". */
export function judgeService(statement: Statement): Judgement | undefined {
  const { services, titles, title, persons, characters, dates, amounts, regions, snapshot, tense } =
    statement;
  const [service] = services;
  if (!service || services.length > 1 || titles.length > 1 || regions.length > 1) return undefined;
  if (persons.length + characters.length + dates.length + amounts.length > 0) return undefined;
  if (!hasOnly(statement, WATCHING)) return undefined;
  const served = bySize(
    snapshot.of('release', (slot) => slot.title === title).filter((fact) => serviceOf(fact)),
  );
  const streams = served.filter(({ claim }) => claim.status === 'released');
  const [region] = regions;
  const here = region ? streams.filter((fact) => isIn(fact, region)) : streams;
  const match = here.find((fact) => isService(service, serviceOf(fact) ?? ''));
  if (match) return ended(match, snapshot.day) ? undefined : { truth: 'yes', from: match };
  // Where it may have been once is another question, and what is planned is neither there nor elsewhere.
  const isPlanned = served.some(
    (fact) => !streams.includes(fact) && isService(service, serviceOf(fact) ?? ''),
  );
  if (isPlanned || (tense === 'past' && isTold(statement, service))) return undefined;
  if (here.length > 0 && tense === 'present') return { truth: 'no', from: here[0] };
  const [told] = snapshot.of('prose', (slot) => slot.about === title && slot.topics[0] === 'streaming');
  return { truth: 'unknown', from: here[0] ?? streams[0] ?? told };
}

/** Streams before sales, those of the US first: what people mean where they do not say. */
const bySize = (releases: readonly Fact<'release'>[]) =>
  releases.toSorted((one, other) => sizeOf(other) - sizeOf(one));

const sizeOf = ({ slot }: Fact<'release'>) =>
  (slot.medium === 'streaming' ? 2 : 0) + (slot.regions.includes('US') ? 1 : 0);

/** Whether any sentence names the service: then something may have been there once. */
const isTold = ({ snapshot, title }: Statement, { words }: Service) =>
  snapshot
    .of('prose', ({ about }) => about === title || (about === 'john-wick' && /^chapter-/.test(title)))
    .some(({ claim }) => 'text' in claim && words.some((word) => wordsOf(claim.text.en).includes(word)));

const serviceOf = ({ claim }: Fact<'release'>) => ('service' in claim ? claim.service : undefined);

const isIn = ({ slot }: Fact<'release'>, region: string) =>
  slot.regions.includes(region) || slot.regions.includes('001');

const ended = ({ claim }: Fact, day: string) => claim.valid?.until !== undefined && claim.valid.until < day;

/** Words that the names of many services have. */
const COMMON_WORDS = stemsOf('tv plus video now app');

/** Whether a service is the one that was named: by its id, or by its words where the vocabulary has no id for it. */
function isService({ id, words }: Service, name: string): boolean {
  const stems = wordsOf(name);
  const own = id === 'other' ? words.filter((word) => !COMMON_WORDS.has(word)) : wordsOf(id);
  return own.some((word) => stems.includes(word));
}

const OUT = stemsOf(
  'out release released come came coming open opened opening premiere available drop dropped launch air',
);
const CINEMAS = stemsOf('theater theaters theatre theatres cinema cinemas theatrically');
const COMING = new Set([...OUT, ...CINEMAS]);

/** "Is it out yet", "did it come out in 2024", "is it coming to Japan". */
export function judgeRelease(statement: Statement): Judgement | undefined {
  const { dates } = statement;
  if (!asksForRelease(statement)) return undefined;
  const release = premiereOn(statement) ?? releaseOf(statement);
  if (!release) return ofUnreleased(statement);
  if (isUnconfirmed(statement.snapshot, release)) return undefined;
  // Whether it is in cinemas now is not known of what opened there once.
  const isNow = statement.tense === 'present' && hasAny(statement, CINEMAS) && dates.length === 0;
  if (isNow && release.claim.status === 'released') return undefined;
  const truth =
    dates.length > 0
      ? agreed(dates.map((date) => onDate(statement, release, date)))
      : hasComeOut(statement, release);
  return truth && { truth, from: release };
}

function asksForRelease(statement: Statement): boolean {
  const { persons, characters, services, amounts, ratings, regions, titles, words, dates, found, text } =
    statement;
  const others = persons.length + characters.length + services.length + amounts.length + ratings.length;
  if (others > 0 || titles.length > 1 || regions.length > 1) return false;
  if (!hasOnly(statement, COMING) || !isFoundOf(statement)) return false;
  // "Is there one coming" asks whether it exists.
  if (/\b(?:is|are|will) there\b/.test(text) && dates.length === 0) return false;
  const medium = found.fact?.kind === 'release' ? found.fact.slot.medium : undefined;
  if (words.includes(PREMIERE) && !isPremiereIn(found.fact, regions)) return false;
  const isComing = /\b(?:coming|come|going) to\b/.test(text) && regions.length > 0;
  const isDate = dates.length > 0 && (words.length > 0 || medium !== undefined);
  return hasAny(statement, OUT) || isComing || isDate;
}

/** The premiere that was on the day that is named, where a title had several. */
function premiereOn({ words, dates, snapshot, title, regions }: Statement): Fact<'release'> | undefined {
  const [date] = dates;
  if (!date || !words.includes(PREMIERE) || regions.length > 0) return undefined;
  return snapshot
    .of('release', (slot) => slot.title === title && slot.medium === 'premiere')
    .find((release) => compareDate(date, releaseDate(release) ?? '') === 'yes');
}

const PREMIERE = stemOf('premiere');

/** Of a premiere only the one that was found can be meant, and only if it was in the country that is named. */
const isPremiereIn = (fact: Fact | undefined, regions: readonly string[]) =>
  fact?.kind === 'release' &&
  fact.slot.medium === 'premiere' &&
  regions.every((region) => fact.slot.kind === 'release' && fact.slot.regions.includes(region));

/** Of a project without any release: that it is not out, or that no date is known. */
function ofUnreleased({ snapshot, title, tense, dates, regions }: Statement): Judgement | undefined {
  const project = projectOfTitle(snapshot, title);
  if (!project || 'sides' in project.claim || project.claim.stage === 'released' || regions.length > 0)
    return undefined;
  return { truth: tense === 'future' || dates.length > 0 ? 'unknown' : 'no', from: project };
}

const MOVED = stemsOf(
  'get got delay delayed postpone postponed moved move pushed push back later earlier date up forward brought bring year whole full',
);
const MOVES = stemsOf('delay delayed postpone postponed moved move pushed push brought');
const EARLIER = /\b(?:moved? up|brought forward|earlier)\b/;
const A_YEAR = /\b(?:a|one|a whole|a full) year\b/;

/** "Was it delayed", "was it moved to 2025": so where the date that holds is later than one before. */
export function judgeDelay(statement: Statement): Judgement | undefined {
  const { persons, services, amounts, regions, titles, dates } = statement;
  const others = persons.length + services.length + amounts.length + regions.length;
  if (others > 0 || titles.length > 1 || dates.length > 1 || !isFoundOf(statement)) return undefined;
  if (!hasAny(statement, MOVES) || !hasOnly(statement, MOVED)) return undefined;
  const release = releaseOf(statement);
  if (!release) return undefined;
  const before = movedFrom(release);
  if (before) return judgeMove(statement, release, before);
  return dates.length === 0 && isToldLater(statement, release) ? { truth: 'yes', from: release } : undefined;
}

function judgeMove(
  { dates, text }: Statement,
  release: Fact<'release'>,
  before: PartialDay,
): Judgement | undefined {
  const date = releaseDate(release);
  if (!date || compareDates(before, date) >= 0) return undefined;
  if (/\byears?\b/.test(text) && !(A_YEAR.test(text) && isAYearLater(before, date))) return undefined;
  const [named] = dates;
  const truth = named ? compareDate(named, date) : 'yes';
  if (!EARLIER.test(text)) return truth && { truth, from: release };
  return named && truth !== 'no' ? undefined : { truth: 'no', from: release };
}

/** Whether its note tells of an earlier date: "First planned for May 21, 2021". */
const isToldLater = ({ text }: Statement, { claim }: Fact<'release'>) =>
  'note' in claim &&
  /^First planned for/.test(claim.note?.en ?? '') &&
  !EARLIER.test(text) &&
  !/\byears?\b/.test(text);

/** Whether a date is about the same day of the year after. */
function isAYearLater(before: PartialDay, date: PartialDay): boolean {
  const months = (day: PartialDay) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return Math.abs(months(date) - months(before) - 12) <= 1;
}

const DATED = stemsOf('release date day set official announced announce given give confirmed known');

/** "Does it have a release date". */
export function judgeHasDate(statement: Statement): Judgement | undefined {
  const { persons, services, amounts, regions, titles, dates, text } = statement;
  const others = persons.length + services.length + amounts.length + regions.length + dates.length;
  if (others > 0 || titles.length > 1 || !isFoundOf(statement) || !hasOnly(statement, DATED))
    return undefined;
  if (
    !/\bdate\b/.test(text) ||
    !/\b(?:has|have|there|any|got|announced?|given?|set|confirmed|known)\b/.test(text)
  )
    return undefined;
  const release = releaseOf(statement);
  if (!release || isUnconfirmed(statement.snapshot, release)) return undefined;
  return { truth: releaseDate(release) ? 'yes' : 'no', from: release };
}

/** Whether what was found is of the title that is asked about, where anything was found. */
function isFoundOf({ found, title }: Statement): boolean {
  const subjects = found.fact ? subjectsOf(found.fact) : [title];
  return subjects.includes(title) || subjects.includes(title.replace(/-sequel$/, ''));
}

/** The release that a question means: the one that was found, else the first in cinemas. */
function releaseOf({ found, title, regions, snapshot }: Statement): Fact<'release'> | undefined {
  const [region] = regions;
  const { fact } = found;
  const isMeant = (release: Fact<'release'>) =>
    release.slot.title === title && (!region || release.slot.regions.includes(region));
  if (fact?.kind === 'release' && isMeant(fact)) return fact;
  const all = snapshot.of('release', (slot) => slot.title === title).filter(isMeant);
  return mainRelease(region ? all : all.filter(({ slot }) => slot.regions.includes('US')));
}

function onDate(
  statement: Statement,
  release: Fact<'release'>,
  date: Statement['dates'][number],
): Truth | undefined {
  const known = releaseDate(release);
  if (!known) return release.claim.status === 'undated' ? 'unknown' : undefined;
  const truth = compareDate(date, known);
  // "Was it ever June 7" may ask for an earlier plan.
  const isEarlierPlan = history(release).some(
    (earlier) => compareDate(date, releaseDate(earlier as Fact<'release'>) ?? '') === 'yes',
  );
  if (isEarlierPlan && /^was\b/.test(statement.text)) return undefined;
  const isAhead = release.claim.status === 'planned';
  return truth === 'yes' && isAhead && statement.tense === 'past' ? 'no' : truth;
}

function hasComeOut({ tense }: Statement, { claim }: Fact<'release'>): Truth {
  switch (claim.status) {
    case 'released':
      return 'yes';
    case 'planned':
      return tense === 'future' ? 'yes' : 'no';
    case 'undated':
      return tense === 'future' ? 'unknown' : 'no';
    case 'dropped':
      return 'no';
  }
}

const DISC = stemsOf('dvd dvds blu ray rays bluray blurays 4k uhd disc disk physical buy get own');
const AT_HOME = stemsOf(
  'stream streaming streamable watch home rent buy digital digitally vod demand online available see get anywhere',
);

/** "Can I stream it", "is it out on Blu-ray". */
export function judgeHome(statement: Statement): Judgement | undefined {
  const { persons, characters, services, amounts, ratings, dates, regions, titles, title, words, snapshot } =
    statement;
  const figures = amounts.length + ratings.length + dates.length + regions.length + services.length;
  if (persons.length + characters.length + figures > 0 || titles.length > 1) return undefined;
  const own = words.filter((word) => !OUT.has(word));
  const isDisc = own.some((word) => DISC.has(word) && !AT_HOME.has(word));
  if (own.length === 0 || !own.every((word) => (isDisc ? DISC : AT_HOME).has(word))) return undefined;
  if (!isDisc && own.every((word) => word === 'see' || word === 'get' || word === 'watch')) return undefined;
  const media = isDisc
    ? ['disc']
    : /\b(?:rent|buy|digital\w*|vod)\b/.test(statement.text)
      ? ['digital']
      : ['streaming', 'digital'];
  const out = snapshot
    .of('release', (slot) => slot.title === title && media.includes(slot.medium))
    .filter(({ claim }) => claim.status === 'released');
  const [release] = bySize(out);
  return release && !ended(release, snapshot.day) ? { truth: 'yes', from: release } : undefined;
}
