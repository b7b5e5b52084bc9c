import type { APIApplicationCommand } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../sandbox/control/parse-command-line.ts';

const option = (name: string) => ({ type: 3, name, description: name });
const command = (name: string, options: object[]) =>
  ({ id: '1', type: 1, name, description: name, options }) as unknown as APIApplicationCommand;
const COMMANDS = [
  command('plain', [option('person'), option('as_of'), option('question')]),
  command('bare', []),
  command('tree', [
    { type: 1, name: 'leaf', description: 'x', options: [option('person')] },
    {
      type: 2,
      name: 'branch',
      description: 'x',
      options: [{ type: 1, name: 'twig', description: 'x', options: [option('person')] }],
    },
  ]),
];
const NAMES = ['person', 'as_of', 'question'];

/** Text with spaces and colons, but without an option of the command. */
const value = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text !== '' && !NAMES.some((name) => new RegExp(`(^|\\s)${name}:`).test(text)));

test('option values are parsed as they were written, in their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...NAMES)),
      fc.array(value, { minLength: 3, maxLength: 3 }),
      (names, values) => {
        const given = names.map((name, index) => [name, values[index] ?? ''] as const);
        const line = `/plain ${given.map(([name, text]) => `${name}:${text}`).join(' ')}`;
        expect([...parseCommandLine(line, COMMANDS).values]).toEqual(given);
      },
    ),
  );
});

test('spaces around an option value are ignored', () => {
  fc.assert(
    fc.property(value, fc.stringMatching(/^[ \t\n]{0,3}$/), (text, space) => {
      const line = `/plain person:${space}${text}${space} as_of:2024-01-20`;
      expect(parseCommandLine(line, COMMANDS).values).toEqual(
        new Map([
          ['person', text],
          ['as_of', '2024-01-20'],
        ]),
      );
    }),
  );
});

test('any command line is parsed, or refused with a message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      try {
        parseCommandLine(text, COMMANDS);
      } catch (error) {
        expect((error as Error).message).toMatch(/\S/);
      }
    }),
  );
});

test.each([
  [
    '/plain person:Ana de Armas: the star as_of:2024-01-20',
    { person: 'Ana de Armas: the star', as_of: '2024-01-20' },
  ],
  ['/plain question:who plays x:y? person:', { question: 'who plays x:y?', person: '' }],
  ['/tree leaf person:a', { person: 'a' }],
  ['/tree branch twig person:a b', { person: 'a b' }],
  ['  /bare  ', {}],
])('%s is parsed', (line, given) => {
  expect(Object.fromEntries(parseCommandLine(line, COMMANDS).values)).toEqual(given);
});

test.each([
  ['/nothing', 'Unknown command: /nothing'],
  ['/plain foo:bar', 'Unknown option: foo:bar. Known: person, as_of, question'],
  ['/bare foo', 'Unknown option: foo. This command takes none'],
  ['/plain person:a person:b', 'The option person is given twice'],
  ['/tree', '/tree needs one of: leaf, branch'],
  ['/tree branch leaf', '/tree branch needs one of: twig'],
])('%s is refused', (line, sentence) => {
  expect(() => parseCommandLine(line, COMMANDS)).toThrow(sentence);
});
