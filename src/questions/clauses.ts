/** A part of a question between two stops. */
export interface Clause {
  text: string;
  /** Whether it only gives context to the question: why somebody asks, what they saw, whom it annoys. */
  isContext: boolean;
  /** Whether it says what is not asked for: "not the premiere". */
  isNegated: boolean;
}

/** Where one clause ends and the next begins. Commas and brackets too, but not those of numbers. */
const STOPS =
  /[.!?…]+(?=\s|$|["'”’)])|[;:()[\]\n"“”]+|,(?!\d)|\s[-–—]+\s|[—]|\.{2,}|(?<=\?)(?=\w)|\s(?=(?:but|because|cuz|cos|coz|since|so|and|or|cause|though|although)\s(?:i|im|ive|id|my|me|we|our|he|she|they|it|its|is|are|was|were|do|does|did|who|whos|what|whats|when|where|why|how|which|whose|there|that|if|also|like|then)\b)/iu;

const QUESTION_WORD =
  /\b(who|whos|who's|whom|whose|what|whats|what's|when|whens|when's|where|wheres|where's|why|whys|how|hows|how's|howd|which|wich|wat|wut|wen|wich)\b/i;
const VERB_FIRST =
  /^\W*(?:(?:and|or|but|so|ok|okay|wait|yo|hey|hi|hello|um|uh|oh|lol|well|also|pls|please|quick question|question|bro|dude|guys|sorry)\W+)*(is|isnt|isn't|ist|are|arent|aren't|was|wasnt|wasn't|were|do|does|doesnt|doesn't|did|didnt|didn't|can|could|will|would|wont|won't|has|have|hasn't|hasnt|had|should|am|any|anyone|anybody|tell|give|list|explain|name|compare|show|remind|describe|summarize|summarise)\b/i;
const QUESTION_TAG = /\b(right|correct|true|huh|innit|or not|or what|or nah)\s*$/i;
/** What asks without the form of a question. */
export const INDIRECT_QUESTION =
  /\b(wonder|wondering|wanna know|want to know|looking for|need the|need a|tell me|does anyone know|anyone know|do you know|curious|remind me|can you|could you|give me|right$|correct$|true$|is that so)/i;
/** Somebody speaks of themselves and theirs. */
const PERSONAL =
  /\b(i|im|i'm|ive|i've|id|i'd|ill|i'll|my|me|mine|we|we're|our|us|myself|lol|lmao|haha|bro|dude|thanks|thx|please|pls)\b/i;

/** Full stops that end no sentence: "ch. 4", "vs. part 3". */
const ABBREVIATION = /\b(ch|chap|pt|ep|vs|incl|no|nr|vol|approx|mr|mrs|dr|st|etc)\.\s*/gi;

/** The full stop of an initial: "Joel J. Richard". */
const INITIAL = /\b([A-Z])\.\s+(?=[A-Z][a-z])/g;

/** What stands between the parts of a title ends nothing: "John Wick: Chapter 3 – Parabellum". */
const TITLE_STOP = /\b(wick|continental)\s*:\s+|\b(3|three)\s+[-–—]+\s+(?=parabellum)/gi;

/** A clause that only says what is not meant. */
const NEGATION =
  /^\W*(and |but |so )?(not|rather than|instead of|other than|besides)\s+(the|by|a|an|in|on|for|from|just|released|its|his|her|ana|keanu|when|who|where)\b/i;
/** Verbs of two words, of which the second would be taken for another: a show is not to show up. */
const PHRASAL_VERB = /\b(show|pop|turn)(s|ed|ing|n)? up\b/gi;
/** Where somebody lives is only where they ask about. */
const RESIDENCE = /\b(i|im|i'm|we|we're|were|i am|we are)\s+(live|living|based|sitting)?\s*in\b/gi;

/** A clause of at most so many words may be in telegram style, and so belong to the question: "ballerina, hungary". */
const MAX_TELEGRAM_WORDS = 4;

/** Splits a question into clauses. Where none of them asks, none is context. */
export function clausesOf(text: string): Clause[] {
  const parts = splitAtStops(text);
  const direct = parts.map(asksDirectly);
  const asking = direct.some(Boolean) ? direct : parts.map((part) => INDIRECT_QUESTION.test(part.text));
  const someAsk = asking.some(Boolean);
  return parts.map((part, at) => ({
    text: part.text.replace(PHRASAL_VERB, ' appear ').replace(RESIDENCE, ' in '),
    isContext: someAsk && !asking[at] && !isTelegram(part.text),
    isNegated: NEGATION.test(part.text) && parts.length > 1,
  }));
}

/** A text and the stop that ends it. */
export interface Part {
  text: string;
  stop: string;
}

/**
 * Splits a question at its stops; every part has a word. What ends the whole is left out: people end anything with a question
 * mark, or a question with none.
 */
export function splitAtStops(text: string): Part[] {
  const pieces = text
    .replace(/[\s?!.]+$/u, '')
    .replace(ABBREVIATION, '$1 ')
    .replace(INITIAL, '$1 ')
    .replace(TITLE_STOP, '$1$2 ')
    .replace(/(?<=\w)\s+(?=not (?:by|the|released|just|its)\b)/gi, ', ')
    .split(new RegExp(`(${STOPS.source})`, STOPS.flags));
  // Texts and stops take turns: the stops are captured by the expression.
  return pieces
    .flatMap((piece, at) => (at % 2 === 0 ? [{ text: piece, stop: pieces[at + 1] ?? '' }] : []))
    .filter((part) => /[\p{L}\p{N}]/u.test(part.text));
}

/** Whether a part has the form of a question. */
export const asksDirectly = ({ text, stop }: Part) =>
  stop.includes('?') || QUESTION_TAG.test(text) || QUESTION_WORD.test(text) || VERB_FIRST.test(text);

const isTelegram = (text: string) =>
  text.trim().split(/\s+/).length <= MAX_TELEGRAM_WORDS && !PERSONAL.test(text);
