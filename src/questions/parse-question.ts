import { clausesOf } from './clauses.ts';
import type { Commonness, English } from './english-words.ts';
import { isThing, type Lexicon, OUT_OF_SCOPE, type Phrase, STOP_WORD } from './lexicon.ts';
import type { Spelling } from './spelling-correction.ts';
import { ARTICLES, stemOf, typedWords, type Word } from './tokenize.ts';

/** A part of a question, and what it can mean. */
export interface Mention {
  words: readonly string[];
  /** One of these is meant; none for a word that is only a word. */
  means: readonly string[];
  kind: 'thing' | 'strict' | 'concept' | 'loose' | 'hint' | 'date' | 'word' | 'unknown' | 'elsewhere';
  /** The words beside it that say nothing by themselves here: the name may be another's ("Rooney Mara"). */
  beside?: readonly string[];
  /** What its words say one by one, for answers that know nothing of the whole. */
  inner?: readonly Mention[];
  /** It stands in a clause that asks nothing, beside one that asks. */
  aside?: true;
  /** It says what is not asked for. */
  denied?: true;
  /** How common a word is that is only a word; nothing where no such word is known. */
  common?: Commonness;
  /** What is asked for is of this kind: "which car". */
  focus?: true;
}

/** What parsing a question needs to know. */
export interface ParserContext {
  english: English;
  lexicon: Lexicon;
  spelling: Spelling;
  /** The concepts that some answer has; another is a question for what is not known. */
  answered: ReadonlySet<string>;
  /** Whether the word stands in the facts' own sentences. */
  inFacts(word: string): boolean;
}

/**
 * Reads a question into mentions, clause by clause: the longest known phrase at each place, typos mended, fillers left out.
 * Grammar is not looked at: people ask in telegram style too.
 */
export function parseQuestion(text: string, context: ParserContext): Mention[] {
  return clausesOf(text).flatMap(({ text, aside, denied }) => {
    const mentions = readClause(text, context);
    if (denied) return mentions.map((one): Mention => ({ ...one, denied: true }));
    return aside ? mentions.map((one): Mention => ({ ...one, aside: true })) : mentions;
  });
}

function readClause(text: string, context: ParserContext): Mention[] {
  const words = joined(
    typedWords(text).flatMap((word) => known(word, context)),
    context,
  );
  return readWords(words, context, words.length);
}

/** The mentions in a row of words, by phrases of no more than so many of them. */
function readWords(words: readonly string[], context: ParserContext, most: number): Mention[] {
  const parts: (Mention | undefined)[] = [];
  const within: Mention[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longest(words, at, context.lexicon, most);
    const mention = found ? mentionOf(found.phrase, context.lexicon) : wordMention(words, at, context);
    const length = found?.length ?? 1;
    if (found && mention) {
      const inner = looseReading(words.slice(at, at + length), found.phrase, context);
      if (inner.length > 0) mention.inner = inner;
      else within.push(...namesWithin(found.phrase, context.lexicon));
    }
    parts.push(mention?.kind === 'hint' && isChapter(words, at) ? { ...mention, kind: 'thing' } : mention);
    at += length;
  }
  const mentions = parts.flatMap((part, at) => {
    if (!part) return [];
    if (part.kind !== 'thing' || part.words.length > 1) return [part];
    const beside = [parts[at - 1], parts[at + 1]].flatMap((one) =>
      (one?.kind === 'unknown' && one.common === undefined) || one?.kind === 'word' ? one.words : [],
    );
    return [beside.length > 0 ? { ...part, beside } : part];
  });
  return [...mentions, ...within];
}

/** What the words of a phrase say by themselves. A name is not taken apart. */
function looseReading(words: readonly string[], { means }: Phrase, context: ParserContext): Mention[] {
  const isWhole = (one: string) => isThing(one) || NEVER_APART.has(one) || !context.answered.has(one);
  if (words.length < 2 || means.some(isWhole)) return [];
  return readWords(words, context, words.length - 1);
}

const NEVER_APART: ReadonlySet<string> = new Set(['franchise', STOP_WORD, OUT_OF_SCOPE]);

/** The names within a phrase that means something else: "what happened to Lance Reddick" asks for a cause, and of him. */
function namesWithin({ words, means }: Phrase, lexicon: Lexicon): Mention[] {
  if (words.length < 2 || means.some((one) => isThing(one) || one === 'franchise')) return [];
  return words.flatMap((_, at): Mention[] => {
    const name = lexicon.phrases
      .get(words[at] ?? '')
      ?.find(
        (one) => one.means.some(isThing) && one.words.every((word, index) => words[at + index] === word),
      );
    const isVague = name?.words.every((word) => VAGUE.test(word)) ?? true;
    return name && !isVague ? [{ words: name.words, means: name.means, kind: 'hint' }] : [];
  });
}

/** The word itself where it is known or plain English, mended where it is misspelt, split where two were written as one. */
function known({ typed, stem }: Word, { english, lexicon, spelling, inFacts }: ParserContext): string[] {
  const isOurs = (one: string) => lexicon.words.has(one) || inFacts(one);
  if (isOurs(stem) || english.words.has(typed) || /^\d+$/.test(stem)) return [stem];
  const mended = spelling(typed);
  const split = splits(typed).find(
    (parts) => parts.every(isWord) && parts.some((one) => isOurs(stemOf(one))),
  );
  if (split && (!mended || mended.length < typed.length)) return split.map(stemOf);
  if (mended !== undefined && ARTICLES.has(mended)) return [];
  return [mended === undefined ? stem : stemOf(mended)];

  function isWord(part: string) {
    return (
      (part.length > 2 && lexicon.words.has(stemOf(part))) ||
      (part.length > 2 ? english.words.get(part) === 'everyday' : TINY.test(part))
    );
  }
}

/** The words of two letters that may have run into another. */
const TINY = /^(is|it|in|to|of|on|do|by|my|he|at|be|so|no|or)$/;

/** "boxoffice" as "box office", "wick4" as "wick 4". */
function splits(word: string): string[][] {
  const found: string[][] = [];
  const digits = /^([a-z]{2,})(\d+)$/.exec(word);
  if (digits?.[1] && digits[2]) found.push([digits[1], digits[2]]);
  for (let at = word.length - 2; at >= 2 && word.length >= 5; at -= 1)
    found.push([word.slice(0, at), word.slice(at)]);
  return found;
}

/** Two words that are one of ours: "bal lerina", "block buster". */
function joined(words: readonly string[], { lexicon }: ParserContext): string[] {
  const list: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [one = '', next = ''] = words.slice(at, at + 2);
    const isOne =
      next !== '' && lexicon.words.has(one + next) && !(lexicon.words.has(one) && lexicon.words.has(next));
    list.push(isOne ? one + next : one);
    if (isOne) at += 1;
  }
  return list;
}

/** The longest phrase that begins here; words that carry nothing may stand within it ("first ever trailer"). */
function longest(words: readonly string[], at: number, lexicon: Lexicon, most: number) {
  for (const phrase of lexicon.phrases.get(words[at] ?? '') ?? []) {
    const length = reach(phrase, words, at, lexicon.stopWords);
    if (length === 0 || length > most) continue;
    const isName = phrase.means.some(isThing);
    if (isName || !cutsName(words, at, length, lexicon)) return { phrase, length };
  }
  return undefined;
}

/** Whether a phrase would end within a name: "set after John" in "set after John Wick 4". */
function cutsName(words: readonly string[], from: number, length: number, lexicon: Lexicon): boolean {
  for (let at = from + 1; at < from + length; at += 1) {
    const crossing = lexicon.phrases
      .get(words[at] ?? '')
      ?.some(
        (phrase) =>
          at + phrase.words.length > from + length &&
          phrase.means.some(isThing) &&
          reach(phrase, words, at, lexicon.stopWords) > 0,
      );
    if (crossing) return true;
  }
  return false;
}

/** How many words a phrase takes up from here, fillers within it included; 0 where it does not stand here. */
function reach(phrase: Phrase, words: readonly string[], from: number, fillers: ReadonlySet<string>): number {
  let at = from;
  for (const word of phrase.words) {
    while (!phrase.tight && at > from && words[at] !== word && fillers.has(words[at] ?? '')) at += 1;
    if (words[at] !== word) return 0;
    at += 1;
  }
  return at - from;
}

function mentionOf({ words, means }: Phrase, lexicon: Lexicon): Mention | undefined {
  if (means[0] === STOP_WORD) return undefined;
  if (means.includes(OUT_OF_SCOPE)) return { words, means: [], kind: 'elsewhere' };
  return { words, means, kind: kindOf(words, means, lexicon) };
}

function kindOf(words: readonly string[], means: readonly string[], { force }: Lexicon): Mention['kind'] {
  // "it", "3": who reads on knows what is meant, but nothing hangs on it.
  if (words.every((word) => VAGUE.test(word))) return 'hint';
  if (means.some(isThing)) return 'thing';
  if (means.every((one) => force.get(one) === 'strict')) return 'strict';
  if (means.some((one) => (force.get(one) ?? 'strict') === 'strict')) return 'concept';
  return means.some((one) => force.get(one) === 'loose') ? 'loose' : 'hint';
}

/** A year or month: people add them from memory, and not always the right ones. */
const DATE =
  /^(20[12]\d|januari|februari|march|april|may|jun|june|juli|august|september|october|november|december)$/;

const VAGUE = /^(\d|it|this)$/;

/** The words with which one asks for a thing of a kind. */
const ASKS_KIND = /^(what|which|whose|mani|who|how|much)$/;
/** What may stand between them and it. */
const BETWEEN =
  /^(is|are|was|were|wa|do|doe|did|kind|type|sort|of|that|this|these|those|exact|exactli|other|plai|voic|plays|direct|mani|much)$/;
/** Words after which a noun has ended. */
const ENDS =
  /^(in|of|at|on|for|from|to|with|is|are|was|were|wa|do|doe|did|ha|have|had|can|could|will|would|that|who|by|and|or|like|again|call|name|end|use|about|here|there|then|it|he|she|they|john|wick|ballerina|ev|keanu|ana)$/;

/** "What car does he drive", "who is the elder in 3": the word that says what is asked for is not known here. */
function isFocus(words: readonly string[], at: number, isKnownAt: (at: number) => boolean): boolean {
  const next = words[at + 1];
  if (next !== undefined && !ENDS.test(next) && isKnownAt(at + 1)) return false;
  for (let before = at - 1; before >= Math.max(0, at - 4); before -= 1) {
    if (ASKS_KIND.test(words[before] ?? '')) return true;
    if (!BETWEEN.test(words[before] ?? '') && isKnownAt(before)) return false;
  }
  return false;
}

function wordMention(
  words: readonly string[],
  at: number,
  { english, inFacts, lexicon }: ParserContext,
): Mention {
  const word = words[at] ?? '';
  const kind = DATE.test(word) ? 'date' : inFacts(word) ? 'word' : 'unknown';
  const common = english.stems.get(word);
  const focus =
    kind === 'unknown' &&
    isFocus(words, at, (one) => lexicon.words.has(words[one] ?? '') || inFacts(words[one] ?? ''));
  return {
    words: [word],
    means: [],
    kind,
    ...(common && { common }),
    ...(focus && { focus: true as const }),
  };
}

/** What is counted by a number that stands before it. */
const COUNTED =
  /^(month|year|week|dai|day|hour|minut|min|second|movi|film|part|episod|season|percent|million|billion|k|star|peopl|actor|theater|cinema|countri|time|chapter|sequel|spin|spinoff|dollar|mil|mill|m|bn|of|person|player|disc|disk|trailer|script|version|writer|director|producer|compani|game|word|year old|other)$/;
/** What stands before a number that means a chapter: "the end of 4", "from 3 to 4". */
const LEADS =
  /^(in|of|after|befor|between|to|and|or|did|doe|do|is|was|wa|for|from|during|than|versu|wick|john|until|since|watch|saw|seen|see|about|with|at|on|number|after|mean)$/;

/** Whether a number stands for a chapter. */
function isChapter(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (!/^[1-5]$/.test(word) || COUNTED.test(words[at + 1] ?? '')) return false;
  return (
    LEADS.test(words[at - 1] ?? '') ||
    (/^(to|and|or|versu)$/.test(words[at + 1] ?? '') && /^[1-5]$/.test(words[at + 2] ?? ''))
  );
}
