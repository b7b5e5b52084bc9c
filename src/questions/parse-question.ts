import { clausesOf } from './clauses.ts';
import type { Commonness } from './english-words.ts';
import { findPhrase } from './find-phrase.ts';
import { knownWordsOf, type WordContext } from './known-words.ts';
import { isThing, type Lexicon, OUT_OF_SCOPE, type Phrase, STOP_WORD } from './lexicon.ts';

/** A part of a question, and what it can mean. */
export interface Mention {
  words: readonly string[];
  /** One of these is meant; none for a word that is only a word. */
  meanings: readonly string[];
  kind: 'thing' | 'strict' | 'concept' | 'loose' | 'hint' | 'date' | 'word' | 'unknown' | 'outOfScope';
  /** The words next to it that mean nothing here: the name may be another's ("Rooney Mara"). */
  neighbours?: readonly string[];
  /** What its words mean one by one, for answers that do not know the whole phrase. */
  parts?: readonly Mention[];
  /** It is in a clause that only gives context to the one that asks. */
  isContext?: true;
  /** It says what is not asked for. */
  isNegated?: true;
  /** How common a word is that is only a word; nothing where no such word is known. */
  commonness?: Commonness;
  /** It is also the name of something that is not in the franchise: "Speed". */
  isListed?: true;
  /** What is asked for is of this kind: "which car". */
  isFocus?: true;
}

/** What parsing a question needs to know. */
export interface ParserContext extends WordContext {
  /** The concepts that some answer has; another is a question for what is not known. */
  answered: ReadonlySet<string>;
}

/**
 * Parses a question into mentions, clause by clause: the longest known phrase at each place, typos corrected, stop words left
 * out. Grammar is not looked at: people ask in telegram style too.
 */
export function parseQuestion(question: string, context: ParserContext): Mention[] {
  return clausesOf(question).flatMap(({ text, isContext, isNegated }) => {
    const words = withChapterNumbers(knownWordsOf(text, context));
    const mentions = mentionsIn(words, context, words.length);
    if (isNegated) return mentions.map((mention): Mention => ({ ...mention, isNegated: true }));
    return isContext ? mentions.map((mention): Mention => ({ ...mention, isContext: true })) : mentions;
  });
}

/** Returns the mentions of what is asked: not what is said around it, and not what is negated. */
export function askedMentions(mentions: readonly Mention[]): Mention[] {
  const plain = mentions.filter(({ isNegated }) => !isNegated);
  const isQuestion = plain.filter(({ isContext, kind }) => !isContext && TELLING.has(kind)).length >= 2;
  return isQuestion ? plain.filter(({ isContext }) => !isContext) : plain;
}

/** A clause that asks says at least two of these; otherwise its context is the question: "…, is that right?" */
const TELLING: ReadonlySet<Mention['kind']> = new Set(['thing', 'strict', 'concept', 'loose']);

/** The mentions in a row of words, by phrases of no more than `most` of them. */
function mentionsIn(words: readonly string[], context: ParserContext, most: number): Mention[] {
  const row: (Mention | undefined)[] = [];
  const within: Mention[] = [];
  for (let at = 0; at < words.length; ) {
    const found = findPhrase(words, at, context.lexicon, most);
    const mention = found ? phraseMention(found.phrase, context.lexicon) : wordMention(words, at, context);
    const length = found?.length ?? 1;
    if (found && mention) {
      const parts = partsOf(words.slice(at, at + length), found.phrase, context);
      if (parts.length > 0) mention.parts = parts;
      else within.push(...namesWithin(found.phrase, context.lexicon));
    }
    row.push(mention?.kind === 'hint' && isChapter(words, at) ? { ...mention, kind: 'thing' } : mention);
    at += length;
  }
  const mentions = row.flatMap((mention, at) =>
    mention ? [withNeighbours(mention, row[at - 1], row[at + 1])] : [],
  );
  return [...mentions, ...within];
}

/** A name of one word, with the words next to it that mean nothing here. */
function withNeighbours(mention: Mention, before: Mention | undefined, after: Mention | undefined): Mention {
  if (mention.kind !== 'thing' || mention.words.length > 1) return mention;
  const neighbours = [before, after].flatMap((next) =>
    (next?.kind === 'unknown' && next.commonness === undefined) || next?.kind === 'word' ? next.words : [],
  );
  return neighbours.length > 0 ? { ...mention, neighbours } : mention;
}

/** What the words of a phrase mean by themselves. A name is not taken apart. */
function partsOf(words: readonly string[], { meanings }: Phrase, context: ParserContext): Mention[] {
  const isWhole = (meaning: string) =>
    isThing(meaning) || INDIVISIBLE.has(meaning) || !context.answered.has(meaning);
  if (words.length < 2 || meanings.some(isWhole)) return [];
  return mentionsIn(words, context, words.length - 1);
}

const INDIVISIBLE: ReadonlySet<string> = new Set(['franchise', STOP_WORD, OUT_OF_SCOPE]);

/** The names within a phrase that means something else: "what happened to Lance Reddick" asks for a cause, and of him. */
function namesWithin({ words, meanings }: Phrase, lexicon: Lexicon): Mention[] {
  if (words.length < 2 || meanings.some((meaning) => isThing(meaning) || meaning === 'franchise')) return [];
  return words.flatMap((_, at): Mention[] => {
    const isNameHere = (phrase: Phrase) =>
      phrase.meanings.some(isThing) && phrase.words.every((word, index) => words[at + index] === word);
    const name = lexicon.phrases.get(words[at] ?? '')?.find(isNameHere);
    const isVague = name?.words.every((word) => VAGUE.test(word)) ?? true;
    return name && !isVague ? [{ words: name.words, meanings: name.meanings, kind: 'hint' }] : [];
  });
}

function phraseMention({ words, meanings }: Phrase, lexicon: Lexicon): Mention | undefined {
  if (meanings[0] === STOP_WORD) return undefined;
  if (meanings.includes(OUT_OF_SCOPE)) return { words, meanings: [], kind: 'outOfScope' };
  return { words, meanings, kind: kindOf(words, meanings, lexicon) };
}

function kindOf(words: readonly string[], meanings: readonly string[], { force }: Lexicon): Mention['kind'] {
  // "it", "3": who reads on knows what is meant, but nothing depends on it.
  if (words.every((word) => VAGUE.test(word))) return 'hint';
  if (meanings.some(isThing)) return 'thing';
  if (meanings.every((meaning) => force.get(meaning) === 'strict')) return 'strict';
  if (meanings.some((meaning) => (force.get(meaning) ?? 'strict') === 'strict')) return 'concept';
  return meanings.some((meaning) => force.get(meaning) === 'loose') ? 'loose' : 'hint';
}

/** A year or month: people add them from memory, and not always the right ones. */
const DATE =
  /^(20[12]\d|januari|februari|march|april|may|jun|june|juli|august|september|october|november|december)$/;

const VAGUE = /^(\d|it|this)$/;

/** The words with which one asks for a thing of a kind. */
const ASKS_KIND = /^(what|which|whose|mani|who|how|much)$/;
/** What may stand between them and the kind. */
const BETWEEN =
  /^(is|are|was|were|wa|do|doe|did|kind|type|sort|of|that|this|these|those|exact|exactli|other|plai|voic|plays|direct|mani|much)$/;
/** Words after which a noun has ended. */
const ENDS_NOUN =
  /^(in|of|at|on|for|from|to|with|is|are|was|were|wa|do|doe|did|ha|have|had|can|could|will|would|that|who|by|and|or|like|again|call|name|end|use|about|here|there|then|it|he|she|they|john|wick|ballerina|ev|keanu|ana)$/;

/** "What car does he drive", "who is the elder in 3": whether a word says what is asked for. */
function isFocus(words: readonly string[], at: number, isKnownAt: (at: number) => boolean): boolean {
  const next = words[at + 1];
  if (next !== undefined && !ENDS_NOUN.test(next) && isKnownAt(at + 1)) return false;
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
  const commonness = english.stems.get(word);
  const isKnownAt = (place: number) => lexicon.words.has(words[place] ?? '') || inFacts(words[place] ?? '');
  return {
    words: [word],
    meanings: [],
    kind,
    ...(commonness && { commonness }),
    ...(lexicon.otherNames.has(word) && { isListed: true as const }),
    ...(kind === 'unknown' && isFocus(words, at, isKnownAt) && { isFocus: true as const }),
  };
}

/** What is counted by a number that stands before it. */
const COUNTED =
  /^(month|year|week|dai|day|hour|minut|min|second|movi|film|part|episod|season|percent|million|billion|k|star|peopl|actor|theater|cinema|countri|time|chapter|sequel|spin|spinoff|dollar|mil|mill|m|bn|of|person|player|disc|disk|trailer|script|version|writer|director|producer|compani|game|word|year old|other)$/;
/** What stands before a number that means a chapter: "the end of 4", "from 3 to 4". */
const BEFORE_CHAPTER =
  /^(in|of|after|befor|between|to|and|or|did|doe|do|is|was|wa|for|from|during|than|versu|wick|john|until|since|watch|saw|seen|see|about|with|at|on|number|after|mean)$/;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const BEFORE_ORDINAL =
  /^(in|of|after|befor|between|to|and|or|for|from|during|than|versu|until|since|watch|saw|seen|about|with)$/;
const AFTER_ORDINAL =
  /^(and|or|to|than|is|are|wa|were|do|doe|did|have|ha|come|came|end|start|begin|make|made|take|happen|out|in|on|at|for|with|yet|compar|but)$/;

/** Puts numbers for chapters that are called by them alone: "kills in the fourth", "between the third and the fourth". */
const withChapterNumbers = (words: readonly string[]): string[] =>
  words.map((word, at) => {
    const number = ORDINALS.indexOf(word) + 1;
    const isChapter =
      number > 0 && BEFORE_ORDINAL.test(words[at - 1] ?? '') && AFTER_ORDINAL.test(words[at + 1] ?? 'is');
    return isChapter ? String(number) : word;
  });

/** Whether a number stands for a chapter. */
function isChapter(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (!/^[1-5]$/.test(word) || COUNTED.test(words[at + 1] ?? '')) return false;
  return (
    BEFORE_CHAPTER.test(words[at - 1] ?? '') ||
    (/^(to|and|or|versu)$/.test(words[at + 1] ?? '') && /^[1-5]$/.test(words[at + 2] ?? ''))
  );
}
