import { Client, Events, GatewayIntentBits } from 'discord.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { botIn, channelId, dial, IDENTIFY, identified, request, sandboxFor } from './support.ts';

test('READY lists the servers as unavailable, and GUILD_CREATE follows for each', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready } = await identified(sandbox);
  expect(ready.guilds).toEqual([{ id: ready.guilds[0].id, unavailable: true }]);
  expect(ready.application).toEqual({ id: ready.user.id, flags: (1 << 13) | (1 << 15) | (1 << 19) });
  const guild = await wire.next((payload) => payload.t === 'GUILD_CREATE');
  expect(guild.d).toMatchObject({
    name: 'The Continental',
    unavailable: false,
    large: false,
    member_count: 3,
    members: [{ user: { id: ready.user.id } }],
    guild_scheduled_events: [],
    threads: [],
  });
  expect(guild.d.channels.map((channel: { name: string }) => channel.name)).toEqual([
    'general',
    'announcements',
    'releases',
  ]);
  expect(guild.d.roles.map((role: { name: string }) => role.name)).toContain('High Table');
  expect(JSON.stringify(guild.d)).not.toContain('"thread":null');
});

test('GUILD_CREATE of a server that is joined later has the same fields', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  const first = await wire.next((payload) => payload.t === 'GUILD_CREATE');
  await sandbox.world({ guilds: 2 });
  const second = await wire.next((payload) => payload.t === 'GUILD_CREATE');
  expect(Object.keys(second.d)).toEqual(Object.keys(first.d));
});

test('discord.js knows its permissions in every channel when it is ready', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const guild = client.guilds.cache.first();
  const me = guild?.members.me;
  const general = guild?.channels.cache.find((channel) => channel.name === 'general');
  expect(me && general?.permissionsFor(me).has('SendMessages')).toBe(true);
  expect(me && general?.permissionsFor(me).has('MentionEveryone')).toBe(false);
  await sandbox.world({ deny: { channel: 'general', permission: 'SEND_MESSAGES' } });
  await expect.poll(() => me && general?.permissionsFor(me).has('SendMessages')).toBe(false);
});

test('a bad token closes the gateway with 4004, and login() rejects', async () => {
  const sandbox = await sandboxFor();
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, token: 'bad' });
  expect(await wire.closed).toBe(4004);
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.apiUrl } });
  await expect(client.login('bad')).rejects.toThrow(/token/i);
});

test('a token that is set is the only valid one', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ token: 'secret' });
  expect((await request(sandbox, 'GET', '/users/@me')).status).toBe(401);
  expect(
    (await request(sandbox, 'GET', '/users/@me', undefined, { authorization: 'Bot secret' })).status,
  ).toBe(200);
});

test('message events are sent only to sessions with the intent for them', async () => {
  const sandbox = await sandboxFor();
  const deaf = await identified(sandbox, { intents: GatewayIntentBits.Guilds });
  const hearing = await identified(sandbox, {
    intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages,
  });
  let heard = 0;
  deaf.wire.socket.on('message', (data) => {
    if (String(data).includes('MESSAGE_CREATE')) heard++;
  });
  await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, { content: 'hello' });
  const message = await hearing.wire.next((payload) => payload.t === 'MESSAGE_CREATE');
  expect(message.d).toMatchObject({
    content: 'hello',
    guild_id: expect.any(String),
    member: { roles: [expect.any(String)] },
  });
  expect(message.d).not.toHaveProperty('thread');
  expect(heard).toBe(0);
});

test.each([
  ['invalid JSON', '{', 4002],
  ['an unknown opcode', JSON.stringify({ op: 99, d: null }), 4001],
  ['a payload before IDENTIFY', JSON.stringify({ op: 3, d: {} }), 4003],
  ['an unknown intent', JSON.stringify({ op: 2, d: { ...IDENTIFY, intents: 2 ** 30 } }), 4013],
  ['an invalid shard', JSON.stringify({ op: 2, d: { ...IDENTIFY, shard: [2, 2] } }), 4010],
])('the gateway closes the connection on %s', async (_what, text, code) => {
  const wire = await dial(await sandboxFor());
  wire.socket.send(text);
  expect(await wire.closed).toBe(code);
});

test('identifying twice closes the gateway with 4005, another API version with 4012', async () => {
  const sandbox = await sandboxFor();
  const { wire } = await identified(sandbox);
  wire.send(2, IDENTIFY);
  expect(await wire.closed).toBe(4005);
  const old = await dial(sandbox, '/gateway?v=6&x=');
  expect(await old.closed).toBe(4012);
});

test('RESUME at the URL from READY replays missed events', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready } = await identified(sandbox);
  const { s: seq } = await wire.next((payload) => payload.t === 'GUILD_CREATE');
  wire.socket.terminate();
  await sandbox.world({ addChannel: { name: 'missed' } });
  const again = await dial(sandbox, new URL(ready.resume_gateway_url).pathname);
  again.send(6, { token: 'x', session_id: ready.session_id, seq });
  const missed = await again.next((payload) => payload.op === 0);
  expect(missed).toMatchObject({ t: 'CHANNEL_CREATE', s: seq + 1, d: { name: 'missed' } });
  expect(await again.next((payload) => payload.t === 'RESUMED')).toMatchObject({ s: seq + 2 });
});

test('RESUME of an unknown session, or with an unknown sequence number, gets INVALID_SESSION', async () => {
  const sandbox = await sandboxFor();
  const { ready } = await identified(sandbox);
  const wire = await dial(sandbox);
  wire.send(6, { token: 'x', session_id: 'nobody', seq: 1 });
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: false });
  wire.send(6, { token: 'x', session_id: ready.session_id, seq: 999 });
  expect(await wire.next((payload) => payload.op === 9)).toMatchObject({ d: false });
});

test('discord.js resumes after a close and after a drop, and gets missed events', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  for (const [index, gateway] of ([{ close: 4000 }, 'drop'] as const).entries()) {
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    await sandbox.faults([{ gateway }]);
    await sandbox.world({ addChannel: { name: `missed-${index}` } });
    await resumed;
    await expect
      .poll(() =>
        client.channels.cache.some((channel) => 'name' in channel && channel.name === `missed-${index}`),
      )
      .toBe(true);
  }
  expect(await sandbox.counters()).toMatchObject({ identifies: 1, resumes: 2 });
});

test('heartbeats are acknowledged, and a client without them is closed with 4009', async () => {
  const sandbox = await sandboxFor({ timing: { heartbeatMs: 1_000 } });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const alive = await identified(sandbox);
  const silent = await identified(sandbox);
  vi.advanceTimersByTime(1_000);
  alive.wire.send(1, null);
  await alive.wire.next((payload) => payload.op === 11);
  vi.advanceTimersByTime(600);
  expect(await silent.wire.closed).toBe(4009);
  expect(alive.wire.socket.readyState).toBe(1);
});

test('each shard gets only its servers', async () => {
  const sandbox = await sandboxFor();
  // The id of a server contains when it was created, and decides its shard.
  for (const guilds of [2, 3, 4]) {
    await sandbox.turn(sandbox.clock.now().add({ milliseconds: 1 }));
    await sandbox.world({ guilds });
  }
  const shards = await Promise.all([0, 1].map((id) => identified(sandbox, { shard: [id, 2] })));
  const ids = shards.map((shard) => shard.ready.guilds.map((guild: { id: string }) => guild.id));
  expect(ids.flat()).toHaveLength(4);
  for (const [shard, mine] of ids.entries()) {
    for (const id of mine) expect(Number((BigInt(id) >> 22n) % 2n)).toBe(shard);
  }
});

test('identifying a shard with more than 2,500 servers closes the gateway with 4011', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ guilds: 2501 });
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, shard: [0, 1] });
  expect(await wire.closed).toBe(4011);
  const { body } = await request(sandbox, 'GET', '/gateway/bot');
  expect(body.shards).toBe(3);
});

test('/gateway/bot returns the shards and the concurrency that are set', async () => {
  const sandbox = await sandboxFor();
  const advice = async () => (await request(sandbox, 'GET', '/gateway/bot')).body;
  expect(await advice()).toMatchObject({ shards: 1, session_start_limit: { max_concurrency: 1 } });
  await sandbox.world({ shards: 5, maxConcurrency: 16 });
  expect(await advice()).toMatchObject({ shards: 5, session_start_limit: { max_concurrency: 16 } });
  await sandbox.world({ shards: null });
  expect((await advice()).shards).toBe(1);
});

test('an outage and a removal are different GUILD_DELETE events', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const [guild] = (await sandbox.state()).guilds;
  const seen: string[] = [];
  client.on(Events.GuildUnavailable, () => seen.push('unavailable'));
  client.on(Events.GuildAvailable, () => seen.push('available'));
  client.on(Events.GuildDelete, () => seen.push('deleted'));
  client.on(Events.GuildCreate, () => seen.push('created'));
  await sandbox.world({ outage: guild?.id });
  expect((await request(sandbox, 'GET', `/channels/${guild?.channels[0]?.id}`)).status).toBe(503);
  await sandbox.world({ endOutage: guild?.id });
  await sandbox.world({ removeBot: guild?.id });
  expect((await request(sandbox, 'GET', `/guilds/${guild?.id}`)).body.code).toBe(10004);
  expect((await request(sandbox, 'GET', `/channels/${guild?.channels[0]?.id}`)).body.code).toBe(50001);
  await sandbox.world({ addBot: guild?.id });
  await expect.poll(() => seen).toEqual(['unavailable', 'available', 'deleted', 'created']);
});

test('a changed server locale reaches discord.js', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  await sandbox.world({ guildLocale: { locale: 'de' } });
  await expect.poll(() => client.guilds.cache.first()?.preferredLocale).toBe('de');
});

test('discord.js can request members', async () => {
  const client = await botIn(await sandboxFor());
  const members = await client.guilds.cache.first()?.members.fetch({ query: 'john', limit: 1 });
  expect(members?.first()?.user.username).toBe('john');
});

test('ids are also numbers in what a client sends, and no digit of them is lost', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready } = await identified(sandbox);
  const { members = [] } = (await sandbox.state()).guilds[0] ?? {};
  const john = members.find(({ name }) => name === 'john')?.id;
  wire.socket.send(`{"op": 8, "d": {"guild_id": ${ready.guilds[0].id}, "user_ids": [${john}], "limit": 0}}`);
  const { d } = await wire.next(({ t }) => t === 'GUILD_MEMBERS_CHUNK');
  expect(d).toMatchObject({ members: [{ user: { id: john } }], not_found: [] });
});

test('a client without a User-Agent header can connect to the gateway', async () => {
  const wire = await dial(await sandboxFor(), '/gateway', { 'user-agent': '' });
  expect(await wire.next((payload) => payload.op === 10)).toMatchObject({
    d: { heartbeat_interval: 41_250 },
  });
});

test('a thousand servers with fifty channels reach discord.js', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ guilds: 1000, channelsEach: 50 });
  const client = await botIn(sandbox);
  expect(client.guilds.cache.size).toBe(1000);
});
