import { expect, test } from 'vitest';
import { argumentsOf, messageTypes } from '../../src/i18n/message-arguments.ts';
import { english } from './support.ts';

test.each([
  ['No argument', {}],
  ['On {date}', { date: 'string' }],
  ['{count, plural, one {one} other {# of {all}}}', { count: 'number', all: 'string' }],
  ['{count, number} more', { count: 'number' }],
  ['{years, selectordinal, one {#st} other {#th}}', { years: 'number' }],
  ['{when, select, today {now} other {{days, number} later}}', { when: ['today', 'other'], days: 'number' }],
  ['{title} and {title}', { title: 'string' }],
  ['<b>{x}</b> is no tag', { x: 'string' }],
])('the arguments of “%s” are found by name', (message, args) => {
  expect(argumentsOf(message)).toEqual({ ok: true, args });
});

test.each(['{', '{a', '{a, plural}', '{a, select, x {y}}', '{a, plural, one {x}}'])(
  '“%s” is refused as a message',
  (message) => {
    expect(argumentsOf(message).ok).toBe(false);
  },
);

test('the generated types declare the arguments of each message', () => {
  const types = messageTypes({
    plain: 'Hello',
    dated: 'On {date}',
    left: '{when, select, ahead {{days, plural, one {# day} other {# days}}} other {gone}}',
  });
  expect(types).toContain("'plain': Record<never, never>;");
  expect(types).toContain("'dated': { date: string };");
  expect(types).toContain("'left': { days: number; when: 'ahead' | 'other' };");
});

test('every message of the real catalogue is valid', () => {
  const broken = Object.entries(english).filter(([, message]) => !argumentsOf(message).ok);
  expect(broken).toEqual([]);
});
