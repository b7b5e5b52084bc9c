import { describe, expect, test } from 'vitest';
import { ownerIdOf } from '../../../src/countdown/owner.ts';
import { createRefusalCheck } from '../../../src/discord/posting/refusal-check.ts';
import { createRestClient } from '../../../src/discord/rest/client.ts';
import { createDmOpener } from '../../../src/discord/rest/dm-channel.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { sandboxFor } from '../../sandbox/support.ts';
import { NO_VERDICTS } from '../answers.ts';
import { accessTo } from '../rest/access.ts';

const NOW = Temporal.Instant.from('2025-06-06T13:00:00Z');

/** The check against a simulated Discord, with the ids of its server and of a channel. */
async function scene(member: object = {}) {
  const sandbox = await sandboxFor();
  const [guild] = (await sandbox.state()).guilds;
  const channel = guild?.channels.find(({ name }) => name === 'releases')?.id ?? '';
  const rest = createRestClient(accessTo(sandbox.apiUrl), noMetrics);
  const check = createRefusalCheck(
    async (path) => {
      const answer = await rest.get(path);
      return path.includes('/members/') ? { ...(answer as object), ...member } : answer;
    },
    () => NOW,
  );
  return { sandbox, rest, channel, checkOwner: check, check: () => check(guild?.id ?? '', channel) };
}

test('a channel in which the bot may post is open: the refusal was a stray one', async () => {
  const { check } = await scene();
  expect(await check()).toEqual({ kind: 'open' });
});

test.each(['SendMessages', 'ViewChannel'])('a channel without %s is confirmed', async (permission) => {
  const { sandbox, check } = await scene();
  await sandbox.world({ deny: { channel: 'releases', permission } });
  expect(await check()).toEqual({ kind: 'confirmed' });
});

test('a deleted channel is confirmed', async () => {
  const { sandbox, check } = await scene();
  await sandbox.world({ deleteChannel: 'releases' });
  expect(await check()).toEqual({ kind: 'confirmed' });
});

test('a bot in a time-out is told with its end, and one that is over does not count', async () => {
  const until = '2025-06-07T13:00:00Z';
  const { check } = await scene({ communication_disabled_until: until });
  expect(await check()).toEqual({ kind: 'timed-out', until: Temporal.Instant.from(until) });
  const { check: over } = await scene({ communication_disabled_until: '2025-06-06T12:00:00Z' });
  expect(await over()).toEqual({ kind: 'open' });
});

describe('a channel of direct messages', () => {
  /** The check of the channel with john. */
  async function direct() {
    const { sandbox, rest, checkOwner } = await scene();
    const john = (await sandbox.state()).guilds[0]?.members.find(({ name }) => name === 'john')?.id ?? '';
    const opened = await createDmOpener(rest, async () => {})(john);
    if (!opened.ok) throw new Error(opened.why);
    return { sandbox, check: () => checkOwner(ownerIdOf(john), opened.channelId) };
  }

  test('that exists is open: the refusal was a stray one', async () => {
    expect(await (await direct()).check()).toEqual({ kind: 'open' });
  });

  test.each([
    [{ status: 404, code: 10003 }, 'confirmed'],
    [{ status: 404, html: true }, 'unknown'],
    [{ status: 500 }, 'unknown'],
  ] as const)('that is answered %j is %s', async (does, kind) => {
    const { sandbox, check } = await direct();
    await sandbox.faults([{ route: 'GET /channels/*', times: 'always', does }]);
    expect(await check()).toEqual({ kind });
  });
});

describe.each(['GET /channels/*', 'GET /guilds/*', 'GET /users/@me'])('where %s is answered', (route) => {
  const answers = NO_VERDICTS.filter(([, { status }]) => [403, 404, 502].includes(status));
  test.each(answers)('%s, nothing is known of the refusal', async (_, does) => {
    const { sandbox, check } = await scene();
    await sandbox.faults([{ route, times: 'always', does }]);
    expect(await check()).toEqual({ kind: 'unknown' });
  });
});
