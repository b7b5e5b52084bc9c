import { expect, test } from 'vitest';
import { parse } from '../../sandbox/page/browser/markdown.ts';
import { stamp } from '../../sandbox/page/browser/stamps.ts';
import { matching, missing, nextRequired, parseLine, typeables } from '../../sandbox/page/browser/suggest.ts';

const option = (name: string, rest: object = {}) => ({ type: 3, name, description: `the ${name}`, ...rest });
const commands = [
  {
    type: 1,
    name: 'film',
    description: 'Films',
    options: [
      { type: 1, name: 'cast', description: 'Who plays', options: [option('person'), option('as_of')] },
      {
        type: 2,
        name: 'watch',
        description: 'Watch',
        options: [
          {
            type: 1,
            name: 'add',
            description: 'One more',
            options: [option('note'), option('title', { required: true })],
          },
        ],
      },
    ],
  },
  { type: 1, name: 'only-here', description: 'Of one server', guild_id: '7' },
  { type: 1, name: 'direct', description: 'In direct messages', contexts: [1] },
  { type: 2, name: 'Look up', description: '' },
] as unknown as Parameters<typeof typeables>[0];

test('every subcommand can be typed, with its required options first', () => {
  const known = typeables(commands, '8', 'en-US');
  expect(known.map(({ path }) => path)).toEqual(['film cast', 'film watch add']);
  expect(known[1]?.options.map(({ name }) => name)).toEqual(['title', 'note']);
  expect(typeables(commands, '7', 'en-US').map(({ path }) => path)).toContain('only-here');
  expect(typeables(commands, null, 'en-US').map(({ path }) => path)).toContain('direct');
});

test('a typed line is split into its command and the values of its options', () => {
  const known = typeables(commands, '8', 'en-US');
  const line = parseLine('/film cast person:Ana: de Armas as_of:2024', known);
  expect(line.given.map(({ option: { name }, value }) => [name, value])).toEqual([
    ['person', 'Ana: de Armas'],
    ['as_of', '2024'],
  ]);
  expect(missing(line)).toEqual([]);
  expect(parseLine('/film ca', known).command).toBeUndefined();
  expect(parseLine('hello', known).query).toBeUndefined();
  expect(nextRequired(parseLine('/film watch add note:x', known))?.name).toBe('title');
  expect(nextRequired(parseLine('/film watch add title:', known))?.name).toBe('title');
  expect(nextRequired(parseLine('/film watch add title:x', known))).toBeUndefined();
});

test('commands are found by their beginning or by any word', () => {
  const known = typeables(commands, '8', 'en-US');
  expect(matching(known, 'film w').map(({ path }) => path)).toEqual(['film watch add']);
  expect(matching(known, 'more').map(({ path }) => path)).toEqual(['film watch add']);
  expect(matching(known, '')).toHaveLength(2);
});

test('the Markdown parser recognizes lists, and spoilers with formatting inside', () => {
  expect(parse('a\n- one\n- **two**\nb').map(({ type }) => type)).toEqual(['text', 'br', 'list', 'text']);
  expect(parse('1. one\n2. two')[0]).toMatchObject({ type: 'list', ordered: true, items: [[{}], [{}]] });
  expect(parse('||a *b*||')[0]).toMatchObject({ type: 'spoiler', content: [{}, { type: 'em' }] });
  expect(parse('10 - 3')).toMatchObject([{ type: 'text' }, { type: 'text' }]);
});

test('time stamps follow the reader’s language, and relative ones follow the clock', () => {
  const at = Date.UTC(2025, 5, 6, 13);
  expect(stamp(at, 'R', 'en-US', at - 86_400_000 * 3)).toBe('in 3 days');
  expect(stamp(at, 'R', 'de', at + 3_600_000)).toBe('vor 1 Stunde');
  expect(stamp(at, 'D', 'en-US', 0)).toBe('June 6, 2025');
});
