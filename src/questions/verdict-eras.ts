import type { Fact } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { hasOnly, type Statement, stemsOf } from './statement.ts';

const SET = stemsOf('set take takes taking place happen happens play plays story');
const DECADE =
  /\b(?:the )?(?:(?:19|20)?(\d)0'?s|(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b/;
const TENS: Readonly<Record<string, number>> = {
  twenties: 2,
  thirties: 3,
  forties: 4,
  fifties: 5,
  sixties: 6,
  seventies: 7,
  eighties: 8,
  nineties: 9,
};
const TOLD = /\b(?:19|20)(\d)0s\b/;

/** "Is The Continental set in the 90s": by the decade that is told of its story. */
export function judgeDecade(statement: Statement): Judgement | undefined {
  const { text, titles, title, snapshot, persons, characters, regions } = statement;
  const named = DECADE.exec(text);
  if (!named || titles.length > 1 || persons.length + characters.length + regions.length > 0)
    return undefined;
  const known = new Set([...SET, ...stemsOf(named[0]), ...stemsOf('1 19 20 s')]);
  if (!hasOnly(statement, known)) return undefined;
  const asked = named[1] ? Number(named[1]) : TENS[named[2] ?? ''];
  const told = ['story', 'premise', 'setting']
    .flatMap((path) => snapshot.get(`${title}/${path}`) ?? [])
    .map((from) => ({ from, decade: decadeIn(from) }))
    .find(({ decade }) => decade !== undefined);
  return told && { truth: told.decade === asked ? 'yes' : 'no', from: told.from };
}

/** The decade that a fact names: 7 of the 1970s. */
function decadeIn({ claim }: Fact): number | undefined {
  if ('sides' in claim) return undefined;
  const sentence = 'when' in claim ? claim.when.en : 'text' in claim ? claim.text.en : '';
  const told = TOLD.exec(sentence)?.[1];
  return told === undefined ? undefined : Number(told);
}
