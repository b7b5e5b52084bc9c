import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** A data file as it is on the disk. */
export interface DataFile {
  /** Its path for people, from the data folder on: `data/claims/ballerina.json`. */
  file: string;
  text: string;
}

/** Something wrong in a data file: where it stands, and what to change. */
export interface Problem {
  file: string;
  /** Where in the file: `slots[3].claims[0].known`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** One line for a person: file, path, what is wrong and what to do about it. */
export function problemLine({ file, path, message }: Problem): string {
  return path ? `${file}: ${path}: ${message}` : `${file}: ${message}`;
}

/** `['slots', 3, 'claims']` as `slots[3].claims`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );
}

/** The JSON of a data file. Returns undefined and adds to `problems` where it is not JSON. */
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

/** What zod found, said so that a fan who edits JSON knows what to change. */
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

/** ` Did you mean "…"?` where a known id is near, else nothing. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(wrong, known);
  return distance(wrong, near) <= Math.max(2, wrong.length / 3) ? ` Did you mean "${near}"?` : '';
}
