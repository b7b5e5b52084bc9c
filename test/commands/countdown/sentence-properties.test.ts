import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentence } from '../../../commands/countdown/look-options.ts';
import type { Occurrence } from '../../../src/countdown/occurrence.ts';
import { LIMITS } from '../../../src/discord/message/limits.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { HOSTILE } from '../../countdown/hostile.ts';
import { countdownOf } from '../../countdown/plans.ts';
import { at } from './support.ts';

const { facts, catalogue } = loadData('data');
const ROLE = '100000000000000002';
const now = at('2026-12-23T20:00:00Z');
const view = { facts, snapshot: facts.asOf('2026-12-23'), language: catalogue.in('en-US'), spoilers: false };

const PIECES = fc.constantFrom(
  '{days}',
  '{date}',
  '{title}',
  '@everyone',
  '@here',
  '<@100000000000000001>',
  '<@!100000000000000001>',
  '<@&100000000000000003>',
  `<@&${ROLE}>`,
  '<#100000000000000001>',
  '<:wick:100000000000000001>',
  '<<@100000000000000001>',
  '<:<@100000000000000001>',
  '[a](https://x.example)',
  '\\',
  '`',
  '**',
  '||',
  '# ',
  'text ',
);
const SENTENCES = fc.oneof(
  HOSTILE,
  fc.array(fc.oneof(PIECES, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join('')),
);
const TITLES = fc.oneof(
  fc.constantFrom('Party', '*'.repeat(80), '@everyone', '<@&100000000000000003>'),
  fc.string({ minLength: 1, maxLength: 80 }),
);
/** A day ahead, two hours ahead of a start, and the day itself. */
const OCCURRENCES: readonly Omit<Occurrence, 'key' | 'kind' | 'was' | 'due'>[] = [
  { date: '2026-12-24', daysBefore: 1 },
  {
    date: '2026-12-23',
    daysBefore: 0,
    minutesBefore: 120,
    start: { time: '22:00', at: now.add({ hours: 2 }) },
  },
  { date: '2026-12-23', daysBefore: 0 },
];

test('no sentence that can be stored pings anyone, hides a link or exceeds Discord’s limit', () => {
  let used = 0;
  fc.assert(
    fc.property(SENTENCES, TITLES, (typed, title) => {
      const parsed = sentence.schema.safeParse(typed);
      if (!parsed.success || parsed.data === undefined) return;
      used += 1;
      for (const given of OCCURRENCES) {
        const own = { title, date: given.date, ...(given.start && { time: given.start.time }) };
        const countdown = countdownOf({ release: 'own', own, sentence: parsed.data, roleId: ROLE });
        const occurrence = { ...given, key: 'x/y', kind: 'milestone', due: now, was: null } as const;
        const { body, picture } = createPost(view, countdown, occurrence, 'nonce', now);
        expect(body.allowed_mentions).toEqual({ parse: [], roles: [ROLE] });
        expect(body.content.length).toBeLessThan(LIMITS.content);
        expect(body.content.split('\n')).toHaveLength(1);
        const bare = body.content.slice(`<@&${ROLE}> `.length).replace(/\\./gsu, '');
        expect(bare).not.toMatch(/[@[\]`]|<(?!t:\d|#\d|a?:\w)/);
        const { sentence: _, ...usual } = countdown;
        expect(picture).toEqual(createPost(view, usual, occurrence, 'nonce', now).picture);
      }
    }),
    { numRuns: 1000 },
  );
  expect(used).toBeGreaterThan(200);
});

test.each([
  ['a'.repeat(200), true],
  ['a'.repeat(201), false],
  ['{title}'.repeat(5), true],
  ['{title}'.repeat(6), false],
])('the longest sentences: %s', (typed, isAccepted) => {
  expect(sentence.schema.safeParse(typed).success).toBe(isAccepted);
});

test.each(['milestone', 'anniversary', 'moved', 'dated'] as const)(
  'a %s of a release has the colour of the countdown, and its sentence where it is no notice',
  (kind) => {
    const countdown = countdownOf({
      release: 'ballerina/release/theatrical/us',
      anniversary: kind === 'anniversary',
      sentence: 'Only {days} until {title}',
      colour: '#ff0000',
    });
    const occurrence = { key: 'x/y', kind, due: now, date: '2026-12-30', daysBefore: 7, was: null };
    const { body, picture } = createPost(view, countdown, occurrence, 'nonce', now);
    expect(picture?.accent).toBe('#ff0000');
    const isNotice = kind === 'moved' || kind === 'dated';
    expect(body.content.startsWith('Only 7 days until Ballerina')).toBe(!isNotice);
  },
);
