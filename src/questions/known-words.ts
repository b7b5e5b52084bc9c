import type { English } from './english-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Spelling } from './spelling-correction.ts';
import { ARTICLES, stemOf, typedWords, type Word } from './tokenize.ts';

/** What is known of words. */
export interface WordContext {
  english: English;
  lexicon: Lexicon;
  spelling: Spelling;
  /** Whether the stem occurs in the facts' own sentences. */
  inFacts(word: string): boolean;
}

/** Returns the stems of a text: typos corrected, words that were run together split, words that were split joined. */
export function knownWordsOf(text: string, context: WordContext): string[] {
  const words = typedWords(text).flatMap((word) => correct(word, context));
  return joinSplitWords(words, context.lexicon);
}

/** The word itself where it is known or plain English; else corrected, or split where two were written as one. */
function correct({ typed, stem }: Word, context: WordContext): string[] {
  const { english, lexicon, spelling, inFacts } = context;
  const isKnown = (word: string) => lexicon.words.has(word) || inFacts(word);
  if (isKnown(stem) || english.words.has(typed) || /^\d+$/.test(stem)) return [stem];
  const corrected = spelling(typed);
  const split = splits(typed).find(
    (parts) => parts.every((part) => isWord(part, context)) && parts.some((part) => isKnown(stemOf(part))),
  );
  if (split && (!corrected || corrected.length < typed.length)) return split.map(stemOf);
  if (corrected !== undefined && ARTICLES.has(corrected)) return [];
  return [corrected === undefined ? stem : stemOf(corrected)];
}

/** Whether a part of a word may be a word of its own. */
function isWord(part: string, { english, lexicon }: WordContext): boolean {
  if (part.length <= 2) return TWO_LETTER_WORD.test(part);
  return lexicon.words.has(stemOf(part)) || english.words.get(part) === 'everyday';
}

/** The words of two letters that may have run into another. */
const TWO_LETTER_WORD = /^(is|it|in|to|of|on|do|by|my|he|at|be|so|no|or)$/;

/** "boxoffice" as "box office", "wick4" as "wick 4". */
function splits(word: string): string[][] {
  const found: string[][] = [];
  const digits = /^([a-z]{2,})(\d+)$/.exec(word);
  if (digits?.[1] && digits[2]) found.push([digits[1], digits[2]]);
  for (let at = word.length - 2; at >= 2 && word.length >= 5; at -= 1)
    found.push([word.slice(0, at), word.slice(at)]);
  return found;
}

/** Joins two words that are one of the lexicon: "bal lerina", "block buster". */
function joinSplitWords(words: readonly string[], { words: vocabulary }: Lexicon): string[] {
  const list: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next = ''] = words.slice(at, at + 2);
    const isSplit =
      next !== '' && vocabulary.has(word + next) && !(vocabulary.has(word) && vocabulary.has(next));
    list.push(isSplit ? word + next : word);
    if (isSplit) at += 1;
  }
  return list;
}
