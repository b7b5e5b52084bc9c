import { type Fact, releaseDate } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { HOME, hasOnly, type Statement, stemsOf } from './statement.ts';
import { spanOf } from './verdict-numbers.ts';

type Measure = Fact<'measure'>['slot']['measure'];

/** What a superlative is measured by, and whether the largest or the smallest is meant. */
const SUPERLATIVES: readonly [RegExp, Measure, 'most' | 'least'][] = [
  [/\blongest\b/, 'runtime', 'most'],
  [/\bshortest\b/, 'runtime', 'least'],
  [/\b(?:highest|biggest|top|most)[ -]gross\w*|\bmade the most\b/, 'gross', 'most'],
  [/\blowest[ -]gross\w*|\bmade the least\b/, 'gross', 'least'],
  [/\bmost expensive\b|\b(?:biggest|highest) budget\b/, 'budget', 'most'],
  [/\bcheapest\b|\b(?:smallest|lowest) budget\b/, 'budget', 'least'],
  [/\b(?:highest|best)[ -]rated\b.*\bcritics\b/, 'critics', 'most'],
  [/\b(?:lowest|worst)[ -]rated\b.*\bcritics\b/, 'critics', 'least'],
];
const WORDS = stemsOf(
  'longest shortest highest biggest top most gross grossed grossing lowest made least expensive budget cheapest smallest rated best worst critics run runtime running time money all so far part entry',
);

/** "Is John Wick the shortest film" means the first one. */
const OF_FIRST = /^(?:is|was) (?:the first )?john wick the .*\b(?:film|movie|one)\b/;

/** "Is Chapter 4 the longest John Wick film": by the measure of all films. */
export function judgeSuperlative(statement: Statement): Judgement | undefined {
  const { titles, title, text, snapshot, facts } = statement;
  const asked = SUPERLATIVES.find(([pattern]) => pattern.test(text));
  if (!asked || namesOthers(statement) || !hasOnly(statement, WORDS)) return undefined;
  // "John Wick film" is any of them.
  if (titles.slice(1).some((id) => id !== 'john-wick') || !/\bthe\b/.test(text)) return undefined;
  if (titles.length === 1 && title === 'john-wick' && !OF_FIRST.test(text)) return undefined;
  const [, measure, end] = asked;
  const all = snapshot.of(
    'measure',
    (slot) => slot.measure === measure && facts.titles[slot.title]?.kind === 'film',
  );
  const own = all.find(({ slot }) => slot.title === title);
  const others = all.filter((fact) => fact !== own).map(spanOf);
  if (!own || others.length < 4) return undefined;
  const isBeyond = (one: readonly number[], other: readonly number[]) =>
    end === 'most' ? Math.min(...one) > Math.max(...other) : Math.max(...one) < Math.min(...other);
  if (others.every((other) => isBeyond(spanOf(own), other))) return { truth: 'yes', from: own };
  return others.some((other) => isBeyond(other, spanOf(own))) ? { truth: 'no', from: own } : undefined;
}

const namesOthers = ({ persons, characters, services, dates, amounts, ratings, regions }: Statement) =>
  persons.length +
    characters.filter((id) => id !== 'john-wick').length +
    services.length +
    dates.length +
    amounts.length +
    ratings.length +
    regions.length >
  0;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];
const POSITION = new RegExp(
  `^(?:(?:is|was|isnt|wasnt) (?<asked>.+?)|(?<said>.+?)(?: is| was|(?<=it)s)) the (?<ordinal>${ORDINALS.join('|')})(?<named> john wick)? (?:film|movie|one|entry|instal+ment)(?: (?:in|of) the (?:john wick )?(?:series|franchise|saga|universe))?$`,
);
const POSITION_WORDS = stemsOf(`one entry instalment installment saga ${ORDINALS.join(' ')}`);

/** "Is Ballerina the fourth film": by the order in which the films came out. */
export function judgePosition(statement: Statement): Judgement | undefined {
  const { titles, text, snapshot, facts } = statement;
  const found = POSITION.exec(text)?.groups;
  if (!found || namesOthers(statement) || !hasOnly(statement, POSITION_WORDS)) return undefined;
  const { asked, said, ordinal = '', named } = found;
  const isIt = /^(?:it|this|that|the (?:film|movie))$/.test(asked ?? said ?? '');
  const title = isIt ? HOME : titles[0];
  const films = snapshot
    .of('release', (slot) => slot.medium === 'theatrical' && slot.regions.includes('US'))
    .filter(({ slot, claim }) => claim.status === 'released' && facts.titles[slot.title]?.kind === 'film')
    .toSorted((one, other) => ((releaseDate(one) ?? '') < (releaseDate(other) ?? '') ? -1 : 1));
  const at = films.findIndex(({ slot }) => slot.title === title);
  // It may be the first of another kind.
  if (at < 0 || (ordinal === 'first' && !named)) return undefined;
  const from = snapshot.get(`${title}/overview`) ?? films[at];
  return { truth: at === ORDINALS.indexOf(ordinal) ? 'yes' : 'no', from };
}
