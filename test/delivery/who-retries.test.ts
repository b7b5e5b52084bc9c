import { expect, test } from 'vitest';
import { added, botAt } from '../commands/countdown/support.ts';

const DUE = '2025-06-05T13:00:00Z';

test('a failed post is retried by delivery after its back-off, not by the HTTP client', async () => {
  const sandbox = await botAt('2025-06-05T12:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases time:13:00 milestones:1');
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: { status: 500 } }]);
  await sandbox.turn('2025-06-05T14:00:00Z');
  const [post] = await sandbox.messages('releases');
  // The pauses run on the sandbox's clock, which a retry within the client would not have moved.
  const late = Temporal.Instant.from(post?.timestamp ?? DUE)
    .since(DUE)
    .total('seconds');
  expect(late).toBeGreaterThanOrEqual(1);
});

test('a post that Discord limits for 18 hours is made once, after them, by the clock of the bot', async () => {
  const sandbox = await botAt('2025-06-05T12:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases time:13:00 milestones:1');
  await sandbox.faults([
    { route: 'POST /channels/*/messages', times: 1, does: { rateLimit: 64_800, header: 64_800 } },
  ]);
  await sandbox.turn('2025-06-06T06:59:00Z');
  expect(await sandbox.messages('releases')).toEqual([]);
  await sandbox.turn('2025-06-06T07:05:00Z');
  expect(await sandbox.messages('releases')).toHaveLength(1);
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBe(2);
});
