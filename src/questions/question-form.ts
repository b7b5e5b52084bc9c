import { clausesOf } from './clauses.ts';

/** A question that is answered with yes or no. */
export interface YesNoQuestion {
  /** What it asks, in small letters: without greeting, "do you know if" and "right?". */
  text: string;
  /** Whether it asks by what is not so: "is it not on Netflix". "Isn’t it …?" asks by what is so. */
  isNegated: boolean;
  tense: 'past' | 'present' | 'future';
}

/** What may stand before a question without asking. */
const OPENING =
  /^(?:(?:and|but|so|ok|okay|wait|also|well|hey|yo|hi|hello|um+|uh+|hmm+|like|bro|dude|guys|man|pls|please|sorry|actually|quick question|serious question|dumb question|random question|question|just curious|curious|concierge)\b[\s,:!.]*)+/;

/** How a question is put inside another: "do you know if", "is it true that". */
const INDIRECT =
  /^(?:(?:do|does) (?:you|u|anyone|anybody|someone) (?:even |actually |happen to )?know|(?:anyone|anybody) know|(?:can|could|would) (?:you|u|someone|somebody|anyone) (?:please |pls )?(?:tell me|confirm|check|say)|tell me|i(?: was| am|m)? (?:just )?wonder(?:ing)?|(?:just )?wondering|(?:id like|i want|i wanna|would like)(?: to)? know|not sure|any idea|is it (?:true|correct|right|the case|a fact)|is it known)(?: (if|whether|that))?\s+/;

const AUXILIARY =
  'is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|isnt|arent|wasnt|werent|dont|doesnt|didnt|hasnt|havent|cant|couldnt|wont|wouldnt|aint';
const BEGINS_WITH_AUXILIARY = new RegExp(`^(?:${AUXILIARY}|any)\\b`);

/** "My friend says …": what somebody says is asked about, where nothing else is. */
const HEARSAY =
  /^(?:i (?:just )?(?:thought|heard|read|think|believe|assume|saw)|(?:my|a) \w+ (?:says|said|thinks|claims|told me|keeps saying|swears)|(?:people|someone|somebody|they) (?:say|says|said|told me|claim)|apparently|supposedly)(?: that)?\s+/;

/** "Was it Donnie Yen who played Koji" */
const CLEFT = /^(is|was|isnt|wasnt) it (.+?) (?:who|that) /;

/** What turns a sentence into a question at its end: "keanu is in it, right?" */
const TAG =
  /[\s,]+(?:right|correct|true|huh|yeah|yes|innit|isnt it|isnt he|isnt she|wasnt it|doesnt it|or not|or no|or nah|or what|yes or no|y\/n|true or false|though|tho|please|pls|thanks|lol|bro|dude)$/;

/** A clause that is nothing but such an end. */
const ONLY_TAG =
  /^(?:is (?:that|this|it) (?:true|right|correct|so|real)|(?:did|does|is|was|has|will|isnt|didnt|doesnt|wasnt|hasnt) (?:it|he|she|they)|am i right|true or false)$/;

const QUESTION_WORD =
  /\b(?:who|whos|whom|whose|what|whats|when|whens|where|wheres|why|whys|how|hows|which|wat|wut|wen|wich|or)\b/;

const NOT =
  /\b(?:not|never|no|isnt|arent|wasnt|werent|dont|doesnt|didnt|hasnt|havent|cant|couldnt|wont|wouldnt|aint)\b/g;
/** "No longer" and "not only" ask for more than whether. */
const OTHER_NEGATION = /\bno longer\b|\bnot (?:only|just|even|anymore)\b|\b(?:no|not) \w+ more\b/;

const PAST = /^(?:was|were|did|had|wasnt|werent|didnt)\b/;
const FUTURE = /\b(?:will|wont|would|going to|gonna|coming|planned|ever get)\b/;

/** Reads a question as one for yes or no; undefined where it asks for something else, for two things, or for a choice. */
export function parseYesNo(question: string): YesNoQuestion | undefined {
  const clauses = clausesOf(question);
  if (clauses.some(({ isNegated }) => isNegated)) return undefined;
  const own = clauses.filter(({ isContext }) => !isContext).map(({ text }) => plain(text));
  const parts = own.filter((text) => !isTag(text));
  // "It came out in 2024, right?" asks by what comes before the tag.
  const before = clauses.filter(({ isContext }) => isContext).at(-1);
  if (parts.length === 0 && before) parts.push(plain(before.text));
  if (parts.filter(isDirect).length > 1) return undefined;
  // A title may stand before or after what asks: "ballerina, is it on netflix".
  const asking = parts.find(isDirect);
  const text = [...(asking === undefined ? [] : [asking]), ...parts.filter((part) => part !== asking)].join(
    ' ',
  );
  return readText(text, own.some(isTag) || question.includes('?'));
}

const isTag = (text: string) => ONLY_TAG.test(text) || TAG.exec(` ${text}`)?.[0] === ` ${text}`;

/** Reads the words that ask. `isMarked`: it is a question even where it has the form of a statement. */
function readText(whole: string, isMarked: boolean): YesNoQuestion | undefined {
  const tagged = withoutTags(whole);
  const indirect = INDIRECT.exec(tagged);
  const text = (indirect ? tagged.slice(indirect[0].length) : tagged)
    .replace(HEARSAY, '')
    .replace(CLEFT, '$1 $2 ');
  const asks = isDirect(text) || indirect !== null || isMarked || tagged !== whole;
  if (!asks || text === '' || QUESTION_WORD.test(text) || OTHER_NEGATION.test(text)) return undefined;
  // "Isn’t it" expects a yes: only a later "not" turns the question round.
  const negations = (isDirect(text) ? text.replace(/^\w+/, '') : text).match(NOT)?.length ?? 0;
  if (negations > 1) return undefined;
  return { text, isNegated: negations === 1, tense: tenseOf(text) };
}

function tenseOf(text: string): YesNoQuestion['tense'] {
  if (PAST.test(text)) return 'past';
  return FUTURE.test(text) ? 'future' : 'present';
}

const isDirect = (text: string) => BEGINS_WITH_AUXILIARY.test(text);

/** Small letters, one kind of apostrophe left out, and nothing that stands before the question. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/['’`´]/g, '')
    .replace(/[?!.,…]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(OPENING, '');

function withoutTags(text: string): string {
  const shorter = text.replace(TAG, '');
  return shorter === text ? text : withoutTags(shorter);
}
