import { basename } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { type ArgumentsResult, argumentsOf } from './message-arguments.ts';
import { createLanguage, isSameLanguage, type Language, type MessageKey, type Say } from './translator.ts';

/** The catalogues of all languages, `data/messages/<language>.json`. */
export interface Catalogue {
  /** How to speak to a reader of this locale. */
  in(locale: string): Language;
  /** The languages that have a catalogue, English first. */
  languages: readonly string[];
  /** One message without arguments, in a given language: for command descriptions. */
  plain(language: string, key: MessageKey): string;
}

/** The messages of a language, by key. */
type Messages = Readonly<Record<string, string>>;

/** The messages of a language, and the file that they are from. */
interface LanguageFile {
  file: string;
  language: string;
  messages: Messages;
}

/** The parsed catalogue, or every mistake in its files. */
export type CatalogueResult = { ok: true; catalogue: Catalogue } | { ok: false; problems: Problem[] };

const FALLBACK = 'en';
const catalogueFile = z.record(z.string(), z.string().min(1));

/**
 * Parses the catalogues. English must be there; every other language must have the same keys with the same arguments, so
 * that a translation can never break an answer. Written as ICU MessageFormat.
 */
export function parseCatalogue(files: readonly DataFile[]): CatalogueResult {
  const problems: Problem[] = [];
  const parsed = files.flatMap((dataFile): LanguageFile[] => {
    const messages = parseFile(dataFile, problems);
    return messages ? [{ file: dataFile.file, language: basename(dataFile.file, '.json'), messages }] : [];
  });
  const english = parsed.find(({ language }) => language === FALLBACK)?.messages;
  if (!english) {
    const message = 'is missing; English is the language that is always there';
    problems.push({ file: 'data/messages/en.json', path: '', message });
    return { ok: false, problems };
  }
  problems.push(...checkTranslations(parsed, english));
  if (problems.length > 0) return { ok: false, problems };
  const languages = Object.fromEntries(parsed.map(({ language, messages }) => [language, messages]));
  return { ok: true, catalogue: createCatalogue(languages, english) };
}

function parseFile(dataFile: DataFile, problems: Problem[]): Messages | undefined {
  const json = parseJsonFile(dataFile, problems);
  if (json === undefined) return undefined;
  const result = catalogueFile.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  problems.push(...schemaProblems(dataFile.file, [], result.error));
  return undefined;
}

/** Compares every language with English: the same keys, and no arguments that English does not have. */
function checkTranslations(files: readonly LanguageFile[], english: Messages): Problem[] {
  const given = new Map(Object.entries(english).map(([key, message]) => [key, argumentsOf(message)]));
  return files.flatMap(({ file, messages }) => [
    ...Object.entries(messages).flatMap(([key, message]) => {
      const expected = given.get(key);
      // English messages are parsed once: all are checked at each start.
      const own = messages === english && expected ? expected : argumentsOf(message);
      return checkArguments(own, expected).map((problem) => ({ file, path: key, message: problem }));
    }),
    ...Object.keys(english)
      .filter((key) => !(key in messages))
      .map((key) => ({ file, path: key, message: 'is missing; translate it from the English catalogue' })),
  ]);
}

/** What is wrong with the arguments of a message, beside those of the English one. */
function checkArguments(own: ArgumentsResult, english: ArgumentsResult | undefined): string[] {
  const problems = own.ok ? [] : [`is not a message: ${own.reason}; correct its braces`];
  if (!english) return [...problems, 'is not a key of the English catalogue; correct it or take it out'];
  if (!own.ok || !english.ok) return problems;
  const extra = Object.keys(own.args).filter((name) => !(name in english.args));
  if (extra.length === 0) return problems;
  const allowed = Object.keys(english.args).join('}, {');
  return [`uses {${extra.join('}, {')}}, which it is not given; use only {${allowed}}`];
}

/** So many locales are kept; Discord has about thirty. */
const MAX_LOCALES = 64;

function createCatalogue(languages: Readonly<Record<string, Messages>>, english: Messages): Catalogue {
  const byLocale = new Map<string, Language>();
  const languageOf = (locale: string) =>
    [locale, locale.split('-')[0] ?? ''].find((language) => Object.hasOwn(languages, language)) ?? FALLBACK;

  return {
    languages: [FALLBACK, ...Object.keys(languages).filter((language) => language !== FALLBACK)],
    plain: (language, key) => languages[language]?.[key] ?? english[key] ?? key,
    in(locale) {
      // Discord's locales are canonical already: one that was asked for before is found at once.
      const tag = byLocale.has(locale) ? locale : canonicalLocale(locale);
      const existing = byLocale.get(tag);
      if (existing) return existing;
      const words = languageOf(tag);
      const language = createLanguage(tag, words, createSay(words, tag, languages[words] ?? english));
      if (byLocale.size >= MAX_LOCALES) byLocale.clear();
      byLocale.set(tag, language);
      return language;
    },
  };
}

/** Creates the function that says messages, each of which is compiled when it is first said. */
function createSay(language: string, locale: string, messages: Messages): Say {
  const compiled = new Map<string, IntlMessageFormat>();
  // Plurals follow the language of the words; numbers follow the reader's locale where it is of that language.
  const sameLanguage = isSameLanguage(locale, language);
  return (key, ...values) => {
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(messages[key] ?? key, sameLanguage ? locale : language, undefined, {
        ignoreTag: true,
      });
      compiled.set(key, format);
    }
    return String(format.format(values[0] as Record<string, string | number> | undefined));
  };
}

/** The locale as `Intl` writes it; American English where it is none. */
function canonicalLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}
