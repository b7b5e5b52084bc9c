import type { Fact } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { hasOnly, type Statement, stemsOf } from './statement.ts';

const ORDER = stemsOf(
  'set take takes taking place happen happens before after prequel story events first original 1',
);
const ORDERED = /\b(before|after|prequel to)\b/;
const PLACED = /\b(?:set|takes?|taking|happens?|story|events|prequel)\b/;
/** Beside another title, "John Wick" is read as the man. */
const TO_FIRST =
  /\b(?:before|after|to)(?: the events of)? (?:the )?(?:first |original )?john wick(?: 1| movie| film)?$/;

/** "Is Caine set after Chapter 4": by the places of the two in the story. */
export function judgeOrder(statement: Statement): Judgement | undefined {
  const { text, titles, characters, snapshot } = statement;
  const order = ORDERED.exec(text)?.[1];
  if (!order || !PLACED.test(text) || namesOthers(statement) || !hasOnly(statement, ORDER)) return undefined;
  const isFirst = titles.length === 1 && characters.length === 1 && TO_FIRST.test(text);
  const [one, other] = isFirst ? [...titles, 'john-wick'] : titles;
  if ((!isFirst && (titles.length !== 2 || characters.length > 0)) || text.indexOf(order) < 4)
    return undefined;
  const from = storyOf(statement, one);
  const to = storyOf(statement, other);
  const places = [from, to].map((fact) => placeOf(fact));
  const [at, than] = places;
  if (!from || at === undefined || than === undefined || at === than || overlap(from, to)) return undefined;
  // What is earlier is not called a prequel of everything later.
  if (order === 'prequel to' && at < than) return undefined;
  const shown = snapshot.get(`${one}/setting`) ?? from;
  return { truth: (order === 'after') === at > than ? 'yes' : 'no', from: shown };
}

const storyOf = ({ snapshot }: Statement, title: string | undefined): Fact<'story'> | undefined =>
  snapshot.of('story', (slot) => slot.slot === `${title}/story`)[0];

const placeOf = (fact: Fact<'story'> | undefined): number | undefined =>
  fact && !('sides' in fact.claim) ? (fact.claim.position ?? undefined) : undefined;

/** Whether one of two is told to run while the other does. */
const overlap = (one: Fact<'story'> | undefined, other: Fact<'story'> | undefined): boolean =>
  overlaps(one, other) || overlaps(other, one);

const overlaps = (one: Fact<'story'> | undefined, other: Fact<'story'> | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  !('sides' in one.claim) &&
  (one.claim.overlaps?.includes(other.slot.title) ?? false);

const namesOthers = ({ persons, services, dates, amounts, ratings, regions }: Statement) =>
  persons.length + services.length + dates.length + amounts.length + ratings.length + regions.length > 0;
