import { isUnconfirmed } from '../facts/freshness.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import type { Judgement, Truth } from './judgement.ts';
import { namedValuesIn } from './named-values.ts';
import { HOME, hasAny, hasOnly, projectOfTitle, type Statement, stemsOf } from './statement.ts';
import { wordsOf } from './tokenize.ts';
import { phrasesOf } from './vocabulary-schema.ts';

const HAPPENING = stemsOf(
  'get getting happen happening make making made come coming confirmed announced announcement official greenlit develop development work working plan planned plans exist existing another sequel new more',
);
const ASKS_EXISTENCE =
  /\b(?:there|any|have|has|get|gets|getting|happen|happening|made|making|make|coming|confirmed|announced|official|greenlit|development|works|planned|plans|exist|exists)\b/;

/** "Is there a Chapter 5", "will there be a Ballerina 2". */
export function judgeProject(statement: Statement): Judgement | undefined {
  if (namesMore(statement) || namesOtherCharacter(statement)) return undefined;
  if (statement.titles.length > 1 || !hasOnly(statement, HAPPENING)) return undefined;
  if (!ASKS_EXISTENCE.test(statement.text)) return undefined;
  const project = projectOf(statement);
  if (!project || 'sides' in project.claim) return undefined;
  const truth = stages[project.claim.stage];
  const { fact, list } = statement.found;
  return truth && { truth, from: fact || list ? fact : project };
}

const stages: Readonly<Record<string, Truth>> = {
  released: 'yes',
  dated: 'yes',
  'in-development': 'yes',
  announced: 'yes',
  reported: 'unknown',
  'never-announced': 'unknown',
};

/** The project that a question means; a sequel of a title is a project of its own. */
function projectOf({ words, titles, title, snapshot, found }: Statement): Fact<'project'> | undefined {
  const of = (id: string) => projectOfTitle(snapshot, id);
  const isSequel = words.includes('sequel') || words.includes('another');
  if (isSequel) return of(title.endsWith('-sequel') ? title : `${title}-sequel`);
  const { fact } = found;
  // Of a title that is only understood, the answer must be about whether it exists.
  if (titles.length === 0 && fact?.kind !== 'project') return undefined;
  return of(title);
}

const CANCELLED = stemsOf('cancelled canceled cancel scrapped axed shelved scrap axe shelve ditched canned');

const WHEN_CANCELLED = new Set([...CANCELLED, ...stemsOf('get got getting lionsgate peacock')]);

const BANNED = stemsOf('banned ban bans get got getting');

/** "Was Ballerina banned": not as far as known where it has come out, and no where it did in the country that is named. */
export function judgeBanned(statement: Statement): Judgement | undefined {
  const { regions, titles, characters, snapshot, title } = statement;
  if (namesMore({ ...statement, regions: [] }) || titles.length > 1 || characters.length + regions.length > 1)
    return undefined;
  if (!/\bban(?:ned)?\b/.test(statement.text) || !hasOnly(statement, BANNED)) return undefined;
  const [region] = regions;
  const release = snapshot
    .of('release', (slot) => slot.title === title && slot.medium === 'theatrical')
    .find(({ slot, claim }) => claim.status === 'released' && (!region || slot.regions.includes(region)));
  return release && { truth: region ? 'no' : 'unknown', from: release };
}

/** "Was Ballerina cancelled": no where it has come out or has a date. */
export function judgeCancelled(statement: Statement): Judgement | undefined {
  if (
    namesMore({ ...statement, services: [] }) ||
    statement.titles.length > 1 ||
    statement.characters.length > 0
  )
    return undefined;
  if (!hasAny(statement, CANCELLED) || !hasOnly(statement, WHEN_CANCELLED)) return undefined;
  const release = datedRelease(statement);
  if (release) return { truth: 'no', from: release, premise: 'cancelled' };
  const project = projectOfTitle(statement.snapshot, statement.title);
  const isAlive = project && !('sides' in project.claim) && stages[project.claim.stage] === 'yes';
  const isUnknown =
    isAlive || (project && !('sides' in project.claim) && project.claim.stage === 'never-announced');
  return isUnknown ? { truth: 'unknown', from: project, premise: 'cancelled' } : undefined;
}

/** The first release of a title that came true or is planned, premieres aside. */
function datedRelease({ snapshot, title }: Statement): Fact<'release'> | undefined {
  return snapshot
    .of('release', (slot) => slot.title === title && slot.medium !== 'premiere')
    .find((fact) => releaseDate(fact) !== null && !isUnconfirmed(snapshot, fact));
}

const LISTED = stemsOf(
  'there any trailer trailers teaser game games video out released official other another get got make made new upcoming coming come next announced more',
);

/** "Is there a trailer", "are there any John Wick games": so where the list that was found has anything. */
export function judgeList(statement: Statement): Judgement | undefined {
  const { list, of = '' } = statement.found;
  if (of !== 'all' && statement.titles.some((title) => title !== of)) return undefined;
  if (list !== 'trailers' && list !== 'games' && list !== 'upcoming') return undefined;
  const isPlain = hasOnly(statement, LISTED) && !statement.words.includes('new') && !namesMore(statement);
  return isPlain && /\b(?:there|any|have|has|get|is a|been)\b/.test(statement.text)
    ? { truth: 'yes' }
    : undefined;
}

const TRAILERS = stemsOf('trailer trailers teaser out yet released official');
const SHOOTING = stemsOf(
  'filming film filmed shooting shoot shot start started begin begun began wrap wrapped finish finished done production',
);

/** "Is there a trailer for Chapter 5", "has it started filming": not as far as known of what is only in the making. */
export function judgeInTheMaking(statement: Statement): Judgement | undefined {
  if (namesMore(statement) || statement.titles.length !== 1) return undefined;
  const { title, snapshot, text } = statement;
  const isTrailer = /\b(?:trailers?|teaser)\b/.test(text) && hasOnly(statement, TRAILERS);
  const isShooting =
    /\b(?:film|shoot|shot|production|wrap)/.test(text) &&
    hasOnly(statement, SHOOTING) &&
    statement.words.length > 0;
  const project = projectOfTitle(snapshot, title);
  if ((!isTrailer && !isShooting) || !project || 'sides' in project.claim) return undefined;
  const isAhead = !['released', 'dated'].includes(project.claim.stage);
  return isAhead ? { truth: 'unknown', from: project } : undefined;
}

/** What never was announced, where a question takes it for coming: "when does Ballerina 2 come out". */
export function judgeUnannounced({ snapshot, titles }: Statement): Judgement | undefined {
  const [title] = titles;
  const project = projectOfTitle(snapshot, title);
  if (titles.length !== 1 || !project || 'sides' in project.claim) return undefined;
  return project.claim.stage === 'never-announced' ? { truth: 'unknown', from: project } : undefined;
}

/** Answers by what the sentence that was found affirms or denies. */
export function judgeProse(statement: Statement): Judgement | undefined {
  const { fact } = statement.found;
  if (fact?.kind !== 'prose' || 'sides' in fact.claim || statement.dates.length > 0) return undefined;
  if (isWatchedBeforeOther(statement, fact.slot.about)) return undefined;
  const { affirms, denies, text } = fact.claim;
  if (!tellsAmounts(statement, text.en)) return undefined;
  // The last part of a slot is what it tells of: "john-wick/lore/elder".
  const subject = wordsOf(fact.slot.slot.split('/').at(-1) ?? '');
  const isAffirmed = says(statement, { sentence: text.en, subject }, affirms);
  if (isAffirmed === says(statement, { sentence: text.en, subject }, denies)) return undefined;
  return { truth: isAffirmed ? 'yes' : 'no', from: fact };
}

const WATCH_BEFORE = /\b(?:watch|see|seen|know|finish)\w*\b.*\bbefore\b(.*)$/;
const IS_HOME = /\b(?:it|this|ballerina|the (?:movie|film))\b/;

/** "Do I need to see Ballerina before Chapter 4" is another question than the other way round. */
function isWatchedBeforeOther({ text }: Statement, about: string): boolean {
  const later = WATCH_BEFORE.exec(text)?.[1];
  return later !== undefined && !(about === HOME && IS_HOME.test(later));
}

/** Whether a sentence names the amounts of a question, and no other title is asked about. */
function tellsAmounts(statement: Statement, sentence: string): boolean {
  const { amounts, snapshot } = statement;
  if (amounts.length === 0) return true;
  const told = new Set(
    namedValuesIn(sentence.toLowerCase(), snapshot.day).amounts.map(({ amount }) => amount),
  );
  const isTold = amounts.every(({ amount, comparison }) => told.has(amount) && comparison !== 'less');
  return isTold && otherTitlesIn(statement).length === 0;
}

/** Whether a question has all words of one of the phrases, no other than they have, and no name that the sentence lacks. */
function says(
  statement: Statement,
  { sentence, subject }: { sentence: string; subject: readonly string[] },
  lines: readonly string[] = [],
): boolean {
  const row = new Set(statement.row);
  const phrases = phrasesOf(lines).map(wordsOf);
  const known = new Set([...phrases.flat(), ...subject]);
  const told = new Set([...wordsOf(sentence), ...known]);
  return (
    phrases.some((phrase) => phrase.every((word) => row.has(word))) &&
    statement.words.every((word) => known.has(word)) &&
    namesIn(statement).every((name) => wordsOf(name).some((word) => told.has(word))) &&
    otherTitlesIn(statement).every((name) => wordsOf(name).every((word) => told.has(word)))
  );
}

/** The people, characters and services that a question names. A character is called by a word of its id. */
function namesIn({ persons, characters, services, facts }: Statement): string[] {
  return [
    ...persons.map((id) => facts.people[id]?.name ?? id),
    ...characters.map((id) => id.replaceAll('-', ' ')),
    ...services.map(({ words }) => words.join(' ')),
  ];
}

/** The titles that a question names beside the one that the sentence is about. */
function otherTitlesIn({ titles, found, snapshot }: Statement): string[] {
  const about = found.fact?.kind === 'prose' ? found.fact.slot.about : undefined;
  return titles
    .filter((id) => id !== about)
    .map((id) => {
      const name = snapshot.of('name', (slot) => slot.title === id)[0];
      return name && !('sides' in name.claim) ? name.claim.short.en : id;
    });
}

/** John Wick gives the films their name. */
const namesOtherCharacter = ({ characters }: Statement) => characters.some((id) => id !== 'john-wick');

const namesMore = ({ persons, services, dates, amounts, ratings, regions }: Statement) =>
  persons.length + services.length + dates.length + amounts.length + ratings.length + regions.length > 0;
