import { expect, test } from 'vitest';
import { added, botAt, said, temporaryFolder, times } from '../commands/countdown/support.ts';

const START = '2025-06-05T12:00:00Z';
const END = '2025-06-06T20:00:00Z';
const COUNTDOWN = 'release:ballerina/release/theatrical/us channel:releases time:13:00 milestones:1,0';
const POST = 'POST /channels/*/messages';

test.each([
  ['500 before it took effect', [{ route: POST, does: { status: 500 } }]],
  ['500 three times', [{ route: POST, times: 3, does: { status: 500 } }]],
  ['500 after it took effect', [{ route: POST, does: { status: 500, when: 'after' } }]],
  ['500 after it took effect, twice', [{ route: POST, times: 2, does: { status: 500, when: 'after' } }]],
  ['a reset connection', [{ route: POST, does: { reset: true } }]],
  [
    'a connection that is reset after it took effect',
    [{ route: POST, does: { reset: true, when: 'after' } }],
  ],
  ['an answer that is slow', [{ route: POST, does: { hang: 0.2, when: 'after' } }]],
  ['a rate limit', [{ route: POST, does: { rateLimit: 0.1 } }]],
  ['a global rate limit', [{ route: POST, does: { rateLimit: 0.1, scope: 'global' } }]],
  ['a write limit', [{ route: POST, does: { status: 400, code: 20028 } }]],
  ['a gateway that closes', [{ gateway: { close: 4000 } }]],
  ['a gateway that drops', [{ gateway: 'drop' }]],
  ['a session that is invalid', [{ gateway: { invalidSession: 'resumable' } }]],
  [
    'many of them at random',
    [
      { route: POST, times: 3, chance: 0.5, seed: 7, does: { reset: true, when: 'after' } },
      { route: POST, times: 3, chance: 0.5, seed: 8, does: { status: 503 } },
    ],
  ],
] as const)('%s: each milestone is there exactly once', async (_, rules) => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.faults(rules);
  await sandbox.turn(END);
  expect(await times(sandbox)).toEqual([
    expect.stringMatching(/^2025-06-05T13:0/),
    expect.stringMatching(/^2025-06-06T13:0/),
  ]);
});

test('a post that is due during an outage of Discord is made once, after it', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, COUNTDOWN);
  await sandbox.faults([{ route: POST, times: 'always', does: { status: 503 } }]);
  await sandbox.turn('2025-06-05T18:00:00Z');
  await sandbox.faults([]);
  await sandbox.turn(END);
  const [first, ...rest] = await times(sandbox);
  expect(first).toMatch(/^2025-06-05T(1[89]|2\d)/);
  expect(rest).toEqual(['2025-06-06T13:00Z']);
});

test.each([
  ['after it took effect', 'after', '2025-06-05T13:00:01Z'],
  ['before it took effect', 'before', '2025-06-05T13:00:01Z'],
  ['after it took effect, and back an hour later', 'after', '2025-06-05T14:00:00Z'],
  ['before it took effect, and back an hour later', 'before', '2025-06-05T14:00:00Z'],
] as const)('a bot killed while a send hangs %s makes the post once', async (_, when, back) => {
  const state = temporaryFolder();
  const first = await botAt(START, { state });
  await added(first, COUNTDOWN);
  await first.faults([{ route: POST, does: { hang: true, when } }]);
  const turning = first.turn('2025-06-05T13:00:00Z').catch(() => {});
  while (!(await first.counters()).requests['POST /channels/:id/messages']) await new Promise(setImmediate);
  await first.kill();
  await turning;
  const second = await botAt(back, { state });
  await second.turn(END);
  expect(await times(second)).toEqual([
    expect.stringMatching(/^2025-06-05T1[34]:0/),
    expect.stringMatching(/^2025-06-06T13:00/),
  ]);
});

test('a bot killed while it waits for a rate limit makes the post once, after its next start', async () => {
  const state = temporaryFolder();
  const first = await botAt(START, { state });
  await added(first, COUNTDOWN);
  await first.faults([{ route: POST, does: { rateLimit: 25 } }]);
  const turning = first.turn('2025-06-05T13:00:00Z').catch(() => {});
  while (!(await first.counters()).requests['POST /channels/:id/messages']) await new Promise(setImmediate);
  await first.kill();
  await turning;
  const second = await botAt('2025-06-05T13:00:10Z', { state });
  await second.turn(END);
  expect(await times(second)).toEqual(['2025-06-05T13:00Z', '2025-06-06T13:00Z']);
});

test('a bot killed during a send that cannot read the channel later reports that the post is uncertain', async () => {
  const state = temporaryFolder();
  const first = await botAt(START, { state });
  await added(first, COUNTDOWN);
  await added(
    first,
    'release:anniversary:john-wick/release/theatrical/us channel:releases time:12:30 milestones:141',
  );
  await first.world({ deny: { channel: 'releases', permission: 'ReadMessageHistory' } });
  await first.faults([{ route: POST, after: 1, does: { hang: true, when: 'after' } }]);
  const turning = first.turn('2025-06-05T13:00:00Z').catch(() => {});
  while ((await first.counters()).requests['POST /channels/:id/messages'] !== 2)
    await new Promise(setImmediate);
  await first.kill();
  await turning;
  const second = await botAt('2025-06-05T14:00:00Z', { state });
  await second.turn('2025-06-05T15:00:00Z');
  expect(await times(second)).toHaveLength(2);
  expect(await said(second, '/countdown list')).toMatch(/was interrupted.*Read Message History/s);
});
