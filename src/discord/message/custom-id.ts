import { z } from 'zod';
import { PARTS } from '../../answers/parts.ts';

/**
 * What a button or modal does: `ask` runs the command with other options, `since` shows what changed since a day, `press` is the
 * command's own button, `submit` its own modal; the others show a part of an answer.
 */
export const VERBS = ['ask', 'since', 'press', 'submit', ...PARTS] as const;
/** One of the verbs. */
export type Verb = (typeof VERBS)[number];

/** A parsed custom id. */
export interface CustomId {
  verb: Verb;
  path: string;
  options: Record<string, string>;
}

/** Buttons of another version are answered with a sentence instead of being misread. */
const VERSION = '1';
const SEPARATOR = '~';

const customIdSchema = z.object({
  version: z.literal(VERSION),
  verb: z.enum(VERBS),
  path: z.string().regex(/^[a-z]+\/[a-z]+$/),
  options: z.record(z.string().regex(/^[a-z_]+$/), z.string()),
});

/** Returns a custom id such as `1~ask~ballerina/cast~person=ana-de-armas`. It holds the whole request: nothing is stored. */
export function formatCustomId(verb: Verb, path: string, options: Record<string, string>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${encode(value)}`);
  return [VERSION, verb, path, ...pairs].join(SEPARATOR);
}

/** `encodeURIComponent` keeps `~`, our separator, and throws on half a surrogate pair. */
const encode = (value: string) => encodeURIComponent(value.toWellFormed()).replaceAll('~', '%7E');

/** Parses a custom id; undefined where it is not the bot's, or of another version. */
export function parseCustomId(id: string): CustomId | undefined {
  const [version, verb, path, ...pairs] = id.split(SEPARATOR);
  const options = Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [name, rest.length === 1 ? safeDecode(rest[0] ?? '') : undefined];
    }),
  );
  const result = customIdSchema.safeParse({ version, verb, path, options });
  return result.success ? result.data : undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
