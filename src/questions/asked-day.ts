import type { Day } from '../facts/dates.ts';
import { AGO_IN_WORDS, DATE_IN_WORDS, MONTH_IN_WORDS, spanOfWords } from './date-in-words.ts';

/** A question for what was known on an earlier day. */
export interface AskedDay {
  day: Day;
  /** The question without the words that say so. */
  question: string;
  certainty: Certainty;
}

/**
 * How sure it is that a date says of which day the facts are wanted. Likely: "who was the director in 2019". Possible: "did it have
 * a trailer in 2024", which is only so where the answer has changed since.
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** A date in a question, with what is around it. */
interface Dated {
  /** The words before the date: "as of", "back in", "in". */
  preposition: string;
  /** Whether they leave no doubt. */
  namesDay: boolean;
  date: string;
  before: string;
  after: string;
}

/** What comes before a day of which the facts are wanted. */
const NAMES_DAY = [
  'as (?:of|at|(?:known|understood|reported|planned|announced|told) (?:in|on|by))',
  'as it (?:stood|was)(?: back)? in',
  '(?:pretend|imagine|suppose|assume|say|let.?s say|like|as if)(?: that)? (?:it.?s|it is|it was|we.?re in|we are in|this is)(?: still)?',
  '(?:(?:going|go|thinking|think|rewind(?:ing)?) back|rewind(?:ing)?) to',
  '(?:if )?(?:i|you|we|someone|somebody)(?: had|.d| would have)? (?:asked|googled|searched|looked(?: it)? up)(?: you| me| this| that| it)?(?: back)? in',
  '(?:back )?when it was(?: still)?',
  'from (?:a|an|the)(?= \\S+ (?:point of view|perspective))',
  'old news from',
  'according to(?: (?:\\w+ ){0,3}(?:from|in|of))?',
].join('|');

/** A date after a word that puts something at that time. A month needs no year where it can only be a date. */
const DATED = new RegExp(
  `\\b(?:${[
    `(?<of>${NAMES_DAY}|back in|back around|back then in) (?<any>${DATE_IN_WORDS}|${MONTH_IN_WORDS}|${AGO_IN_WORDS})`,
    `(?<in>in|on|during|by|before|prior to|up to|up until|until|around|circa|(?:at|by|towards|in) the (?:end|start|beginning) of) (?<date>${DATE_IN_WORDS})`,
    `(?<ago>${AGO_IN_WORDS})`,
    // "2023: …", "it’s 2023, …", "late 2024 was there …"
    `(?<=^\\W*)(?:it.?s )?(?<first>${DATE_IN_WORDS})(?=\\s*[,:;]|\\s+(?:was|were|did|had|who|what|when|where|which)\\b)`,
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
const TELLS = /\b(?:announced|confirmed|revealed|reported|told|said)$/iu;
/** Questions for what is so now: "is anything planned in 2027". */
const ASKS_NOW =
  /^\W*(?:(?:what|who|when|where|how)(?: (?:is|are|will)|['’]?s)|(?:which|what) \w+ (?:is|are|will)|is|are|will|any|do|does)\b/iu;

/** What was intended or believed. */
const INTENTION =
  /\b(supposed|meant|planned|expected|scheduled|slated|rumou?red|rumou?rs?|intended|believed|thought|think|announced|said|known|know|knew|believe|expect|hear|heard|predict|say|would|aiming|due(?! to)|due to (?:come|be|open|release|start)|(?:was|were) (?:\w+ ){0,4}(?:coming|opening|releasing|directing|starring|playing)|going to|gonna|set to|supposedly|reportedly)\b/iu;
/** What may come before a date that begins a question: "so in 2023", "when in 2023 was it supposed to come out". */
const OPENING = /^(?:so|and|ok|hey|wait|but|when|who|where|is it (?:true|correct|right) that)\b/iu;
const HAS_WORDS = /[\p{L}\p{N}]/u;
/** Words that say that a time as a whole is meant. */
const AT_THE_TIME =
  /[\s,]*\b(?:at (?:the|that) time|by then|back then)\b|^\s*(?:point of view|perspective)\b/giu;
/** What somebody or something was at a time: "who was the director in 2019". */
const STATE =
  /\b(who|whos|what|was|were)\b.*\b(director|directing|direct|writers?|writing|producers?|lead|star|starring|villain|cast|release date|date|plans?|status|title|name|called|schedule|state|setting|latest|newest|attached|involved|signed on|in it|in the (?:movie|film|cast))\b/iu;
/** What happens at a time, so that a day after it says when: "did it come out in 2025", "the film set in 2019". */
const EVENT =
  /\b(come|came|comes|coming|out|releas(?:e|ed|es|ing)|premiered?|open(?:ed|s)?|happen(?:ed|s)?|film(?:ed|ing)|shot|shoot|made|born|die[ds]?|start(?:ed|s)?|beg(?:in|an)|set|place|arrive[ds]?|delayed|moved|launch(?:ed)?|air(?:ed)?|drop(?:ped)?|theaters|cinemas|(?:be|start(?:ed)?) streaming|be)\s*$/iu;
/** What was so, or had been. */
const PAST = /\b(?:was|were|did|had|wasnt|wasn't|werent|weren't|didnt|didn't)\b/iu;
/** "How much had it made by 2025" */
const HAD = /\b(?:had|hadnt|hadn't)\b/iu;
/** Questions to which such a day is no answer, or that ask for another one: what happens then is what was intended. */
const ASKS_OTHER =
  /\b(when|wen|who|whos|whom|where|how|why|(?:what|which) (?:release )?(?:date|day|month|year))\b|\bwhat\b.*\bbe\s*$/iu;

/** "When people talked about it in 2023 what date did they say" */
const SAID_THEN =
  /\bdid (?:people|they|ppl|everyone|fans|we)\b.*\b(?:say|think|expect|believe|give|name|mention)\s*\??$/iu;
/** "Was the trailer out by October 2024" asks what was so by then. */
const WAS_SO = /^\W*(?:was|were|had|has)\b/iu;

/** "When was its release back in 2023" */
const WAS_WHEN = /^\W*when was\b.*\brelease$/iu;

const PEOPLE =
  '(?:people|they|we|you|fans|everyone|everybody|anyone|the (?:fans|studio|media|press|internet)|lionsgate)';
const THINK = '(?:think|thought|believe|know|known|say|said|expect|hear|heard|assume|predict|speculate)';
/** "What did people think about", "what was known of": only the subject remains. */
const ASKS_ABOUT = new RegExp(
  `\\bwhat (?:(?:did|do|had|have) ${PEOPLE}(?: all)? ${THINK}|(?:was|were) (?:known|said|thought|believed|reported|expected|rumou?red)) (?:about|of|from)\\s*`,
  'iu',
);
/** "According to 2022 reports" */
const SAID_BY = /^(?:reports?|rumou?rs|news|articles?|sources)\b/iu;
/** "Who did people think", "thought to be": without it, the same is asked. */
const ASIDE = new RegExp(
  `(?<=\\w )(?:did|do|had|have) ${PEOPLE}(?: all)? ${THINK}(?: that)?\\s+|\\b(?:thought|believed|rumou?red|reported|said|supposed|expected) to be\\s*$|,? as far as ${PEOPLE} (?:knew|know)\\s*$`,
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
    const { of, any, in: within, ago, first, date = any ?? ago ?? first } = found.groups ?? {};
    if (!date) continue;
    const dated: Dated = {
      preposition: (of ?? within ?? '').toLowerCase(),
      namesDay:
        (of !== undefined && !/^back (?:in|around|then)\b/i.test(of)) ||
        (first !== undefined && isOfFranchise(first, today)),
      date,
      before: text.slice(0, found.index).trim(),
      after: text.slice(found.index + found[0].length).trim(),
    };
    const certainty = certaintyOf(dated, text);
    const day = certainty && dayOf(dated, today);
    const rest = withoutAside(dated);
    if (certainty && day && HAS_WORDS.test(rest)) return { day, question: rest, certainty };
  }
  return undefined;
}

/** The franchise is no older; another year may be a name: "1917, …". */
const FIRST_YEAR = '2012';

const isOfFranchise = (date: string, today: Day) => (spanOfWords(date, today)?.from ?? '') >= FIRST_YEAR;

function certaintyOf(dated: Dated, text: string): Certainty | undefined {
  const { preposition, namesDay, before, after } = dated;
  if (namesDay) return 'certain';
  if (ASKS_NOW.test(before || after)) return undefined;
  if (BELIEF.test(before)) return certaintyOfBelief(dated);
  if (BELIEF_NEXT.test(after) || (/^by\b/.test(preposition) && HAD.test(before))) return 'certain';
  const isFirst = !HAS_WORDS.test(before.replace(OPENING, ''));
  const isLast = !HAS_WORDS.test(after.replace(AT_THE_TIME, ''));
  if ((isFirst || isLast) && text.replace(AT_THE_TIME, '') !== text) return 'certain';
  if (isFirst) return certaintyOfFirst(after);
  if (isLast || /^back\b/.test(preposition)) return certaintyOfLast(dated);
  return SAID_THEN.test(after) ? 'certain' : undefined;
}

/** "What was known in 2022 about the cast". But "was it announced in 2019" asks of that day, and "was it planned in 2024" may. */
function certaintyOfBelief({ preposition, before }: Dated): Certainty | undefined {
  if (!ASKS_WHETHER.test(before) || /^by\b/.test(preposition)) return 'certain';
  return TELLS.test(before) ? undefined : 'possible';
}

/** "In 2023, when was it supposed to come out" */
function certaintyOfFirst(after: string): Certainty | undefined {
  if (INTENTION.test(after)) return 'certain';
  if (STATE.test(after)) return 'likely';
  const isOfEvent = EVENT.test(after.replace(/[\s?!.]+$/, '')) && !ASKS_OTHER.test(after);
  return PAST.test(after) && !isOfEvent ? 'possible' : undefined;
}

/** "When was it supposed to come out back in 2023" */
function certaintyOfLast({ preposition, before }: Dated): Certainty | undefined {
  const isOfEvent = EVENT.test(before);
  const isFarBack = /^back\b/.test(preposition);
  if (INTENTION.test(before) && (!isOfEvent || ASKS_OTHER.test(before))) return 'certain';
  if (isOfEvent && /^by$/.test(preposition) && WAS_SO.test(before)) return 'certain';
  if (isOfEvent) return isFarBack && WAS_WHEN.test(before) ? 'likely' : undefined;
  if (isFarBack || STATE.test(before)) return 'likely';
  return PAST.test(before) ? 'possible' : undefined;
}

/** The last day of a date or, where what comes before it is asked for, the day before; at most today. */
function dayOf({ preposition, date }: Dated, today: Day): Day | undefined {
  const span = spanOfWords(date, today);
  if (!span || span.from > today) return undefined;
  const day = lastOf(preposition, Temporal.PlainDate.from(span.from), span.to);
  return day < today ? day : today;
}

/** The last day that the words before a date leave of it. */
function lastOf(preposition: string, from: Temporal.PlainDate, to: Day): Day {
  if (/^(?:before|until|prior to|up until)$/.test(preposition)) return from.subtract({ days: 1 }).toString();
  if (!/\b(?:start|beginning) of$/.test(preposition)) return to;
  const firstMonth = from.add({ months: 1 }).subtract({ days: 1 }).toString();
  return firstMonth < to ? firstMonth : to;
}

/** The question without its date, and without whose belief is asked for. */
function withoutAside({ before, after }: Dated): string {
  const text = `${before} ${after.replace(SAID_BY, '')}`
    .replace(AT_THE_TIME, '')
    .trim()
    .replace(ASKS_ABOUT, '')
    .replace(ASIDE, '')
    .replace(/^\W+/u, '')
    .replace(/\s+(?=[?!.,])/g, '')
    .replace(/,\s*(?=[?!.]|$)/g, '');
  return text.replace(/\s+/g, ' ').trim();
}
