import { asksDirectly, INDIRECT_QUESTION, type Part, splitAtStops } from './clauses.ts';

/** What is said around any question: it says nothing about what is asked. */
const SET_PHRASE =
  /\b(thanks|thank you|thx|ty|tysm|cheers|asking for a friend|just (?:curious|wondering|asking)|quick (?:q|question|one)|(?:dumb|stupid|silly|noob|random|weird) question|(?:have|got|had) (?:a|an|one|some|another) (?:\w+ )?questions?|no spoilers?|spoilers? (?:free|please|pls|ok|are fine)|(?:fans?|lurker|newbie|noob) here|(?:big|huge|massive|longtime|long time|lifelong|die ?hard) (?:\w+ ){0,3}fan|(?:first|1st) (?:time|post)|new here|(?:asked|answered|posted) (?:before|already)|help (?:me|please|pls|needed|appreciated|a \w+ out)|can (?:i|you|someone|anyone) (?:ask|help)(?: \w+){0,3}|anyone knows?|does any(?:one|body) know|(?:good|great|hello|hi|hey) (?:morning|evening|everyone|everybody|all|guys|folks)|fellow \w+|happy \w+|congrat\w*|shout ?out|rip|new (?:member|user|fan)|(?:might|may) be (?:an? )?(?:obvious|dumb|stupid|silly)|appreciate (?:it|any|the|your)|lmk|let me know)\b/iu;
/** Where somebody lives decides where and when they can watch. */
const RESIDENCE =
  /\b(?:(?:i|im|i'm|i am|we|we're|we are)(?: \w+)? (?:in|from|at)\b|(?:here|over) in\b|from \w+ here\b)/iu;
const ASKS_WHERE_OR_WHEN =
  /^(?!.*\b(?:film(?:ed|ing)|shot|place|set|order|trailer|story)\b).*\b(?:when|watch|see|stream\w*|buy|rent|out|releas\w*|open\w*|availab\w*|cinemas?|theat(?:er|re)s?)\b/iu;
/** What somebody has may decide an answer, and so does what they say they mean. */
const DECIDES =
  /\b(?:(?:i|we|my \w+)(?: only| just| already)? (?:use|own|pay for|subscribe|(?:got|have)(?! (?:seen|watched|only|a|an|the|my|to|into|in|been|never|not|just|already|one|some|tickets|plans)\b))|i mean|i meant|(?:pretend|imagine|suppose|assume|back (?:in|to)|as of|asked)\b.*\b(?:19|20)\d\d|(?:i'm|im|i am) talking about|as in|not the|year olds?|\d+ ?yo|kids?|son|daughter|child|children)\b/iu;
/** Somebody speaks of themselves and theirs. */
const PERSONAL =
  /\b(i|im|i'm|ive|i've|id|i'd|ill|i'll|my|me|mine|we|we're|we've|our|us|myself)\b|^\W*(?:just |finally |literally |currently |re-?)*(?:saw|seen|watch(?:ed|ing)|rewatch(?:ed|ing)|finish(?:ed|ing)|binged?|binging|lov(?:e|ed|ing)|went|got|came|been|googled|searched|tried|checked|asked|planning|going|hoping|looking (?:forward|everywhere)|hyped|excited|(?:cant|can't|couldnt|couldn't|cannot) (?:find|believe|remember|wait|sleep))\b/iu;
/** A sentence that says something: a name alone says what a question is about. */
const VERB =
  /\b(is|are|was|were|isnt|isn't|wasnt|wasn't|will|wont|won't|would|has|have|had|looks?|looked|seems?|loves?|hates?|says?|said|thinks?|knows?|needs?|wants?|makes?|went|came|rocks|rules|slaps|deserves?|should|can|cant|can't|could|did|does|do|dont|don't|that's|thats|it's|he's|she's|there's|theres|stole|took|gave|got|gets|left|broke|won|lost|felt|kept|blew|beat|\w{3,}ed)\b/iu;
const OPINION =
  /\b(best|\w{3,}est|great|crazy|wild|fun|lit|good|awesome|amazing|love|loved|missed|insane|favou?rite|cool|sick|goated|peak|masterpiece|underrated|overrated|sucks|rip|legend|badass|banger|incredible|fantastic|perfect)\b/iu;
/** What somebody watched or heard of may be what "it" is. */
const WATCHED_OR_HEARD =
  /\b(?:saw|seen|watch(?:ed|ing)|rewatch(?:ed|ing)|finish(?:ed|ing)|binged?|heard|hear|read|told|love|loved|excited|hyped|waiting)\b/iu;
const HEARD = /\b(?:heard|hear|read|told|says?|thinks?|apparently|rumou?r)\b/iu;
/** Words that point at something said before. */
const POINTING =
  /\b(it|its|he|hes|he's|she|shes|she's|they|him|her|them|his|their|that|this|those|these|one)\b/iu;
/** Words of a question that ask for nothing by themselves: "who is he", "is that true", "how come". */
const EMPTY =
  /\b(who|whos|what|whats|when|where|why|how|which|is|are|was|were|do|does|did|has|have|can|could|will|would|it|its|he|she|they|him|her|them|his|their|that|this|those|these|one|the|a|an|of|to|in|on|so|and|or|but|then|come|true|right|correct|real|called|call|mean|means|about|again|really|even|happen|happened|be|been|s|u|you|i|me|we|think|know|exactly|for|not|there|any)\b/giu;
/** Somebody tells of themselves: "i cried when the dog died". Not: "i forgot who plays eve". */
const TELLS =
  /^\W*(?:so |and |but |because )?(?:i|im|i'm|ive|i've|we|me and|my \w+)\b(?!.*\b(?:know|wonder\w*|remember|forg[eo]t\w*|ask\w*|tell|sure|idea|curious|confused|understand|find|figure|want|wanna|need|looking|question)\b)/iu;
/** Clauses with a question word that ask nothing where another one does: "when i saw it", "what a movie", "that's why". */
const ASKS_LITTLE =
  /^\W*(?:so |and |but )?(?:when(?:ever)? (?:i|we|my|they)\b|what an? \w|how (?:cool|great|good|nice|sad|awesome|amazing)\b(?! (?:is|was|are|were|does|did|do)\b)|(?:can'?t|cannot) wait|(?:do not|don'?t) (?:spoil|judge|worry|hate)|am (?:so|a|really)|had (?:a|so)|any help|would (?:love|appreciate|like)|(?:is|was) (?:so|my|the best|awesome))|\b(?:that'?s|which is|this is|(?:know|knows|knew|care|understands?|see|sees)) (?:exactly )?(?:why|what|how|who|when|where)\b/iu;

/** What joined a question to the remark before it. */
const CONJUNCTION = /^\W*(?:but|so|and|then|because)\s+/iu;

/** "It's raining": about nothing that was named. */
const IMPERSONAL =
  /^\W*(?:it|its|it's|thats|that's|theres|there's|(?:this|that|there) (?:is|was|are|were))\b/iu;

/**
 * Returns a question without the sentences around it that ask nothing: "im a huge fan of keanu.", "thanks in advance". Names in
 * them are not what is asked about. What the question points at is kept: "i heard about a fifth one, when is it out".
 */
export function withoutRemarks(question: string): string {
  const parts = splitAtStops(question);
  if (parts.length < 2) return question;
  const readings = WAYS_TO_ASK.map((asksSo) => parts.map(asksSo));
  const asks = readings.find((reading) => reading.some(Boolean)) ?? [];
  const first = asks.indexOf(true);
  const asked = parts.flatMap(({ text }, at) => (asks[at] ? [text] : [])).join(' ');
  const context = { asked, isEmpty: !/[\p{L}\p{N}]/u.test(asked.replace(EMPTY, '')) };
  const remarks: boolean[] = [];
  for (const [at, part] of parts.entries()) {
    const ends = at === parts.length - 1 || !isWithinSentence(part);
    const isContinued = ends && remarks[at - 1] === true && isWithinSentence(parts[at - 1]);
    remarks.push(!asks[at] && (isContinued || isRemark(part, { ends, isBefore: at < first, ...context })));
  }
  const kept = parts.filter((_, at) => !remarks[at]);
  if (kept.length === parts.length || kept.length === 0) return question;
  const text = kept.map((part) => part.text.trim() + part.stop).join(' ');
  return text.replace(CONJUNCTION, '').trim();
}

/** What makes a part a question, the surest first: where one is in this form, the others need not ask. */
const WAYS_TO_ASK: readonly ((part: Part) => boolean)[] = [
  (part) => asksDirectly(part) && isOwnQuestion(part),
  asksDirectly,
  ({ text }) => INDIRECT_QUESTION.test(text) && !SET_PHRASE.test(text),
  ({ text }) => !SET_PHRASE.test(text) && !PERSONAL.test(text) && !VERB.test(text),
];

const isOwnQuestion = ({ text, stop }: Part) =>
  !SET_PHRASE.test(text) && (stop.includes('?') || !(ASKS_LITTLE.test(text) || TELLS.test(text)));

/** Where a clause is that asks nothing, and what is asked beside it. */
interface Surroundings {
  isBefore: boolean;
  /** Whether a sentence ends with it. */
  ends: boolean;
  asked: string;
  /** Whether the question says nothing by itself: what is beside it is then what it is about. */
  isEmpty: boolean;
}

/** Whether a clause that asks nothing says nothing about what is asked. */
function isRemark({ text }: Part, around: Surroundings): boolean {
  if (SET_PHRASE.test(text)) return true;
  if (around.isEmpty || DECIDES.test(text)) return false;
  if (RESIDENCE.test(text) && ASKS_WHERE_OR_WHEN.test(around.asked)) return false;
  return ASKS_LITTLE.test(text) || isBesideTheQuestion(text, around);
}

/** Whether a clause tells of the one who asks, of an opinion or of something else, and the question does not point at it. */
function isBesideTheQuestion(text: string, { isBefore, ends, asked }: Surroundings): boolean {
  const points = isBefore && POINTING.test(asked);
  if (PERSONAL.test(text)) {
    return !(points && (HEARD.test(text) || (!ends && WATCHED_OR_HEARD.test(text))));
  }
  if (!ends) return OPINION.test(text) ? !points : IMPERSONAL.test(text);
  return OPINION.test(text) || (VERB.test(text) && !points);
}

/** Whether a comma or nothing ends a part: the sentence goes on. */
const isWithinSentence = (part: Part | undefined) => /^[,:;\s]*$/.test(part?.stop ?? '');
