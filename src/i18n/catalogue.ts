import { basename } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { type DataFile, type Problem, parseJsonFile, schemaProblems } from '../lib/data-file.ts';
import { argumentsOf } from './message-arguments.ts';
import { createLanguage, type Language, type MessageKey, type Say } from './translator.ts';

/** The catalogues of all languages, `data/messages/<language>.json`. */
export interface Catalogue {
  /** How to speak to a reader of this locale. */
  in(locale: string): Language;
  /** The languages that have a catalogue, English first. */
  languages: readonly string[];
  /** One message without arguments, in a given language: for command descriptions. */
  plain(language: string, key: MessageKey): string;
}

type Files = Record<string, Record<string, string>>;
export type CatalogueResult = { ok: true; catalogue: Catalogue } | { ok: false; problems: Problem[] };

const FALLBACK = 'en';
const catalogueFile = z.record(z.string(), z.string().min(1));

/**
 * Parses the catalogues. English must be there; every other language must have the same keys with the same arguments, so
 * that a translation can never break an answer. Written as ICU MessageFormat.
 */
export function parseCatalogue(files: readonly DataFile[]): CatalogueResult {
  const problems: Problem[] = [];
  const languages: Files = {};
  for (const dataFile of files) {
    const messages = parseFile(dataFile, problems);
    const language = basename(dataFile.file, '.json');
    if (messages) languages[language] = messages;
  }
  const english = languages[FALLBACK];
  if (english) compare(files, languages, english, problems);
  else
    problems.push({
      file: 'data/messages/en.json',
      path: '',
      message: 'is missing; English is the language that is always there',
    });
  if (problems.length > 0 || !english) return { ok: false, problems };
  return { ok: true, catalogue: catalogueOf(languages, english) };
}

function parseFile(dataFile: DataFile, problems: Problem[]): Record<string, string> | undefined {
  const json = parseJsonFile(dataFile, problems);
  if (json === undefined) return undefined;
  const result = catalogueFile.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  problems.push(...schemaProblems(dataFile.file, [], result.error));
  return undefined;
}

function compare(
  files: readonly DataFile[],
  languages: Files,
  english: Record<string, string>,
  problems: Problem[],
): void {
  const given = new Map(Object.entries(english).map(([key, message]) => [key, argumentsOf(message)]));
  for (const [language, messages] of Object.entries(languages)) {
    const file =
      files.find((one) => one.file.endsWith(`${language}.json`))?.file ?? `data/messages/${language}.json`;
    for (const [key, message] of Object.entries(messages)) {
      const expected = given.get(key);
      const own = expected && messages === english ? expected : argumentsOf(message);
      if (!own.ok)
        problems.push({ file, path: key, message: `is not a message: ${own.reason}; correct its braces` });
      if (!expected) {
        problems.push({
          file,
          path: key,
          message: 'is not a key of the English catalogue; correct it or take it out',
        });
      } else if (own.ok && expected.ok) {
        const extra = Object.keys(own.args).filter((name) => !(name in expected.args));
        if (extra.length > 0)
          problems.push({
            file,
            path: key,
            message: `uses {${extra.join('}, {')}}, which it is not given; use only {${Object.keys(expected.args).join('}, {')}}`,
          });
      }
    }
    for (const key of Object.keys(english)) {
      if (!(key in messages))
        problems.push({ file, path: key, message: 'is missing; translate it from the English catalogue' });
    }
  }
}

function catalogueOf(languages: Files, english: Record<string, string>): Catalogue {
  const spoken = new Map<string, Language>();
  const words = (locale: string) =>
    [locale, locale.split('-')[0] ?? ''].find((one) => Object.hasOwn(languages, one)) ?? FALLBACK;

  return {
    languages: [FALLBACK, ...Object.keys(languages).filter((one) => one !== FALLBACK)],
    plain: (language, key) => languages[language]?.[key] ?? english[key] ?? key,
    in(locale) {
      // Discord's locales are canonical already: what was spoken before is found at once.
      const tag = spoken.has(locale) ? locale : safeLocale(locale);
      const known = spoken.get(tag);
      if (known) return known;
      const language = words(tag);
      const made = createLanguage(tag, language, sayIn(language, tag, languages[language] ?? english));
      spoken.set(tag, made);
      return made;
    },
  };
}

/** A message is compiled when it is first said. Plurals follow the words' language, numbers in it the reader's locale. */
function sayIn(language: string, locale: string, messages: Record<string, string>): Say {
  const compiled = new Map<string, IntlMessageFormat>();
  const sameLanguage = locale.split('-')[0] === language.split('-')[0];
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

function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}
