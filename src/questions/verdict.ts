import { type Judgement, opposite, type Truth } from './judgement.ts';
import { MEANS_HOME, parseStatement, type Statement, type StatementContext } from './statement.ts';
import { wordsOf } from './tokenize.ts';
import { judgeDecade } from './verdict-eras.ts';
import { judgeCompany, judgeKind, judgePlace, judgeSequel } from './verdict-making.ts';
import { judgeComparison, judgeMeasure, judgeNamedBudget, judgeRating } from './verdict-numbers.ts';
import { judgeOrder } from './verdict-order.ts';
import { judgeCredit, judgeLead, judgeLife, judgeRole, judgeVillain } from './verdict-people.ts';
import { judgeReception } from './verdict-reception.ts';
import { judgeReleaseOrder } from './verdict-release-order.ts';
import { judgeDelay, judgeHasDate, judgeHome, judgeRelease, judgeService } from './verdict-releases.ts';
import { judgeStranger } from './verdict-strangers.ts';
import { judgePosition, judgeSuperlative } from './verdict-superlatives.ts';
import {
  judgeBanned,
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
  judgePosition,
  judgeOrder,
  judgeSequel,
  judgeProse,
  judgeKind,
  judgeCompany,
  judgePlace,
  judgeInTheMaking,
  judgeSuperlative,
  judgeRole,
  judgeVillain,
  judgeCredit,
  judgeLife,
  judgeService,
  judgeRating,
  judgeMeasure,
  judgeReception,
  judgeDecade,
  judgeReleaseOrder,
  judgeComparison,
  judgeRelease,
  judgeDelay,
  judgeHasDate,
  judgeHome,
  judgeCancelled,
  judgeBanned,
  judgeProject,
  judgeList,
  judgeStranger,
  judgeAnyProse,
  judgeLead,
];

/** What a question for a reason takes for granted can be any statement; but that nothing is known yet is no mistake of it. */
const OF_REASONS: readonly Judge[] = [
  judgePosition,
  judgeOrder,
  judgeSequel,
  judgeProse,
  judgeKind,
  judgeSuperlative,
  judgeLead,
  judgeRole,
  judgeVillain,
  judgeCredit,
  judgeService,
  judgeRating,
  judgeMeasure,
  judgeReception,
  judgeDecade,
  judgeReleaseOrder,
  judgeDate,
  judgeRelease,
  judgeDelay,
  judgeHasDate,
  judgeHome,
  judgeCancelled,
  judgeBanned,
  judgeCompany,
  judgePlace,
  judgeProject,
  judgeUnannounced,
  judgeStranger,
  judgeProseOfTitle,
];

/** What a question for a time, place or person takes for granted beside what it asks for. */
const OF_OTHERS: readonly Judge[] = [
  judgeRole,
  judgeCredit,
  judgeService,
  judgeDate,
  judgeCancelled,
  judgeUnannounced,
  judgeCameOut,
];

/** What a question says before it asks: "since it is the fourth film, …". */
const OF_GIVEN: readonly Judge[] = [...OF_REASONS, judgeAnyProse];

const OPENING = '^\\W*(?:(?:so|but|and|hey|wait|ok|okay)\\W+)*';
const AUXILIARY =
  "(?:was|is|are|were|has|had|have|did|does|do|can|could|will|would|isn['’]?t|wasn['’]?t|aren['’]?t|didn['’]?t|doesn['’]?t|hasn['’]?t)";
const DOING = '(?:replac|direct|cancel|recast|play|star|writ|wrot)\\w*';
const REASON = new RegExp(`${OPENING}(?:(?:why|how)\\s+(?=(?:${AUXILIARY}|it|they)\\b)|how come\\s+)`, 'i');
const OTHER = new RegExp(
  `${OPENING}(?:(?:when|since when|where|whom|(?:what|which) (?:role|character|part))\\s+(?=${AUXILIARY}\\b)|who(?:s|['’]s)?\\s+(?=(?:${AUXILIARY}|${DOING})\\b))`,
  'i',
);
/** "What happens in the post-credits scene" takes for granted that there is one. */
const CONTENT = new RegExp(`${OPENING}(?:what happens (?:in|during|at)|how many)\\s+`, 'i');
const GIVEN =
  /^\W*(?:since|given(?: that)?|considering(?: that)?|because|seeing (?:as|that)|now that)\s+(.+?)(?:,\s*|\s+(?=(?:who|what|when|where|why|how)\b))/i;
/** "Why isn’t it" takes for granted that it is not. */
const DENIED = /^\W*\w+n['’]?t\b/i;

/**
 * Compares what a question names with the facts; undefined where the two cannot be compared. Of a question for anything but yes
 * or no, only that what it takes for granted is not so: "why was it cancelled".
 */
export function decide(question: string, context: StatementContext): Decision | undefined {
  const premise = premiseOf(question, context);
  const statement = parseStatement(question, context);
  const corrected = premise?.isGiven || !statement ? decidePremise(premise) : undefined;
  return corrected ?? (statement && decideStatement(statement));
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
  const isNamed = read.titles.length + read.persons.length + read.characters.length > 0;
  if (!isNamed && read.strangers.length === 0 && !MEANS_HOME.test(read.text)) return undefined;
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
  /** Whether it is said before the question and not in it. */
  isGiven?: boolean;
}

function premiseOf(question: string, context: StatementContext): Premise | undefined {
  const given = GIVEN.exec(question)?.[1];
  const said = given && premiseIn(given, OF_GIVEN, context);
  if (said) return { ...said, isGiven: true };
  const forms = [
    [REASON, OF_REASONS],
    [OTHER, OF_OTHERS],
    [CONTENT, [judgeProse]],
  ] as const;
  for (const [form, judges] of forms) {
    const asking = form.exec(question);
    if (asking) return premiseIn(question.slice(asking[0].length), judges, context);
  }
  return undefined;
}

function premiseIn(rest: string, judges: readonly Judge[], context: StatementContext): Premise | undefined {
  const statement = parseStatement(`${rest}?`, context);
  return statement && { statement, judges, isDenied: statement.isNegated !== DENIED.test(rest) };
}

/** Only what is not so is named; what is not known is no mistake where a question says that it is not. */
function decidePremise(premise: Premise | undefined): Decision | undefined {
  if (!premise) return undefined;
  const { statement, judges, isDenied } = premise;
  const judgement = firstJudgement(statement, judges);
  if (!judgement) return decisionOf(judgeNamedBudget(statement));
  const { truth, ...shown } = judgement;
  if (isDenied) return truth === 'yes' ? { ...shown, verdict: 'no' } : undefined;
  return decisionOf(judgement);
}

function decisionOf(judgement: Judgement | undefined): Decision | undefined {
  if (!judgement || judgement.truth === 'yes') return undefined;
  const { truth, ...shown } = judgement;
  return { ...shown, verdict: truth };
}

/** "When did Chapter 5 come out" says that it is out. */
function judgeCameOut(statement: Statement): Judgement | undefined {
  return statement.tense === 'past' ? judgeRelease(statement) : undefined;
}

/** A release compared with a date that is named. */
function judgeDate(statement: Statement): Judgement | undefined {
  return statement.dates.length > 0 ? judgeRelease(statement) : undefined;
}

/** The same of a title that is named. */
function judgeProseOfTitle(statement: Statement): Judgement | undefined {
  return statement.titles.length > 0 ? judgeAnyProse(statement) : undefined;
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
