import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** A data file as text. */
export interface DataFile {
  /** Its path as shown to people, from the data folder on: `data/claims/ballerina.json`. */
  file: string;
  text: string;
}

/** A mistake in a data file: where it is, and what to change. */
export interface Problem {
  file: string;
  /** Where in the file: `slots[3].claims[0].known`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** Returns one line for a person: file, path, what is wrong and how to correct it. */
export function problemLine({ file, path, message }: Problem): string {
  return path ? `${file}: ${path}: ${message}` : `${file}: ${message}`;
}

/** Returns the path as text: `['slots', 3, 'claims']` becomes `slots[3].claims`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );
}

/** Parses a data file as JSON. Returns undefined and adds to `problems` if it is not JSON. */
export function parseJsonFile({ file, text }: DataFile, problems: Problem[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `is not JSON: ${reason}. Look for a missing comma, quote or bracket there`;
    problems.push({ file, path: '', message });
    return undefined;
  }
}

/** Returns zod's issues as sentences for people who edit the data. `at` is the path of the checked value in its file. */
export function schemaProblems(file: string, at: readonly PropertyKey[], error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({
    file,
    path: pathText([...at, ...issue.path]),
    message: issueSentence(issue),
  }));
}

function issueSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; add it (${issue.expected})`
        : `must be ${article(issue.expected)}; change its value`;
    case 'unrecognized_keys':
      return `has a field that is not known here: ${quoted(issue.keys)}. Correct its spelling or take it out`;
    case 'invalid_value':
      return `must be one of ${quoted(issue.values.map(String))}; change its value`;
    case 'invalid_union':
      return `is none of the known ones; change its value`;
    default:
      return `${issue.message}; change its value`;
  }
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');

/** Returns ` Did you mean "…"?` if a known id is similar, otherwise an empty string. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const suggestion = closest(wrong, known);
  const isSimilar = distance(wrong, suggestion) <= Math.max(2, wrong.length / 3);
  return isSimilar ? ` Did you mean "${suggestion}"?` : '';
}
