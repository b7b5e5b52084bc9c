import type { Job } from '../facts/enums.ts';
import { isOut } from '../facts/freshness.ts';
import type { Fact } from '../facts/snapshot.ts';
import { compareDate } from './compare-values.ts';
import { agreed, type Judgement, opposite, type Truth } from './judgement.ts';
import { hasAny, hasOnly, type Statement, stemsOf } from './statement.ts';

const PRESENT = stemsOf(
  'voice voiced voicing appear appearance feature show up star starring cast act acting actor actress play playing part role return returning come coming back reprise present include character again make get game',
);
const ABSENT = stemsOf(
  'missing absent leave leaves left quit skip skipped refuse refused decline declined cut removed recast replaced replace',
);
/** "Turn down", "drop out": said in two words. */
const ABSENT_PHRASE = /\b(?:turn(?:ed)? down|drop(?:ped)? out)\b/;
const PRESENCE = new Set([...PRESENT, ...ABSENT, ...stemsOf('turn turned down drop dropped out')]);
const isAbsence = (statement: Statement) => hasAny(statement, ABSENT) || ABSENT_PHRASE.test(statement.text);
/** "Does Keanu act" asks for no title; "Keanu in Ballerina" does. */
const IN_A_TITLE = /\b(?:in|from|it|part of|with|for|to)\b/;
export const PLAYING: ReadonlySet<string> = new Set([...PRESENT, ...stemsOf('portray voice as')]);

/** "Is Keanu in Ballerina", "is he missing from it", "does Gabriel Byrne play the Chancellor". */
export function judgeRole(statement: Statement): Judgement | undefined {
  const { persons, characters, titles } = statement;
  const [person] = persons;
  const [character] = characters;
  if (titles.length > 1 || namesFigures(statement)) return undefined;
  // Who was replaced is the actor, whatever the part.
  if (person && isAbsence(statement) && hasOnly(statement, PRESENCE))
    return judgePresence({ ...statement, characters: [] });
  if (person && character) {
    const isOne = persons.length === 1 && characters.length === 1 && hasOnly(statement, PLAYING);
    return isOne ? judgePlays(statement, person, character) : undefined;
  }
  return hasOnly(statement, PRESENCE) && (IN_A_TITLE.test(statement.text) || isAbsence(statement))
    ? judgePresence(statement)
    : undefined;
}

/** Whether all that are named, actors or characters, are in a title. */
function judgePresence(statement: Statement): Judgement | undefined {
  const { persons, characters, title, snapshot } = statement;
  const roles = rolesIn(statement, title);
  if (roles.length === 0) return judgeVoices(statement);
  const found = [
    ...persons.map((id) => roles.find((role) => role.slot.person === id)),
    ...characters.map((id) => roles.find((role) => plays(role, id))),
  ];
  const truth = agreed(found.map((role): Truth => (role ? 'yes' : 'unknown')));
  // Who worked on it may be "in it" or "back" in that way.
  if (!truth || (truth === 'unknown' && persons.some((person) => isCredited(statement, person))))
    return undefined;
  const [elsewhere] = outFirst(
    snapshot,
    snapshot.of('role').filter((role) => role.slot.person === persons[0] || plays(role, characters[0] ?? '')),
  );
  const from = found[0] ?? elsewhere;
  const also = found.length === 2 ? found[1] : undefined;
  return { truth: isAbsence(statement) ? opposite(truth) : truth, from, ...(also && { also }) };
}

/** The same of a title whose cast is only known as credits. */
function judgeVoices(statement: Statement): Judgement | undefined {
  const { persons, characters, title, snapshot } = statement;
  const credit = snapshot.of(
    'credit',
    (slot) => slot.title === title && (slot.job === 'voice' || slot.job === 'star'),
  )[0];
  if (!credit || 'sides' in credit.claim || persons.length === 0 || characters.length > 0) return undefined;
  const names = new Set(credit.claim.people.map(({ person }) => person));
  const truth = agreed(persons.map((person): Truth => (names.has(person) ? 'yes' : 'unknown')));
  return truth && { truth: isAbsence(statement) ? opposite(truth) : truth, from: credit };
}

function judgePlays(statement: Statement, person: string, character: string): Judgement | undefined {
  const { snapshot } = statement;
  const all = outFirst(
    snapshot,
    snapshot.of('role', (slot) => slot.person === person),
  );
  const here = statement.titles.length > 0 ? all.filter(({ slot }) => slot.title === statement.title) : all;
  const right = here.find((role) => plays(role, character));
  if (right) return { truth: 'yes', from: right };
  const [other] = here;
  if (!other || here.length > 1 || 'sides' in other.claim || other.claim.character === null) return undefined;
  return { truth: 'no', from: other };
}

/** Roles in titles that are out before those in projects. */
const outFirst = (snapshot: Statement['snapshot'], roles: readonly Fact<'role'>[]) =>
  roles.toSorted(
    (one, other) => Number(isOut(snapshot, other.slot.title)) - Number(isOut(snapshot, one.slot.title)),
  );

const plays = ({ claim }: Fact<'role'>, character: string) =>
  !('sides' in claim) && claim.character === character;

const rolesIn = ({ snapshot }: Statement, title: string) =>
  snapshot.of('role', (slot) => slot.title === title);

const namesFigures = ({ dates, amounts, ratings, services, regions }: Statement) =>
  dates.length + amounts.length + ratings.length + services.length + regions.length > 0;

/** The words for a job. The first that a question has counts. */
const JOBS: readonly [Job, ReadonlySet<string>][] = [
  ['executive-producer', stemsOf('executive exec')],
  ['director', stemsOf('direct directed directing director helm helmed')],
  ['writer', stemsOf('write wrote written writer script screenplay screenwriter penned')],
  ['producer', stemsOf('produce produced producer producing')],
  ['music', stemsOf('compose composed composer composing music score soundtrack scored')],
  ['cinematography', stemsOf('cinematographer cinematography')],
  ['editing', stemsOf('editor edited')],
];
/** Words for making a film. */
export const MAKING: ReadonlySet<string> = new Set([
  ...JOBS.flatMap(([, words]) => [...words]),
  ...stemsOf('make made making do film work worked working behind involved'),
]);

/** "Did Len Wiseman direct Ballerina", "is Keanu an executive producer". */
export function judgeCredit(statement: Statement): Judgement | undefined {
  const { persons, characters, titles } = statement;
  const job = jobIn(statement.words) ?? jobFound(statement);
  if (!job || persons.length === 0 || characters.length > 0 || titles.length > 1) return undefined;
  if (namesFigures(statement) || !hasOnly(statement, MAKING)) return undefined;
  const credit = creditOf(statement, job);
  if (!credit || 'sides' in credit.claim) return undefined;
  const names = new Set(credit.claim.people.map(({ person }) => person));
  // Only of directors is the list known to be complete. Who plays the Director is not meant by it.
  const isElsewhere = persons.some((person) => isToldElsewhere(statement, person));
  const missing: Truth | undefined =
    job !== 'director'
      ? isElsewhere
        ? undefined
        : 'unknown'
      : persons.some((person) => playsDirector(statement, person))
        ? undefined
        : 'no';
  const truth = agreed(persons.map((person) => (names.has(person) ? 'yes' : missing)));
  return truth && { truth, from: credit };
}

/** Returns the job that words name. */
export const jobIn = (words: readonly string[]): Job | undefined =>
  JOBS.find(([, names]) => words.some((word) => names.has(word)))?.[0];

/** "Did Len Wiseman make it" means the job that was found for it. */
const jobFound = ({ found, words }: Statement): Job | undefined =>
  found.fact?.slot.kind === 'credit' && words.length > 0 ? found.fact.slot.job : undefined;

/** Returns who had a job for the title that is asked about. */
export const creditOf = ({ snapshot, title }: Statement, job: Job): Fact<'credit'> | undefined =>
  snapshot.of('credit', (slot) => slot.title === title && slot.job === job)[0];

/** Whether a person did something else for a title, or is named in what is told of its making: then "not known" would be wrong. */
function isToldElsewhere(statement: Statement, person: string): boolean {
  const { snapshot, facts, title } = statement;
  const name = facts.people[person]?.name ?? person;
  return (
    isCredited(statement, person) ||
    snapshot.of('prose', (slot) => slot.about === title).some((fact) => tells(fact, name))
  );
}

const isCredited = ({ snapshot, title }: Statement, person: string) =>
  snapshot
    .of('credit', (slot) => slot.title === title)
    .some(({ claim }) => !('sides' in claim) && claim.people.some((credited) => credited.person === person));

const tells = ({ claim }: Fact<'prose'>, name: string) =>
  ('sides' in claim ? claim.sides : [claim]).some(({ text }) => text.en.includes(name));

const playsDirector = (statement: Statement, person: string) =>
  rolesIn(statement, statement.title).some(
    (role) => role.slot.person === person && plays(role, 'the-director'),
  );

const VILLAIN = stemsOf('villain antagonist baddie bad guy main big play plays played playing');

/** "Is Norman Reedus the villain": by the role that is said to be it. */
export function judgeVillain(statement: Statement): Judgement | undefined {
  const { persons, characters, titles, title } = statement;
  const isPlain =
    hasOnly(statement, VILLAIN) && /\b(?:villain|antagonist|baddie|bad guy)\b/.test(statement.text);
  if (!isPlain || persons.length + characters.length !== 1 || titles.length > 1) return undefined;
  const role = rolesIn(statement, title).find(
    ({ claim }) => !('sides' in claim) && claim.note?.en.includes('villain'),
  );
  if (!role) return undefined;
  const isIt = role.slot.person === persons[0] || plays(role, characters[0] ?? '');
  return { truth: isIt ? 'yes' : 'no', from: role };
}

const LEAD = stemsOf(
  'lead main leading star starring title role character part protagonist actor actress play plays played',
);

/** "Is Ana de Armas the lead": by the role that is said to be the title role, or that of John Wick in his films. */
export function judgeLead(statement: Statement): Judgement | undefined {
  const { persons, characters, titles, title, text } = statement;
  const [person] = persons;
  if (!person || persons.length > 1 || characters.length > 0 || titles.length > 1) return undefined;
  if (namesFigures(statement) || !hasOnly(statement, LEAD)) return undefined;
  const isLead = /\bthe (?:lead|main|leading|title|protagonist)\b/.test(text);
  if (!isLead && !/\bthe star\b/.test(text)) return undefined;
  const role = rolesIn(statement, title).find(
    (each) =>
      !('sides' in each.claim) &&
      (each.claim.note?.en.startsWith('Title role') ||
        (/^(?:john-wick|chapter-\d)$/.test(title) && plays(each, 'john-wick'))),
  );
  if (role?.slot.person === person) return { truth: 'yes', from: role };
  // A film can have more than one star.
  return role && isLead ? { truth: 'no', from: role } : undefined;
}

const DEAD = stemsOf('dead die died deceased gone pass passed away');
const ALIVE = stemsOf('alive living live');

/** "Is Lance Reddick still alive", "did Lance Reddick die in 2023". */
export function judgeLife(statement: Statement): Judgement | undefined {
  const { persons, characters, titles, words, dates, snapshot } = statement;
  const [person] = persons;
  const own = words.filter((word) => word !== 'still');
  if (!person || persons.length > 1 || characters.length + titles.length > 0 || own.length === 0)
    return undefined;
  const isDeath = own.every((word) => DEAD.has(word));
  if (!isDeath && !own.every((word) => ALIVE.has(word))) return undefined;
  const died = snapshot.of('life', (slot) => slot.person === person && slot.event === 'died')[0];
  if (!died || 'sides' in died.claim) return undefined;
  const [date] = dates;
  if (date && (dates.length > 1 || !isDeath)) return undefined;
  const truth = date ? compareDate(date, died.claim.date) : isDeath ? 'yes' : 'no';
  return truth && { truth, from: died };
}
