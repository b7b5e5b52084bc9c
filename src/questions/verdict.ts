import { type Judgement, opposite, type Truth } from './judgement.ts';
import { MEANS_HOME, parseStatement, type Statement, type StatementContext } from './statement.ts';
import { wordsOf } from './tokenize.ts';
import { judgeCompany, judgeKind, judgePlace } from './verdict-making.ts';
import { judgeComparison, judgeMeasure, judgeRating } from './verdict-numbers.ts';
import { judgeCredit, judgeLife, judgeRole, judgeVillain } from './verdict-people.ts';
import { judgeDelay, judgeHasDate, judgeHome, judgeRelease, judgeService } from './verdict-releases.ts';
import {
  judgeCancelled,
  judgeInTheMaking,
  judgeList,
  judgeProject,
  judgeProse,
  judgeUnannounced,
} from './verdict-titles.ts';

/** How an answer begins: "right" agrees with a question for what is not so, where "yes" could be taken for both. */
export type Verdict = 'yes' | 'no' | 'unknown' | 'right';

/** How an answer begins, and the fact that shows it where it is not the one that was found. */
export interface Decision extends Omit<Judgement, 'truth'> {
  verdict: Verdict;
}

type Judge = (statement: Statement) => Judgement | undefined;

/** Each knows one kind of statement, and says nothing where a question has a word that it does not understand. */
const JUDGES: readonly Judge[] = [
  judgeProse,
  judgeKind,
  judgeCompany,
  judgePlace,
  judgeInTheMaking,
  judgeRole,
  judgeVillain,
  judgeCredit,
  judgeLife,
  judgeService,
  judgeRating,
  judgeMeasure,
  judgeComparison,
  judgeRelease,
  judgeDelay,
  judgeHasDate,
  judgeHome,
  judgeCancelled,
  judgeProject,
  judgeList,
  judgeAnyProse,
];

/** What a question for a reason takes for granted can be any statement; but that nothing is known yet is no mistake of it. */
const OF_REASONS: readonly Judge[] = [
  judgeProse,
  judgeRole,
  judgeCredit,
  judgeService,
  judgeRating,
  judgeMeasure,
  judgeDate,
  judgeDelay,
  judgeCancelled,
  judgeCompany,
  judgePlace,
  judgeUnannounced,
];

/** What a question for a time, place or person takes for granted beside what it asks for. */
const OF_OTHERS: readonly Judge[] = [
  judgeRole,
  judgeCredit,
  judgeService,
  judgeDate,
  judgeCancelled,
  judgeUnannounced,
];

const OPENING = '^\\W*(?:(?:so|but|and|hey|wait|ok|okay)\\W+)*';
const AUXILIARY =
  "(?:was|is|are|were|has|had|have|did|does|do|can|could|will|would|isn['’]?t|wasn['’]?t|aren['’]?t|didn['’]?t|doesn['’]?t|hasn['’]?t)";
const DOING = '(?:replac|direct|cancel|recast|play|star|writ|wrot)\\w*';
const REASON = new RegExp(`${OPENING}(?:(?:why|how)\\s+(?=(?:${AUXILIARY}|it|they)\\b)|how come\\s+)`, 'i');
const OTHER = new RegExp(
  `${OPENING}(?:(?:when|since when|where|whom|(?:what|which) (?:role|character|part))\\s+(?=${AUXILIARY}\\b)|who(?:s|['’]s)?\\s+(?=(?:${AUXILIARY}|${DOING})\\b))`,
  'i',
);
/** "Why isn’t it" takes for granted that it is not. */
const DENIED = /^\W*\w+n['’]?t\b/i;

/**
 * Compares what a question names with the facts; undefined where the two cannot be compared. Of a question for anything but yes
 * or no, only that what it takes for granted is not so: "why was it cancelled".
 */
export function decide(question: string, context: StatementContext): Decision | undefined {
  const statement = parseStatement(question, context);
  return statement ? decideStatement(statement) : decidePremise(premiseOf(question, context));
}

/**
 * Compares a question with the facts for which no answer was found. Then nothing in it may be guessed: no typo, no title that is
 * not named.
 */
export function decideUnfound(question: string, context: StatementContext): Decision | undefined {
  const statement = parseStatement(question, context);
  const premise = statement ? undefined : premiseOf(question, context);
  const read = statement ?? premise?.statement;
  if (!read || read.row.join(' ') !== wordsOf(read.text).join(' ')) return undefined;
  if (read.titles.length + read.persons.length === 0 && !MEANS_HOME.test(read.text)) return undefined;
  const decision = statement ? decideStatement(statement) : decidePremise(premise);
  return decision?.from && decision;
}

function decideStatement(statement: Statement): Decision | undefined {
  const judgement = firstJudgement(statement, JUDGES);
  if (!judgement) return undefined;
  const { truth, ...shown } = judgement;
  return { ...shown, verdict: verdictOf(truth, statement) };
}

function firstJudgement(statement: Statement, judges: readonly Judge[]): Judgement | undefined {
  for (const judge of judges) {
    const judgement = judge(statement);
    if (judgement) return judgement;
  }
  return undefined;
}

function verdictOf(truth: Truth, { isNegated }: Statement): Verdict {
  if (!isNegated) return truth;
  const negated = opposite(truth);
  return negated === 'yes' ? 'right' : negated;
}

/** What a question takes for granted, and which statements that can be. */
interface Premise {
  statement: Statement;
  judges: readonly Judge[];
  isDenied: boolean;
}

function premiseOf(question: string, context: StatementContext): Premise | undefined {
  const asking = REASON.exec(question) ?? OTHER.exec(question);
  if (!asking) return undefined;
  const rest = question.slice(asking[0].length);
  const statement = parseStatement(`${rest}?`, context);
  if (!statement) return undefined;
  const isDenied = statement.isNegated !== DENIED.test(rest);
  return { statement, isDenied, judges: REASON.test(question) ? OF_REASONS : OF_OTHERS };
}

function decidePremise(premise: Premise | undefined): Decision | undefined {
  const judgement = premise && firstJudgement(premise.statement, premise.judges);
  if (!judgement) return undefined;
  const { truth, ...shown } = judgement;
  const verdict = premise.isDenied ? opposite(truth) : truth;
  return verdict === 'yes' ? undefined : { ...shown, verdict };
}

/** A release compared with a date that is named. */
function judgeDate(statement: Statement): Judgement | undefined {
  return statement.dates.length > 0 ? judgeRelease(statement) : undefined;
}

/** What any sentence of the facts about the title says to it. */
function judgeAnyProse(statement: Statement): Judgement | undefined {
  if (statement.found.list) return undefined;
  const facts = statement.snapshot.of('prose', ({ about }) => about === statement.title);
  return firstJudgement(
    statement,
    facts.map((fact) => (same) => judgeProse({ ...same, found: { fact } })),
  );
}
