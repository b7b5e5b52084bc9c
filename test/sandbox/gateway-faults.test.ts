import { Client, Events, GatewayIntentBits } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, dial, IDENTIFY, identified, request, sandboxFor } from './support.ts';

/** Opens a connection and identifies. Returns the connection with what was answered first: an event, or an opcode. */
async function identify(sandbox: Sandbox, data: object = {}) {
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, ...data });
  const { op, t, d } = await wire.next((payload) => payload.op !== 10);
  return { wire, answer: t ?? [op, d] };
}

test('a fault asks clients to reconnect, and discord.js resumes', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  const client = await botIn(sandbox);
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  const [rule] = await sandbox.faults([{ gateway: { reconnect: true } }]);
  expect(rule?.fired).toBe(2);
  expect(await wire.next(({ op }) => op === 7)).toMatchObject({ d: null, s: null });
  await sandbox.world({ addChannel: { name: 'missed' } });
  await resumed;
  await expect
    .poll(() => client.channels.cache.some((channel) => 'name' in channel && channel.name === 'missed'))
    .toBe(true);
  expect(await sandbox.counters()).toMatchObject({ identifies: 2, resumes: 1 });
});

test('a zombie connection stays open and sends neither heartbeat ACKs nor events, until the session is resumed', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready } = await identified(sandbox);
  const { s: seq } = await wire.next(({ t }) => t === 'GUILD_CREATE');
  const [rule] = await sandbox.faults([{ gateway: { zombie: true } }]);
  expect(rule?.fired).toBe(1);
  const heard: string[] = [];
  wire.socket.on('message', (data) => heard.push(String(data)));
  wire.send(1, seq);
  await sandbox.world({ addChannel: { name: 'missed' } });
  // A pong comes after everything that was sent before it.
  wire.socket.ping();
  await new Promise((resolve) => wire.socket.once('pong', resolve));
  expect([heard, wire.socket.readyState]).toEqual([[], wire.socket.OPEN]);

  const again = await dial(sandbox);
  again.send(6, { token: 'x', session_id: ready.session_id, seq });
  expect(await again.next(({ op }) => op === 0)).toMatchObject({ t: 'CHANNEL_CREATE', s: seq + 1 });
  expect(await wire.closed).toBe(1006);
  again.send(1, seq + 1);
  await again.next(({ op }) => op === 11);
});

test('a client that leaves a zombie connection can resume, whatever code it closes with', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready, seq } = await identified(sandbox);
  await sandbox.faults([{ gateway: { zombie: true } }]);
  wire.socket.close(1000);
  await wire.closed;
  const again = await dial(sandbox);
  again.send(6, { token: 'x', session_id: ready.session_id, seq });
  await again.next(({ t }) => t === 'RESUMED');
});

test('a half-open connection does not answer that a client closes it, and its session can be resumed', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready, seq } = await identified(sandbox);
  await sandbox.faults([{ gateway: { zombie: 'halfOpen' } }]);
  wire.socket.close(4000);
  const again = await dial(sandbox);
  expect(wire.socket.readyState).toBe(wire.socket.CLOSING);
  again.send(6, { token: 'x', session_id: ready.session_id, seq });
  await again.next(({ t }) => t === 'RESUMED');
  // The session has only one connection.
  expect(await wire.closed).toBe(1006);
});

test('discord.js notices a zombie connection by the missing ACK, and resumes', async () => {
  // The client beats in real time, so the interval is short.
  const sandbox = await sandboxFor({ timing: { heartbeatMs: 500 } });
  const client = await botIn(sandbox);
  const debug: string[] = [];
  client.on('debug', (line) => debug.push(line));
  await sandbox.faults([{ gateway: { zombie: true } }]);
  await sandbox.world({ addChannel: { name: 'missed' } });
  await expect
    .poll(() => client.channels.cache.some((channel) => 'name' in channel && channel.name === 'missed'), {
      timeout: 10_000,
    })
    .toBe(true);
  expect(debug.join('\n')).toContain('Zombie connection');
});

/** A sandbox with Discord's limit on IDENTIFY, whose time is set by hand. */
async function limitedSandbox() {
  let now = 1_700_000_000_000;
  const sandbox = await sandboxFor({ timing: { identifyMs: 5_000 }, rateLimitTime: () => now });
  return {
    sandbox,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

test('a second IDENTIFY within five seconds gets INVALID_SESSION, and may be repeated on the same connection', async () => {
  const { sandbox, wait } = await limitedSandbox();
  expect((await identify(sandbox)).answer).toBe('READY');
  wait(4_999);
  const { wire, answer } = await identify(sandbox);
  expect(answer).toEqual([9, false]);
  expect(await sandbox.counters()).toMatchObject({ identifies: 1 });
  wait(1);
  wire.send(2, IDENTIFY);
  await wire.next(({ t }) => t === 'READY');
});

test('as many shards identify at once as max_concurrency says, each with its own remainder', async () => {
  const { sandbox, wait } = await limitedSandbox();
  await sandbox.world({ shards: 4, maxConcurrency: 2 });
  const answers = async (shards: number[]) =>
    Promise.all(shards.map(async (id) => (await identify(sandbox, { shard: [id, 4] })).answer));
  expect(await answers([0, 1])).toEqual(['READY', 'READY']);
  expect(await answers([2, 3])).toEqual([
    [9, false],
    [9, false],
  ]);
  wait(5_000);
  expect(await answers([2, 3])).toEqual(['READY', 'READY']);
});

test('a resume does not count, and the limit on IDENTIFY can be set and switched off', async () => {
  const { sandbox } = await limitedSandbox();
  const { wire, ready } = await identified(sandbox);
  wire.socket.terminate();
  const again = await dial(sandbox);
  again.send(6, { token: 'x', session_id: ready.session_id, seq: 1 });
  await again.next(({ t }) => t === 'RESUMED');
  await sandbox.world({ limits: { identify: 2 } });
  expect([(await identify(sandbox)).answer, (await identify(sandbox)).answer]).toEqual(['READY', [9, false]]);
  await sandbox.world({ limits: 'off' });
  expect((await identify(sandbox)).answer).toBe('READY');
});

test('an intent that is not switched on closes the gateway with 4014, and login() rejects', async () => {
  const sandbox = await sandboxFor();
  const { Guilds, GuildMembers, MessageContent } = GatewayIntentBits;
  const members = { intents: Guilds | GuildMembers };
  expect((await identify(sandbox, members)).answer).toBe('READY');
  await sandbox.world({ privilegedIntents: ['MessageContent'] });
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, ...members });
  expect(await wire.closed).toBe(4014);
  expect((await identify(sandbox, { intents: Guilds | MessageContent })).answer).toBe('READY');
  const client = new Client({ intents: members.intents, rest: { api: sandbox.apiUrl } });
  onTestFinished(() => client.destroy());
  await expect(client.login('x')).rejects.toThrow('disallowed intents');
});

test('the application says which privileged intents are switched on', async () => {
  const sandbox = await sandboxFor();
  const flags = async () => (await request(sandbox, 'GET', '/applications/@me')).body.flags;
  expect(await flags()).toBe((1 << 13) | (1 << 15) | (1 << 19));
  await sandbox.world({ privilegedIntents: ['GuildMembers'] });
  expect(await flags()).toBe(1 << 15);
  expect((await identified(sandbox)).ready.application.flags).toBe(1 << 15);
});

test('a GUILD_DELETE that is no removal reaches discord.js as one, and the bot is in the server all the same', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const [guild] = (await sandbox.state()).guilds;
  const heard: string[] = [];
  client.on(Events.GuildDelete, ({ name }) => heard.push(`deleted ${name}`));
  client.on(Events.GuildCreate, ({ name }) => heard.push(`created ${name}`));
  await sandbox.world({ falseRemoval: guild?.id });
  await expect.poll(() => heard).toEqual(['deleted The Continental']);
  expect((await request(sandbox, 'GET', `/guilds/${guild?.id}`)).status).toBe(200);
  expect((await request(sandbox, 'GET', '/users/@me/guilds')).body).toHaveLength(1);
  expect((await sandbox.state()).guilds[0]).toMatchObject({ bot: true, unavailable: false });
});

test('a server in an outage is in READY, without a GUILD_CREATE until the end', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ guilds: 2, outage: 'The Continental' });
  const { wire, ready } = await identified(sandbox);
  expect(ready.guilds.map(({ unavailable }: { unavailable: boolean }) => unavailable)).toEqual([true, true]);
  const names: string[] = [];
  names.push((await wire.next(({ t }) => t === 'GUILD_CREATE')).d.name);
  await sandbox.world({ endOutage: 'The Continental' });
  names.push((await wire.next(({ t }) => t === 'GUILD_CREATE')).d.name);
  expect(names).toEqual(['Guild 2', 'The Continental']);
});
