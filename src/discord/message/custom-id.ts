import { z } from 'zod';

/**
 * What a button does: ask the command again with these options, tell what changed since, or a step of the command's own. A
 * form that is sent in bears the last.
 */
export const VERBS = ['ask', 'since', 'press', 'submit'] as const;
export type Verb = (typeof VERBS)[number];

/** What a custom id says. */
export interface Pressed {
  verb: Verb;
  path: string;
  options: Record<string, string>;
}

/** Ids of another version are refused with a sentence, not misread. */
const VERSION = '1';
const SEPARATOR = '~';

const pressed = z.object({
  version: z.literal(VERSION),
  verb: z.enum(VERBS),
  path: z.string().regex(/^[a-z]+\/[a-z]+$/),
  options: z.record(z.string().regex(/^[a-z_]+$/), z.string()),
});

/** `1~ask~ballerina/cast~person=ana-de-armas`: what a button asks, in the button itself. Nothing is stored for it. */
export function formatCustomId(verb: Verb, path: string, options: Record<string, string>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${encode(value)}`);
  return [VERSION, verb, path, ...pairs].join(SEPARATOR);
}

/** `~` is left alone by `encodeURIComponent` but separates here; half a character cannot be encoded at all. */
const encode = (value: string) => encodeURIComponent(value.toWellFormed()).replaceAll('~', '%7E');

/** Reads a custom id; undefined where it is not one of ours, or of an older version. */
export function parseCustomId(id: string): Pressed | undefined {
  const [version, verb, path, ...pairs] = id.split(SEPARATOR);
  const options = Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [name, rest.length === 1 ? safeDecode(rest[0] ?? '') : undefined];
    }),
  );
  const result = pressed.safeParse({ version, verb, path, options });
  return result.success ? result.data : undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
