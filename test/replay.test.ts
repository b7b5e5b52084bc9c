import { expect, test } from 'vitest';
import { added, botAt, posts, requestOf, temporaryFolder } from './commands/countdown/support.ts';

const START = '2023-05-01T00:00:00Z';
const END = '2025-06-08T00:00:00Z';
const ADD = 'release:Ballerina channel:releases timezone:America/New_York time:09:00 milestones:30,7,1,0';

/** Each post: when, and what its first line must hold. Nine in the morning in New York is 14:00 in winter, 13:00 in summer. */
const EXPECTED = [
  /^2024-02-22T14:00Z .*moved.*June 7, 2024.*June 6, 2025.*470 days/s,
  /^2025-05-07T13:00Z .*30 days.*June 6, 2025/s,
  /^2025-05-30T13:00Z .*7 days.*June 6, 2025/s,
  /^2025-06-05T13:00Z .*1 day\b.*June 6, 2025/s,
  /^2025-06-06T13:00Z .*is out.*June 6, 2025/s,
].map((pattern) => expect.stringMatching(pattern));

/** Around everything that happens: before the notice, at it, between, just before and right after a post. */
const INTERRUPTIONS = [
  '2024-01-01T00:00:00Z',
  '2024-02-22T13:59:59Z',
  '2024-02-22T14:00:00Z',
  '2024-06-08T00:00:00Z',
  '2025-05-07T13:00:00Z',
  '2025-05-30T12:59:59.999Z',
  '2025-06-06T13:00:01Z',
];

test('the replay posts one notice of the move and four milestones of the new date', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, ADD);
  await sandbox.turn(END);
  expect(await posts(sandbox)).toEqual(EXPECTED);
  for (const channel of ['general', 'announcements']) expect(await sandbox.messages(channel)).toEqual([]);
});

test('each post of the replay has a nonce, pings nobody and writes dates in words', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, ADD);
  await sandbox.turn(END);
  const messages = await sandbox.messages('releases');
  const requests = messages.map(requestOf);
  for (const request of requests) {
    expect(request).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
    expect(request.nonce).toMatch(/^[\w-]{10,25}$/);
    expect(JSON.stringify(request)).not.toContain('<t:');
  }
  expect(new Set(requests.map(({ nonce }) => nonce)).size).toBe(5);
  for (const { mentions } of messages) expect(mentions).toEqual({ users: [], roles: [], everyone: false });
});

test.each(['stop', 'kill'] as const)(
  'the replay gives the same posts when a %s interrupts the bot repeatedly',
  async (how) => {
    const state = temporaryFolder();
    let sandbox = await botAt(START, { state });
    await added(sandbox, ADD);
    for (const instant of INTERRUPTIONS) {
      await sandbox.turn(instant);
      await sandbox[how]();
      sandbox = await botAt(instant, { state });
    }
    await sandbox.turn(END);
    expect(await posts(sandbox)).toEqual(EXPECTED);
  },
);

test('the replay gives the same posts when the clock is turned week by week', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, ADD);
  const end = Temporal.Instant.from(END);
  for (let now = Temporal.Instant.from(START); Temporal.Instant.compare(now, end) < 0; ) {
    now = now.add({ hours: 7 * 24, minutes: 11 });
    await sandbox.turn(now);
  }
  expect(await posts(sandbox)).toEqual(EXPECTED);
});

test('a bot that was down for months announces a move once, with the current days left', async () => {
  const state = temporaryFolder();
  const before = await botAt(START, { state });
  await added(before, ADD);
  await before.stop();
  const sandbox = await botAt('2025-05-08T20:00:00Z', { state });
  await sandbox.turn(END);
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(/^2025-05-08T20:00Z .*moved.*June 7, 2024.*June 6, 2025.*29 days/s),
    ...EXPECTED.slice(2),
  ]);
});
