import { mainRelease } from '../answers/release.ts';
import { compareDates, type PartialDay } from '../facts/dates.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { hasOnly, type Statement, stemsOf } from './statement.ts';

const COMING = stemsOf(
  'get got come came out open opened release released premiere see have had before after earlier later sooner than same day first cinema cinemas theater theaters',
);
const ORDER = /\b(?:(before|earlier|sooner)|(after|later)|(same day))\b/;

/** "Did Japan get it before the US": by the days on which it opened in the two countries. */
export function judgeReleaseOrder(statement: Statement): Judgement | undefined {
  const { regions, titles, persons, characters, services, dates, amounts, text } = statement;
  const others = persons.length + characters.length + services.length + dates.length + amounts.length;
  const order = ORDER.exec(text);
  if (regions.length !== 2 || others > 0 || titles.length > 1 || !order) return undefined;
  if (!hasOnly(statement, COMING)) return undefined;
  const [one, other] = regions.map((region) => openingIn(statement, region));
  const [day, than] = [dayOf(one), dayOf(other)];
  if (!one || !other || !day || !than || day.length !== than.length) return undefined;
  const difference = compareDates(day, than);
  const [, isBefore, isAfter] = order;
  const isSo = isBefore ? difference < 0 : isAfter ? difference > 0 : difference === 0;
  return { truth: isSo ? 'yes' : 'no', from: one, also: other };
}

const openingIn = ({ snapshot, title }: Statement, region: string): Fact<'release'> | undefined =>
  mainRelease(
    snapshot.of(
      'release',
      (slot) => slot.title === title && slot.medium === 'theatrical' && slot.regions.includes(region),
    ),
  );

const dayOf = (release: Fact<'release'> | undefined): PartialDay | null =>
  release ? releaseDate(release) : null;
