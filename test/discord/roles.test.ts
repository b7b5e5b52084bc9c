import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { added, posts, said } from '../commands/countdown/support.ts';
import { postgresDatabase } from '../postgres.ts';
import { sandboxFor } from '../sandbox/support.ts';
import { botBeside, serverOfEachShard } from './bots.ts';

const RELEASE = 'release:ballerina/release/theatrical/us';
/** Half a minute before a month before the release. */
const BEFORE = '2025-05-07T08:59:30Z';
const DUE = '2025-05-07T09:00:00Z';

async function world(): Promise<{ sandbox: Sandbox; DATABASE_URL: string }> {
  const sandbox = await sandboxFor({ at: BEFORE });
  return { sandbox, DATABASE_URL: await postgresDatabase() };
}

test('one process answers and others deliver, and each post is made once', async () => {
  const { sandbox, DATABASE_URL } = await world();
  const answering = await botBeside(sandbox, { DATABASE_URL, ROLE: 'answer' });
  const { identifies, requests } = await sandbox.counters();
  expect([identifies, requests['PUT /applications/:id/commands']]).toEqual([1, 1]);
  await added(sandbox, `${RELEASE} channel:releases milestones:30,7`);
  await sandbox.turn(DUE);
  await answering.whenIdle();
  expect(await posts(sandbox)).toEqual([]);

  await botBeside(sandbox, { DATABASE_URL, ROLE: 'deliver' });
  await botBeside(sandbox, { DATABASE_URL, ROLE: 'deliver' });
  await expect.poll(() => posts(sandbox)).toHaveLength(1);
  expect(await sandbox.counters()).toMatchObject({ identifies: 1 });
  expect((await sandbox.counters()).requests['PUT /applications/:id/commands']).toBe(1);
  expect(await said(sandbox, '/countdown list')).toContain('Next post: 7 days left');

  await answering.stop();
  expect(await said(sandbox, '/countdown list')).toBe('The application did not respond');
});

test('replicas behind one address share what was stored', async () => {
  const { sandbox, DATABASE_URL } = await world();
  const http = { DATABASE_URL, INTERACTIONS: 'http', ROLE: 'answer' };
  const replicas = [await botBeside(sandbox, http), await botBeside(sandbox, http)];
  const through = async (at: number) => {
    await sandbox.world({ interactionsEndpoint: `${replicas[at]?.endpoint}/interactions` });
  };
  await through(0);
  await added(sandbox, `${RELEASE} channel:releases`);
  await through(1);
  expect(await said(sandbox, '/countdown list')).toContain('(1 of 25)');
  expect(await said(sandbox, `/countdown add ${RELEASE} channel:releases`)).toContain('already');
  const { identifies, requests } = await sandbox.counters();
  expect([identifies, requests['PUT /applications/:id/commands']]).toEqual([0, 1]);
});

test('two processes run one shard each', async () => {
  const { sandbox, DATABASE_URL } = await world();
  const servers = await serverOfEachShard(sandbox, 2);
  for (const SHARDS of ['0', '1']) await botBeside(sandbox, { DATABASE_URL, SHARDS, SHARD_COUNT: '2' });
  for (const guild of servers) await added(sandbox, `${RELEASE} channel:general milestones:30`, { guild });
  await sandbox.turn(DUE);
  const postsOf = async () => {
    const lists = await Promise.all(servers.map((guild) => sandbox.messages('general', guild)));
    return lists.map((list) => list.filter(({ request }) => 'nonce' in (request as object)).length);
  };
  await expect.poll(postsOf).toEqual([1, 1]);
  expect((await sandbox.counters()).requests['POST /interactions/:id/:token/callback']).toBe(2);
});

/** A server that removed the bot after a countdown was added; a process with ROLE=deliver finds that out. */
async function removed(faults: Parameters<Sandbox['faults']>[0] = []) {
  const { sandbox, DATABASE_URL } = await world();
  const answering = await botBeside(sandbox, { DATABASE_URL, ROLE: 'answer' });
  await added(sandbox, `${RELEASE} channel:releases milestones:30,7`);
  await answering.stop();
  await sandbox.world({ removeBot: 'The Continental' });
  await sandbox.faults(faults);
  await botBeside(sandbox, { DATABASE_URL, ROLE: 'deliver' });
  await sandbox.turn(DUE);
  await expect
    .poll(async () => (await sandbox.counters()).requests['GET /guilds/:id/channels'], { timeout: 15_000 })
    .toBeGreaterThan(0);
  return { sandbox, DATABASE_URL };
}

async function invitedAgain({ sandbox, DATABASE_URL }: Awaited<ReturnType<typeof removed>>) {
  await sandbox.world({ addBot: 'The Continental' });
  await botBeside(sandbox, { DATABASE_URL, ROLE: 'answer' });
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
}

/** The posts after Discord's clock has gone on by a second: a post that was refused just before the invitation is tried again. */
async function postsASecondLater(sandbox: Sandbox) {
  await sandbox.turn(sandbox.clock.now().add({ seconds: 1 }));
  return posts(sandbox);
}

test('a process with ROLE=deliver notices a removal by a refused post, and posts after a new invitation', async () => {
  const away = await removed();
  await invitedAgain(away);
  await expect.poll(() => postsASecondLater(away.sandbox), { timeout: 30_000 }).toHaveLength(1);
});

test('a removal that is confirmed after a new invitation delays no post', async () => {
  const away = await removed([
    { route: 'GET /guilds/*/channels', times: 1, does: { hang: 4, when: 'after' } },
  ]);
  await invitedAgain(away);
  expect(await posts(away.sandbox)).toHaveLength(0);
  await expect.poll(() => postsASecondLater(away.sandbox), { timeout: 30_000 }).toHaveLength(1);
});

test.each(['deliver', 'answer'])(
  'a process with ROLE=%s does not start with a rejected token',
  async (ROLE) => {
    const { sandbox, DATABASE_URL } = await world();
    const env = { DATABASE_URL, ROLE, INTERACTIONS: 'http', DISCORD_TOKEN: 'bad' };
    await expect(botBeside(sandbox, env)).rejects.toThrow(/^Discord refuses the token\. Put a valid/);
  },
);
