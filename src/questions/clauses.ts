/** A part of a question between its stops. */
export interface Clause {
  text: string;
  /** It only tells what stands around the question: why somebody asks, what they saw, whom it annoys. */
  aside: boolean;
  /** It says what is not asked for: "not the premiere". */
  denied: boolean;
}

/** Where one thing ends to be said and another begins. Commas and brackets too, but not those of numbers. */
const STOPS =
  /[.!?…]+(?=\s|$|["'”’)])|[;:()[\]\n"“”]+|,(?!\d)|\s[-–—]+\s|[—]|\.{2,}|(?<=\?)(?=\w)|\s(?=(?:but|because|cuz|cos|coz|since|so|and|or|cause|though|although)\s(?:i|im|ive|id|my|me|we|our|he|she|they|it|its|is|are|was|were|do|does|did|who|whos|what|whats|when|where|why|how|which|whose|there|that|if|also|like|then)\b)/iu;

const ASKING =
  /\b(who|whos|who's|whom|whose|what|whats|what's|when|whens|when's|where|wheres|where's|why|whys|how|hows|how's|howd|which|wich|wat|wut|wen|wich)\b/i;
const VERB_FIRST =
  /^\W*(?:(?:and|or|but|so|ok|okay|wait|yo|hey|hi|hello|um|uh|oh|lol|well|also|pls|please|quick question|question|bro|dude|guys|sorry)\W+)*(is|isnt|isn't|ist|are|arent|aren't|was|wasnt|wasn't|were|do|does|doesnt|doesn't|did|didnt|didn't|can|could|will|would|wont|won't|has|have|hasn't|hasnt|had|should|am|any|anyone|anybody|tell|give|list|explain|name|compare|show|remind|describe|summarize|summarise)\b/i;
const TAG = /\b(right|correct|true|huh|innit|or not|or what|or nah)\s*$/i;
const WONDERING =
  /\b(wonder|wondering|wanna know|want to know|looking for|need the|need a|tell me|does anyone know|anyone know|do you know|curious|remind me|can you|could you|give me|right$|correct$|true$|is that so)/i;
/** Somebody speaks of themselves and theirs. */
const PERSONAL =
  /\b(i|im|i'm|ive|i've|id|i'd|ill|i'll|my|me|mine|we|we're|our|us|myself|lol|lmao|haha|bro|dude|thanks|thx|please|pls)\b/i;

/** Full stops that end no sentence: "ch. 4", "vs. part 3". */
const ABBREVIATED = /\b(ch|chap|pt|ep|vs|incl|no|nr|vol|approx|mr|mrs|dr|st|etc)\.\s*/gi;

/** The full stop of an initial: "Joel J. Richard". */
const INITIAL = /\b([A-Z])\.\s+(?=[A-Z][a-z])/g;

/** A clause that only says what is not meant. */
const DENIED =
  /^\W*(and |but |so )?(not|rather than|instead of|other than|besides)\s+(the|by|a|an|in|on|for|from|just|released|its|his|her|ana|keanu|when|who|where)\b/i;
/** Verbs of two words, of which the second would be read as another: a show is not to show up. */
const PHRASAL = /\b(show|pop|turn)(s|ed|ing|n)? up\b/gi;
/** Where somebody lives is only where they ask of. */
const LIVING = /\b(i|im|i'm|we|we're|were|i am|we are)\s+(live|living|based|sitting)?\s*in\b/gi;

/** The longest clause that may still be a telegram, and so belong to the question: "ballerina, hungary". */
const TELEGRAM = 4;

/** A question in clauses. Where none of them asks, all are the question. */
export function clausesOf(text: string): Clause[] {
  const parts = text
    .replace(ABBREVIATED, '$1 ')
    .replace(INITIAL, '$1 ')
    .replace(/(?<=\w)\s+(?=not (?:by|the|released|just|its)\b)/gi, ', ')
    .split(new RegExp(`(${STOPS.source})`, STOPS.flags))
    .reduce<{ text: string; stop: string }[]>((list, part, at) => {
      const last = list.at(-1);
      if (at % 2 === 0) list.push({ text: part ?? '', stop: '' });
      else if (last) last.stop = part ?? '';
      return list;
    }, [])
    .filter((one) => /[\p{L}\p{N}]/u.test(one.text));
  const strongly = parts.map(asks);
  const asking = strongly.some(Boolean) ? strongly : parts.map(({ text }) => WONDERING.test(text));
  const someAsks = asking.some(Boolean);
  return parts.map((part, at) => ({
    text: part.text.replace(PHRASAL, ' appear ').replace(LIVING, ' in '),
    aside: someAsks && !asking[at] && !isTelegram(part.text),
    denied: DENIED.test(part.text) && parts.length > 1,
  }));
}

const asks = ({ text, stop }: { text: string; stop: string }) =>
  stop.includes('?') || TAG.test(text) || ASKING.test(text) || VERB_FIRST.test(text);

const isTelegram = (text: string) => text.trim().split(/\s+/).length <= TELEGRAM && !PERSONAL.test(text);
