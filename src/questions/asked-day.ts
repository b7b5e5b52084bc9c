import type { Day } from '../facts/dates.ts';
import { AGO_IN_WORDS, DATE_IN_WORDS, MONTH_IN_WORDS, spanOfWords } from './date-in-words.ts';

/** A question for what was known on an earlier day. */
export interface AskedDay {
  day: Day;
  /** The question without the words that say so. */
  question: string;
  /**
   * Whether the words can mean nothing else. "How much did it make back in 2014" may ask for what became known of it since.
   */
  isCertain: boolean;
}

/** A date in a question, with what is around it. */
interface Dated {
  /** The word before the date: "as of", "back in", "in". */
  preposition: string;
  date: string;
  before: string;
  after: string;
}

/** A date after a word that puts something at that time. A month needs no year where it can only be a date. */
const DATED = new RegExp(
  `\\b(?:${[
    `(?<of>as (?:of|at|known (?:in|on))|back in|back around) (?<any>${DATE_IN_WORDS}|${MONTH_IN_WORDS}|${AGO_IN_WORDS})`,
    `(?<in>in|on|during|by|before|until|around|(?:at|by|towards) the end of) (?<date>${DATE_IN_WORDS})`,
    `(?<ago>${AGO_IN_WORDS})`,
  ].join('|')})(?![\\w'’-])`,
  'giu',
);

/** What people think or say, at the end of the words before a day: "what did people think in January 2024 about …". */
const BELIEF =
  /\b(think|thought|thinking|believe|believed|know|knew|known|say|said|saying|expect|expected|expecting|hear|heard|assume|assumed|predict|predicted|rumou?red|rumou?rs|speculate|speculated|plan|planned|plans|told|announced|confirmed|reported|revealed|scheduled|slated)(?: back)?\s*$/iu;
/** The same at the beginning of the words behind a day: "when did people in 2023 expect it to come out". */
const BELIEF_NEXT = /^(think|believe|know|say|expect|hear|assume|predict)\b/iu;
/** Questions to which the day itself is the answer: "was it announced in 2019". */
const ASKS_WHETHER =
  /^\W*(?:was|were|is|has|have|had)\b|^\W*when\b.*\b(?:announced|confirmed|revealed|reported|told)$/iu;
/** Questions for what is so now: "is anything planned in 2027". */
const ASKS_NOW =
  /^\W*(?:(?:what|who|when|where|how)(?: (?:is|are|will)|['’]?s)|(?:which|what) \w+ (?:is|are|will)|is|are|will|any|do|does)\b/iu;

/** What was intended or believed. */
const INTENTION =
  /\b(supposed|meant|planned|expected|scheduled|slated|rumou?red|rumou?rs?|intended|believed|thought|think|announced|said|known|know|knew|believe|expect|hear|heard|predict|say|would|aiming|due(?! to)|due to (?:come|be|open|release|start)|(?:was|were) (?:\w+ ){0,4}(?:coming|opening|releasing|directing|starring|playing)|going to|gonna|set to|supposedly|reportedly)\b/iu;
const HAS_WORDS = /[\p{L}\p{N}]/u;
/** Words that say that a time as a whole is meant. */
const AT_THE_TIME = /[\s,]*\b(?:at (?:the|that) time|by then|back then)\b/giu;
/** What somebody or something was at a time: "who was the director in 2019". */
const STATE =
  /\b(who|whos|what|was|were)\b.*\b(director|directing|direct|writers?|writing|producers?|lead|star|starring|villain|cast|release date|date|plans?|status|title|called|schedule|attached|involved|signed on|in it|in the (?:movie|film|cast))\b/iu;
/** What happens at a time, so that a day after it says when: "did it come out in 2025", "the film set in 2019". */
const EVENT =
  /\b(come|came|comes|coming|out|releas(?:e|ed|es|ing)|premiered?|open(?:ed|s)?|happen(?:ed|s)?|film(?:ed|ing)|shot|shoot|made|born|die[ds]?|start(?:ed|s)?|beg(?:in|an)|set|place|arrive[ds]?|delayed|moved|launch(?:ed)?|air(?:ed)?|drop(?:ped)?|theaters|cinemas|(?:be|start(?:ed)?) streaming|be|films?|movies?|one|part|story)\s*$/iu;
/** Questions to which such a day is no answer, or that ask for another one: what happens then is what was intended. */
const ASKS_OTHER =
  /\b(when|wen|who|whos|whom|where|how|why|(?:what|which) (?:release )?(?:date|day|month|year))\b|\bwhat\b.*\bbe\s*$/iu;

const PEOPLE =
  '(?:people|they|we|you|fans|everyone|everybody|anyone|the (?:fans|studio|media|press|internet)|lionsgate)';
const THINK = '(?:think|thought|believe|know|known|say|said|expect|hear|heard|assume|predict|speculate)';
/** "What did people think about", "what was known of": only the subject remains. */
const ASKS_ABOUT = new RegExp(
  `\\bwhat (?:(?:did|do|had|have) ${PEOPLE}(?: all)? ${THINK}|(?:was|were) (?:known|said|thought|believed|reported|expected|rumou?red)) (?:about|of|from)\\s*`,
  'iu',
);
/** "Who did people think", "thought to be": without it, the same is asked. */
const ASIDE = new RegExp(
  `(?<=\\w )(?:did|do|had|have) ${PEOPLE}(?: all)? ${THINK}(?: that)?\\s+|\\b(?:thought|believed|rumou?red|reported|said|supposed|expected) to be\\s*$`,
  'iu',
);

/**
 * Returns the day for which a question asks what was known: "when was it supposed to come out back in 2023" asks for the last
 * day of 2023, or for `today` where that lies ahead. Undefined where a question asks for nothing of the kind, though it names a
 * day: "did it come out in 2025".
 */
export function askedDay(question: string, today: Day): AskedDay | undefined {
  const text = question.replace(/\s+/g, ' ').trim();
  for (const found of text.matchAll(DATED)) {
    const { of, any, in: within, ago, date = any ?? ago } = found.groups ?? {};
    if (!date) continue;
    const dated: Dated = {
      preposition: (of ?? within ?? '').toLowerCase(),
      date,
      before: text.slice(0, found.index).trim(),
      after: text.slice(found.index + found[0].length).trim(),
    };
    const isCertain = certaintyOf(dated, text);
    const day = isCertain === undefined ? undefined : dayOf(dated, today);
    const rest = withoutAside(dated);
    if (isCertain !== undefined && day && HAS_WORDS.test(rest)) return { day, question: rest, isCertain };
  }
  return undefined;
}

/** How sure it is that a date says of which day the facts are wanted; undefined where it does not. */
type Certainty = boolean | undefined;

function certaintyOf(dated: Dated, text: string): Certainty {
  const { preposition, before, after } = dated;
  if (preposition.startsWith('as ')) return true;
  if (ASKS_NOW.test(before || after)) return undefined;
  if (BELIEF.test(before)) return !ASKS_WHETHER.test(before) || undefined;
  if (BELIEF_NEXT.test(after)) return true;
  const isFirst = !HAS_WORDS.test(before.replace(/^(?:so|and|ok|hey|wait|but)\b/iu, ''));
  const isLast = !HAS_WORDS.test(after.replace(AT_THE_TIME, ''));
  if ((isFirst || isLast) && text.replace(AT_THE_TIME, '') !== text) return true;
  return isFirst ? certaintyOfFirst(after) : certaintyOfLater(dated, isLast);
}

function certaintyOfFirst(after: string): Certainty {
  if (INTENTION.test(after)) return true;
  return STATE.test(after) ? false : undefined;
}

function certaintyOfLater({ preposition, before }: Dated, isLast: boolean): Certainty {
  const isOfEvent = EVENT.test(before);
  const isFarBack = preposition.startsWith('back ');
  const isTime = !isOfEvent || ASKS_OTHER.test(before);
  if (INTENTION.test(before) && isTime && (isLast || isFarBack)) return true;
  return !isOfEvent && (isFarBack || (isLast && STATE.test(before))) ? false : undefined;
}

/** The last day of a date or, where what comes before it is asked for, the day before; at most today. */
function dayOf({ preposition, date }: Dated, today: Day): Day | undefined {
  const span = spanOfWords(date, today);
  if (!span || span.from > today) return undefined;
  const isBefore = preposition === 'before' || preposition === 'until';
  const day = isBefore ? Temporal.PlainDate.from(span.from).subtract({ days: 1 }).toString() : span.to;
  return day < today ? day : today;
}

/** The question without its date, and without whose belief is asked for. */
function withoutAside({ before, after }: Dated): string {
  const text = `${before} ${after}`
    .replace(AT_THE_TIME, '')
    .trim()
    .replace(ASKS_ABOUT, '')
    .replace(ASIDE, '')
    .replace(/^\W+/u, '')
    .replace(/\s+(?=[?!.,])/g, '')
    .replace(/,\s*(?=[?!.]|$)/g, '');
  return text.replace(/\s+/g, ' ').trim();
}
