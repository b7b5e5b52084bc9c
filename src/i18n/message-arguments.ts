import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** What a message must be given: a number for plurals, one of some words for a choice, else text. */
export type ArgumentType = 'number' | 'string' | readonly string[];
export type ArgumentsResult =
  | { ok: true; args: Record<string, ArgumentType> }
  | { ok: false; reason: string };

/** The arguments of an ICU message, by name. */
export function argumentsOf(message: string): ArgumentsResult {
  // Most messages are plain text, and all are read at the start.
  if (!/[{}]/.test(message)) return { ok: true, args: {} };
  try {
    const args: Record<string, ArgumentType> = {};
    collect(parse(message, { ignoreTag: true }), args);
    return { ok: true, args };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function collect(elements: readonly MessageFormatElement[], args: Record<string, ArgumentType>): void {
  for (const element of elements) {
    if (element.type === TYPE.argument) args[element.value] ??= 'string';
    if (element.type === TYPE.number) args[element.value] = 'number';
    if (element.type === TYPE.plural) {
      args[element.value] = 'number';
      for (const option of Object.values(element.options)) collect(option.value, args);
    }
    if (element.type === TYPE.select) {
      const words = Object.keys(element.options);
      args[element.value] = words.includes('other') && words.length === 1 ? 'string' : words;
      for (const option of Object.values(element.options)) collect(option.value, args);
    }
  }
}

/** The TypeScript that declares every message and its arguments: `src/i18n/messages.generated.ts`. */
export function messageTypes(english: Record<string, string>): string {
  const lines = Object.entries(english)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, message]) => {
      const parsed = argumentsOf(message);
      if (!parsed.ok) throw new Error(`${key}: ${parsed.reason}`);
      const args = Object.entries(parsed.args)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, type]) => `${name}: ${typeText(type)}`);
      const value = args.length > 0 ? `{ ${args.join('; ')} }` : 'Record<never, never>';
      return `  '${key}': ${value};`;
    });
  return [
    '// Made from data/messages/en.json by `npm run messages:types`. Do not edit.',
    '',
    '/** Every message, with the arguments it takes. */',
    'export interface Messages {',
    ...lines,
    '}',
    '',
  ].join('\n');
}

/** A choice by words takes those words, and any other text only where the message has an `other` to say. */
function typeText(type: ArgumentType): string {
  if (typeof type === 'string') return type;
  return type.map((word) => `'${word}'`).join(' | ');
}
