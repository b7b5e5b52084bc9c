import { readFileSync } from 'node:fs';
import { type Catalogue, parseCatalogue } from '../../src/i18n/catalogue.ts';
import { type Problem, problemLine } from '../../src/lib/data-file.ts';

type Messages = Record<string, string>;

export const english: Messages = JSON.parse(readFileSync('data/messages/en.json', 'utf8'));

/** The catalogues of these languages, as if each were a file of data. */
function parsed(languages: Record<string, Messages>) {
  return parseCatalogue(
    Object.entries(languages).map(([language, messages]) => ({
      file: `data/messages/${language}.json`,
      text: JSON.stringify(messages),
    })),
  );
}

export function catalogueOf(languages: Record<string, Messages>): Catalogue {
  const result = parsed(languages);
  if (!result.ok) throw new Error(result.problems.map(problemLine).join('\n'));
  return result.catalogue;
}

export function problemsOf(languages: Record<string, Messages>): Problem[] {
  const result = parsed(languages);
  return result.ok ? [] : result.problems;
}

/** A second language made of the first: every message is marked, some are given. */
export function translated(given: Messages = {}): Messages {
  const marked = Object.entries(english).map(([key, message]) => [key, `¤ ${message}`]);
  return { ...Object.fromEntries(marked), ...given };
}
