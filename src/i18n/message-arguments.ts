import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** What a message must be given: a number for plurals, one of some words for a choice, else text. */
export type ArgumentType = 'number' | 'string' | readonly string[];

/** The arguments of a message, or why it is none. */
export type ArgumentsResult =
  | { ok: true; args: Record<string, ArgumentType> }
  | { ok: false; reason: string };

/** Returns the arguments of an ICU message, by name; the reason where it is none. */
export function argumentsOf(message: string): ArgumentsResult {
  // Most messages are plain text, and all are read at the start.
  if (!/[{}]/.test(message)) return { ok: true, args: {} };
  try {
    const args: Record<string, ArgumentType> = {};
    for (const [name, type] of argumentsIn(parse(message, { ignoreTag: true }))) {
      // A name that is only put in may stand for a number or a choice elsewhere.
      if (type !== 'string' || !(name in args)) args[name] = type;
    }
    return { ok: true, args };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The arguments of the elements of a message in their order, nested ones included. */
function argumentsIn(elements: readonly MessageFormatElement[]): [name: string, type: ArgumentType][] {
  return elements.flatMap((element): [string, ArgumentType][] => {
    switch (element.type) {
      case TYPE.argument:
        return [[element.value, 'string']];
      case TYPE.number:
        return [[element.value, 'number']];
      case TYPE.plural:
        return [[element.value, 'number'], ...argumentsInOptions(element.options)];
      case TYPE.select:
        return [[element.value, choiceType(element.options)], ...argumentsInOptions(element.options)];
      default:
        return [];
    }
  });
}

type ElementOptions = Readonly<Record<string, { value: readonly MessageFormatElement[] }>>;

const argumentsInOptions = (options: ElementOptions) =>
  Object.values(options).flatMap(({ value }) => argumentsIn(value));

/** A choice takes its words; any text where the message has only an `other` to say. */
function choiceType(options: ElementOptions): ArgumentType {
  const words = Object.keys(options);
  return words.includes('other') && words.length === 1 ? 'string' : words;
}

/** Returns the TypeScript that declares every message and its arguments: `src/i18n/messages.generated.ts`. */
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
