import { type Judgement, opposite, type Truth } from './judgement.ts';
import { parseStatement, type Statement, type StatementContext } from './statement.ts';
import { wordsOf } from './tokenize.ts';
import { judgeComparison, judgeMeasure, judgeRating } from './verdict-numbers.ts';
import { judgeCredit, judgeLife, judgeRole } from './verdict-people.ts';
import { judgeHome, judgeRelease, judgeService } from './verdict-releases.ts';
import { judgeCancelled, judgeList, judgeProject, judgeProse } from './verdict-titles.ts';

/** How an answer begins: "right" agrees with a question for what is not so, where "yes" could be taken for both. */
export type Verdict = 'yes' | 'no' | 'unknown' | 'right';

/** How an answer begins, and the fact that shows it where it is not the one that was found. */
export interface Decision extends Omit<Judgement, 'truth'> {
  /** Undefined where the question asks for a reason: only its false premise is to be named. */
  verdict?: Verdict;
}

/** Each knows one kind of statement, and says nothing where a question has a word that it does not understand. */
const JUDGES: readonly ((statement: Statement) => Judgement | undefined)[] = [
  judgeProse,
  judgeRole,
  judgeCredit,
  judgeLife,
  judgeService,
  judgeRating,
  judgeMeasure,
  judgeComparison,
  judgeRelease,
  judgeHome,
  judgeCancelled,
  judgeProject,
  judgeList,
];

/** "Why was it cancelled" asks for the reason of what "was it cancelled" asks for. */
const REASON =
  /^\W*(?:(?:so|but|and|hey|wait)\W+)*(?:why|how come|when)\s+(?=(?:was|is|were|has|had|did|isnt|isn['’]t|wasnt|wasn['’]t|it|they|ballerina)\b)/i;

/**
 * Compares what a question names with the facts; undefined where it is no question for yes or no, or where the two cannot be
 * compared. Of a question for a reason, only a false premise is told.
 */
export function decide(question: string, context: StatementContext): Decision | undefined {
  const statement = parseStatement(question, context);
  if (statement) return judge(statement) ?? proseDecision(statement);
  const reason = REASON.test(question) && parseStatement(`${question.replace(REASON, '')}?`, context);
  if (!reason) return undefined;
  const cancelled = judgeCancelled(reason);
  if (cancelled) return { from: cancelled.from, premise: 'cancelled' };
  // "Why isn’t Keanu in it" takes for granted that he is not.
  const isDenied = reason.isNegated || DENIED.test(question);
  const role = isDenied ? judgeRole(reason) : undefined;
  return role?.truth === 'yes' ? { from: role.from } : undefined;
}

const DENIED = /\b(?:isn|wasn|aren)['’]?t\b/i;

function judge(statement: Statement): Decision | undefined {
  for (const judgeKind of JUDGES) {
    const judgement = judgeKind(statement);
    if (judgement) {
      const { truth, ...shown } = judgement;
      return { ...shown, verdict: verdictOf(truth, statement) };
    }
  }
  return undefined;
}

function verdictOf(truth: Truth, { isNegated }: Statement): Verdict {
  if (!isNegated) return truth;
  const negated = opposite(truth);
  return negated === 'yes' ? 'right' : negated;
}

/** "It" and the like mean the film. */
const MEANS_HOME = /\b(?:it|its|this|the (?:movie|film))\b/i;

/**
 * Compares a question with the facts for which no answer was found. Then nothing in it may be guessed: no typo, no title that is
 * not named.
 */
export function decideUnfound(question: string, context: StatementContext): Decision | undefined {
  const statement = parseStatement(question, context);
  if (!statement || statement.row.join(' ') !== wordsOf(statement.text).join(' ')) return undefined;
  if (statement.titles.length + statement.persons.length === 0 && !MEANS_HOME.test(statement.text))
    return undefined;
  const decision = judge(statement) ?? proseDecision(statement);
  return decision?.from && decision;
}

/** What any sentence of the facts about the title says to it. */
function proseDecision(statement: Statement): Decision | undefined {
  for (const fact of statement.snapshot.of('prose', ({ about }) => about === statement.title)) {
    const judgement = judgeProse({ ...statement, found: { fact } });
    if (judgement) return { from: fact, verdict: verdictOf(judgement.truth, statement) };
  }
  return undefined;
}
