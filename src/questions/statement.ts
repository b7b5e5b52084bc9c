import type { Fact, Facts, Snapshot } from '../facts/snapshot.ts';
import { knownWordsOf, type WordContext } from './known-words.ts';
import { OUT_OF_SCOPE } from './lexicon.ts';
import { type Name, namedThingsIn } from './named-things.ts';
import { type NamedValues, namedValuesIn } from './named-values.ts';
import { parseYesNo, type YesNoQuestion } from './question-form.ts';
import { stemOf, typedWords, type Word } from './tokenize.ts';
import type { ListName } from './vocabulary-schema.ts';

/** A yes-or-no question, taken apart to be compared with the facts of a day. */
export interface Statement extends YesNoQuestion, Pick<NamedValues, 'dates' | 'amounts' | 'ratings'> {
  snapshot: Snapshot;
  facts: Pick<Facts, 'people' | 'titles'>;
  /** The fact or list that was found for it; neither where nothing was found. */
  found: FoundAnswer;
  /** Its own words, as stems: no names, no figures, nothing that carries no meaning. */
  words: readonly string[];
  /** All its words in a row, as stems. */
  row: readonly string[];
  /** The title that it is about. */
  title: string;
  /** The titles that it names. */
  titles: readonly string[];
  persons: readonly string[];
  characters: readonly string[];
  services: readonly Service[];
  /** Names that nothing here has, in small letters: "hans zimmer". */
  strangers: readonly string[];
  regions: readonly string[];
}

/** A streaming service as it was named: its id in the vocabulary, and its words as stems. */
export interface Service {
  id: string;
  words: readonly string[];
}

/** What a question led to: a fact, a list, or nothing. */
export interface FoundAnswer {
  fact?: Fact | undefined;
  list?: ListName;
  /** The title or person of the list; "all" where it has none. */
  of?: string;
}

/** What a question is taken to be about where neither it nor the answer names a title. */
export const HOME = 'ballerina';
/** "It" and the like mean that film. */
export const MEANS_HOME = /\b(?:it|its|this|the (?:movie|film))\b/i;

/** What the judges of a question need to know beside the question. */
export interface StatementContext {
  snapshot: Snapshot;
  facts: Pick<Facts, 'people' | 'titles'>;
  words: WordContext;
  found: FoundAnswer;
}

/** Takes a question for yes or no apart; undefined where it is another kind of question. */
export function parseStatement(question: string, context: StatementContext): Statement | undefined {
  const { snapshot, facts, words, found } = context;
  const form = parseYesNo(question);
  if (!form) return undefined;
  const { rest, ...values } = namedValuesIn(form.text, snapshot.day);
  const things = namedThingsIn(rest, words);
  const subjects = subjectsOf(found.fact);
  // "Does Keanu play John Wick" names a part, "play in John Wick" a title.
  const isPart =
    !/\bin\b/.test(form.text) && /\b(?:play|plays|played|playing|portray|portrays|as)\b/.test(form.text);
  const isIn = /\bin\b/.test(form.text);
  const read = things.names.map((name, at) => {
    const later = things.names.slice(at + 1);
    return readName(name, things.names, { subjects, isPart: isPart || (isIn && later.some(isTitle)) });
  });
  const idsOf = (kind: string) =>
    [...new Set(read.flatMap((ids) => ids.filter((id) => id.startsWith(`${kind}:`)).slice(0, 1)))].map((id) =>
      id.slice(kind.length + 1),
    );
  const titles = idsOf('title');
  if (titles.length === 0 && isAboutAnother(question, subjects, context)) return undefined;
  return {
    ...form,
    ...values,
    snapshot,
    facts,
    found,
    row: knownWordsOf(form.text, words),
    words: things.words.filter((word) => !NEUTRAL.has(word)),
    titles,
    title: titles[0] ?? subjects[0] ?? HOME,
    persons: idsOf('person'),
    characters: idsOf('character'),
    regions: idsOf('region'),
    strangers: strangersIn(rest, words),
    services: things.names.flatMap(({ meanings, words: named }) => {
      const id = meanings.find((meaning) => meaning.startsWith('service:'));
      return id ? [{ id: id.slice('service:'.length), words: named }] : [];
    }),
  };
}

/** Returns the names in a text that are of nobody here: those of others that are listed, and words that are no English. */
function strangersIn(text: string, { english, lexicon, inFacts }: WordContext): string[] {
  const words = typedWords(text);
  const names: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = strangerAt(words, at);
    if (length > 0)
      names.push(
        words
          .slice(at, at + length)
          .map(({ typed }) => typed)
          .join(' '),
      );
    at += Math.max(1, length);
  }
  return names;

  function strangerAt(all: readonly Word[], at: number): number {
    const listed = lexicon.phrases
      .get(all[at]?.stem ?? '')
      ?.find(
        ({ words: phrase, meanings }) =>
          phrase.length > 1 &&
          meanings.includes(OUT_OF_SCOPE) &&
          phrase.every((word, index) => all[at + index]?.stem === word),
      );
    if (listed) return listed.words.length;
    const end = all.findIndex((word, index) => index >= at && !isUnknown(word));
    return (end < 0 ? all.length : end) - at;
  }

  function isUnknown({ typed, stem }: Word): boolean {
    const level = english.words.get(typed);
    const isWord = level === 'everyday' || level === 'common' || /\d/.test(typed);
    return !isWord && !lexicon.words.has(stem) && !inFacts(stem);
  }
}

/** Facts that every title has: found of one that nobody named, they are no answer to "is it". */
const SHARED: ReadonlySet<string> = new Set(['measure', 'rating', 'release', 'credit', 'project', 'story']);

/** Whether what was found is of a title that the question does not name, beside what gives it context. */
function isAboutAnother(
  question: string,
  subjects: readonly string[],
  { words, found }: StatementContext,
): boolean {
  const [subject = HOME] = subjects;
  if (subject === HOME || !SHARED.has(found.fact?.kind ?? '')) return false;
  return !namedThingsIn(question, words).names.some(({ meanings }) => meanings.includes(`title:${subject}`));
}

/** The titles that a fact is about. */
export function subjectsOf(fact: Fact | undefined): string[] {
  if (!fact) return [];
  const { slot } = fact;
  if (slot.kind === 'gap') return [slot.from, slot.to];
  if (slot.kind === 'life' || slot.kind === 'appearance') return [];
  return slot.kind === 'prose' ? [slot.about] : [slot.title];
}

/**
 * Which of its meanings a name has here. "John Wick" and "Caine" are titles and characters: the title where the answer is about
 * it or no other title is named, the character beside another title, and where it is the part that somebody has (`isPart`).
 */
function readName(
  { meanings, words }: Name,
  names: readonly Name[],
  { subjects, isPart }: { subjects: readonly string[]; isPart: boolean },
): string[] {
  const titles = meanings.filter((meaning) => meaning.startsWith('title:'));
  const others = titles
    .map((title) => title.replace('title:', 'character:'))
    .filter((id) => meanings.includes(id));
  if (titles.length === 0) return [...meanings];
  if (others.length === 0) return titles;
  const isSubject = titles.some((title) => subjects.includes(title.slice('title:'.length)));
  const isBesideTitle = names.some((name) => name.words !== words && isTitle(name));
  return !isPart && (isSubject || !isBesideTitle) ? titles : others;
}

const isTitle = ({ meanings }: Name) => meanings.some((meaning) => meaning.startsWith('title:'));

/** Returns what is known of a title as a project. */
export const projectOfTitle = (snapshot: Snapshot, title: string | undefined): Fact<'project'> | undefined =>
  snapshot.of('project', (slot) => slot.title === title)[0];

/** Stems of the words of a line. */
export const stemsOf = (line: string): ReadonlySet<string> => new Set(line.split(' ').map(stemOf));

/** Whether a question has no other words than these: a word that is not understood may change what is asked. */
export const hasOnly = ({ words }: Statement, allowed: ReadonlySet<string>): boolean =>
  words.every((word) => allowed.has(word));

/** Whether a question has any of these words. */
export const hasAny = ({ words }: Statement, some: ReadonlySet<string>): boolean =>
  words.some((word) => some.has(word));

/** Words that do not change what a question asks. */
export const NEUTRAL = stemsOf(
  'something anything somebody someone everyone everybody people is are was were am be been being do does did doing has have had having can could will would shall should gonna going go ' +
    'isnt arent wasnt werent dont doesnt didnt hasnt havent cant couldnt wont wouldnt aint not never no any anyone ' +
    'it its this that there here they them he she him her his i we you u me us my our your one in on at to of by from for with ' +
    'into as movie film flick picture feature actually really even ever yet already now currently also too indeed definitely ' +
    'officially truly just then so and please know that true franchise series universe world',
);
