import type { Fact } from '../facts/snapshot.ts';
import { compareAmount } from './compare-values.ts';
import { agreed, type Judgement, type Truth } from './judgement.ts';
import type { NamedAmount } from './named-values.ts';
import { hasAny, hasOnly, type Statement, stemsOf } from './statement.ts';

const RATED = stemsOf(
  'only just audience audiences give gave given rated rating certified certificated age certificate mpa mpaa r fsk bbfc cinemascore get got score scored grade',
);
const CHILDREN = stemsOf('kid kids child children family young teen');
const FOR_CHILDREN = new Set([
  ...CHILDREN,
  ...stemsOf('friendly suitable appropriate ok okay safe watch see allowed good fine take bring let'),
]);

/** "Is it rated R", "is it PG-13", "can kids watch it". */
export function judgeRating(statement: Statement): Judgement | undefined {
  const { ratings, titles } = statement;
  const [named] = ratings;
  const amounts = AGE.test(statement.text) ? [] : statement.amounts;
  if (titles.length > 1 || ratings.length > 1 || namesOthers({ ...statement, amounts })) return undefined;
  if (named === undefined) return judgeForChildren(statement);
  const fact = hasOnly(statement, RATED) ? ratingOf(statement, named) : undefined;
  if (!fact || 'sides' in fact.claim) return undefined;
  return { truth: fact.claim.rating === named ? 'yes' : 'no', from: fact };
}

/** A number is the rating of a country; letters are those of the US. */
const namesOthers = ({ persons, characters, services, dates, amounts, regions, ratings, text }: Statement) =>
  persons.length + characters.length + services.length + dates.length + amounts.length > 0 ||
  regions.length > (/^\d/.test(ratings[0] ?? '') || AGE.test(text) ? 1 : 0);

/** US ratings that keep children out, or let them in only with an adult. */
const RESTRICTED: ReadonlySet<string> = new Set(['R', 'NC-17']);

/** "A 10 year old", below the age from which nobody needs an adult. */
const AGE = /\b(?<age>1[0-7]|[1-9])[ -]?years?[ -]?olds?\b/;
const OF_AGE = new Set([
  ...FOR_CHILDREN,
  ...stemsOf('year old get let my son daughter brother sister cinema theater'),
]);

/** "Can a 12 year old see it in the UK": by the number that the board of the country gives. */
function judgeAge({ title, snapshot, regions }: Statement, age: number): Judgement | undefined {
  const fact = snapshot
    .of('rating', (slot) => slot.title === title && slot.board === BOARDS[regions[0] ?? ''])
    .find(({ claim }) => !('sides' in claim) && /^\d+$/.test(claim.rating));
  if (!fact || 'sides' in fact.claim || regions.length > 1) return undefined;
  return { truth: age < Number(fact.claim.rating) ? 'no' : 'yes', from: fact };
}

function judgeForChildren(statement: Statement): Judgement | undefined {
  const age = AGE.exec(statement.text)?.groups?.['age'];
  const isOfAge = age !== undefined && hasOnly(statement, OF_AGE);
  if (isOfAge && statement.regions.length > 0) return judgeAge(statement, Number(age));
  if (!isOfAge && !(hasAny(statement, CHILDREN) && hasOnly(statement, FOR_CHILDREN))) return undefined;
  const fact = ratingOf(statement, 'R');
  if (!fact || 'sides' in fact.claim) return undefined;
  if (RESTRICTED.has(fact.claim.rating)) return { truth: 'no', from: fact };
  return fact.claim.rating === 'G' ? { truth: 'yes', from: fact } : undefined;
}

/** Who rates films in a country. */
const BOARDS: Readonly<Record<string, string>> = { GB: 'BBFC', DE: 'FSK', AU: 'ACB', IN: 'CBFC', KR: 'KMRB' };

/** The rating that a question means: letters are the MPA’s, grades CinemaScore’s; a number that of the country or of what was found. */
function ratingOf({ found, title, snapshot, regions }: Statement, named: string): Fact<'rating'> | undefined {
  const ratings = snapshot.of('rating', (slot) => slot.title === title);
  const [region] = regions;
  if (/^\d/.test(named)) {
    const { fact } = found;
    if (region) return ratings.find(({ slot }) => slot.board === BOARDS[region]);
    return fact?.kind === 'rating' && fact.slot.title === title && fact.slot.board !== 'MPA'
      ? fact
      : undefined;
  }
  const board = /^[A-F][+-]?$/.test(named) ? 'CinemaScore' : 'MPA';
  return ratings.find(({ slot }) => slot.board === board);
}

const MEASURED = stemsOf(
  'clock clocks open opened opening weekend overseas abroad domestic domestically debut first long runtime running time run runs last lasts length dollar dollars gross grossed make made earn earned box office worldwide globally total budget cost spend spent ' +
    'bring rotten tomatoes rt critics critic audience score scored rating percent cross crossed pass passed reach reached hit mark much more less over exactly only get got have kill kills people parts days shoot',
);
/** "Did it make 100 million" is so when it made more, too. */
const AT_LEAST = stemsOf('make made earn earned gross grossed cross crossed pass passed reach reached hit');

/** "Is it longer than 2 hours", "did it make 100 million". */
export function judgeMeasure(statement: Statement): Judgement | undefined {
  const { amounts, dates, ratings, titles, persons, services, regions } = statement;
  const [named] = amounts;
  const others = dates.length + ratings.length + persons.length + services.length + regions.length;
  if (!named || amounts.length > 1 || titles.length > 1 || others > 0) return undefined;
  if (OF_SEVERAL.test(statement.text)) return undefined;
  const fact = measureOf(statement, named.unit);
  if (!fact || !hasOnly(statement, MEASURED)) return undefined;
  const isFloor =
    !ONLY.test(statement.text) &&
    named.comparison === 'equal' &&
    fact.slot.measure.startsWith('gross') &&
    hasAny(statement, AT_LEAST);
  const comparison = isFloor ? 'at-least' : named.comparison;
  if (!valuesOf(fact.claim).every(({ unit }) => isUnit(unit, named.unit))) return undefined;
  const truth = agreed(spanOf(fact).map((actual) => compareAmount(actual, { ...named, comparison })));
  return truth && { truth, from: fact };
}

/** "Did it only make 100 million" is not so when it made more. */
const ONLY = /\bonly\b/;

/** What all films did together is measured of none of them. */
const OF_SEVERAL = /\b(?:series|franchise|movies|films|saga|all|combined|total)\b/;

const COST = stemsOf('cost budget spend spent');
const MADE = stemsOf('made make earn earned gross grossed');

const LONG = stemsOf('long longer short shorter');

/** The measure that a question means: the one that was found, else the one that its words or its unit can only mean. */
function measureOf(statement: Statement, unit?: NamedAmount['unit']): Fact<'measure'> | undefined {
  const { found, title, titles, snapshot } = statement;
  const { fact } = found;
  if (fact?.kind === 'measure' && (fact.slot.title === title || titles.includes(fact.slot.title)))
    return fact;
  const meant = meantMeasure(statement, unit);
  return snapshot.of('measure', (slot) => slot.title === title && slot.measure === meant)[0];
}

function meantMeasure(statement: Statement, unit?: NamedAmount['unit']): Measure | undefined {
  if (unit === 'minutes' || (!unit && hasAny(statement, LONG))) return 'runtime';
  if (unit === 'percent' && /\b(?:rotten tomatoes|tomatometer|critics)\b/.test(statement.text))
    return /\baudiences?\b/.test(statement.text) ? undefined : 'critics';
  if (unit !== undefined && unit !== 'usd') return undefined;
  if (hasAny(statement, COST)) return 'budget';
  return hasAny(statement, MADE) ? 'gross' : undefined;
}

const BUDGET = /\b(?:million|mill?|m|billion|bn|b)\s*(?:us )?(?:dollars?|usd)?\s*budget\b|\bbudget of\b/;
/** A budget that is named in passing may be rounded, or of a source with another figure. */
const BUDGET_MARGIN = 0.25;

/** "How did it flop on its 200 million budget": no where the budget was another one. */
export function judgeNamedBudget(statement: Statement): Judgement | undefined {
  const { amounts, title, titles, snapshot, text } = statement;
  const [named] = amounts;
  if (named?.unit !== 'usd' || amounts.length > 1 || titles.length > 1 || OF_SEVERAL.test(text))
    return undefined;
  if (named.comparison !== 'equal' || !BUDGET.test(text)) return undefined;
  const fact = snapshot.of('measure', (slot) => slot.title === title && slot.measure === 'budget')[0];
  const isOther =
    fact &&
    spanOf(fact).every(
      (actual) => Math.abs(actual - named.amount) > BUDGET_MARGIN * Math.max(actual, named.amount),
    );
  return isOther ? { truth: 'no', from: fact } : undefined;
}

type Measure = Fact<'measure'>['slot']['measure'];

/** Rounded amounts may be so much more or less. */
const ROUNDED = 0.02;

/** The least and the most that a measure may be by each side. */
export function spanOf({ claim }: Fact<'measure'>): number[] {
  return valuesOf(claim).flatMap(({ amount, upTo = amount, about }) => {
    const margin = about ? ROUNDED : 0;
    return [amount * (1 - margin), upTo * (1 + margin)];
  });
}

const valuesOf = (claim: Fact<'measure'>['claim']) => ('sides' in claim ? claim.sides : [claim]);

const isUnit = (own: string, named: NamedAmount['unit']) =>
  own === named || (named === 'any' && (own === 'percent' || own === 'of-100' || own === 'count'));

const COMPARED = stemsOf(
  'than long longer short shorter more less make made gross grossed earn earned cost bigger higher lower budget box office money expensive critics audience rated score liked run runtime',
);
const LESS = /\b(?:shorter|less|lower|cheaper|smaller)\b/;

/** "Is Ballerina longer than Chapter 4", by the measure that was found. */
export function judgeComparison(statement: Statement): Judgement | undefined {
  const { titles, persons, services, dates, amounts, regions, snapshot, text } = statement;
  const others = persons.length + services.length + dates.length + amounts.length + regions.length;
  if (titles.length !== 2 || others > 0) return undefined;
  if (!/\bthan\b/.test(text) || !hasOnly(statement, COMPARED)) return undefined;
  const fact = measureOf(statement);
  if (!fact) return undefined;
  const [one, other] = titles.map(
    (title) =>
      snapshot.of('measure', (slot) => slot.title === title && slot.measure === fact.slot.measure)[0],
  );
  if (!one || !other) return undefined;
  const comparison = LESS.test(text) ? 'less' : 'more';
  const pairs = spanOf(one).flatMap((actual) => spanOf(other).map((amount) => ({ actual, amount })));
  const truth = agreed(
    pairs.map(({ actual, amount }): Truth | undefined => compareAmount(actual, { amount, comparison })),
  );
  return truth && { truth, from: one, also: other };
}
