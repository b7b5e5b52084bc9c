import type { Fact } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { type Statement, stemsOf } from './statement.ts';
import { creditOf, jobIn, MAKING, PLAYING } from './verdict-people.ts';

const DEVELOPING = stemsOf('make made develop developed developing publish published game');

/** "Did Hans Zimmer do the music", "is Scarlett Johansson playing Eve": by who did or does it. */
export function judgeStranger(statement: Statement): Judgement | undefined {
  const { strangers, persons, services, dates, amounts, ratings, regions, titles } = statement;
  const figures = dates.length + amounts.length + ratings.length + regions.length;
  if (strangers.length !== 1 || persons.length + services.length + figures > 0 || titles.length > 1)
    return undefined;
  const named = stemsOf(strangers[0] ?? '');
  const words = statement.words.filter((word) => !named.has(word));
  return ofPart(statement, words) ?? ofJob(statement, words) ?? ofDeveloper(statement, words);
}

/** Somebody else has the part that is named. */
function ofPart(
  { characters, titles, title, snapshot }: Statement,
  words: readonly string[],
): Judgement | undefined {
  const [character] = characters;
  if (!character || characters.length > 1 || words.length === 0) return undefined;
  if (!words.every((word) => PLAYING.has(word))) return undefined;
  const roles = snapshot
    .of('role')
    .filter(({ claim }) => !('sides' in claim) && claim.character === character);
  const role = roles.find(({ slot }) => slot.title === title) ?? (titles.length === 0 ? roles[0] : undefined);
  return role && { truth: 'no', from: role };
}

/** Somebody else did the work; only of directors the facts are known to name all. */
function ofJob(statement: Statement, words: readonly string[]): Judgement | undefined {
  const job = jobIn(words);
  if (!job || statement.characters.length > 0 || !words.every((word) => MAKING.has(word))) return undefined;
  const credit = creditOf(statement, job);
  return credit && { truth: job === 'director' ? 'no' : 'unknown', from: credit };
}

/** Another company made the game. */
function ofDeveloper(
  { title, snapshot, found, text }: Statement,
  words: readonly string[],
): Judgement | undefined {
  if (found.fact?.kind !== 'company' || !/\bby\b/.test(text)) return undefined;
  if (!words.every((word) => DEVELOPING.has(word))) return undefined;
  const company: Fact<'company'> | undefined = snapshot.of(
    'company',
    ({ slot }) =>
      slot === found.fact?.slot.slot && found.fact.slot.kind === 'company' && found.fact.slot.title === title,
  )[0];
  return company && { truth: 'no', from: company };
}
