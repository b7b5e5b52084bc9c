import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { gatewayStandIn, send, welcome } from './gateway-stand-in.ts';

const UNDOCUMENTED: readonly [string, unknown][] = [
  ['no data', { op: 0, s: 2, t: 'GUILD_CREATE', d: null }],
  ['no data of an unknown event', { op: 0, s: 2, t: 'SOMETHING_NEW', d: null }],
  ['the name __proto__', { op: 0, s: 2, t: '__proto__', d: {} }],
  ['the name constructor', { op: 0, s: 2, t: 'constructor', d: {} }],
  ['the name error', { op: 0, s: 2, t: 'error', d: {} }],
  ['no name', { op: 0, s: 2, t: null, d: {} }],
  ['a name that is no text', { op: 0, s: 2, t: {}, d: {} }],
  ['no number', { op: 0, t: 'GUILD_CREATE', d: { id: '5' } }],
  ['an interaction without a token', { op: 0, s: 2, t: 'INTERACTION_CREATE', d: { id: '1', type: 2 } }],
  ['a server without an id', { op: 0, s: 2, t: 'GUILD_DELETE', d: {} }],
  ['a channel that is a list', { op: 0, s: 2, t: 'CHANNEL_UPDATE', d: [] }],
  ['a second READY without data', { op: 0, s: 2, t: 'READY', d: null }],
  ['a second READY without servers', { op: 0, s: 2, t: 'READY', d: { session_id: 's' } }],
  ['a hello without an interval', { op: 10, d: null }],
  ['an invalid session without a value', { op: 9, d: null }],
  ['no operation', { d: {} }],
  ['a list', [1]],
  ['a number', 7],
  ['a text', 'hello'],
];

test.each(UNDOCUMENTED)('a payload with %s is logged and ignored', async (_, payload) => {
  let socket: WebSocket | undefined;
  const { connection, lines, connections } = await gatewayStandIn((opened) => {
    socket = opened;
    void welcome(opened);
  });
  const changed = Promise.withResolvers<string>();
  connection.handle({
    interactions: { handle: () => Promise.reject(new Error('not asked')), isPublic: () => false },
    onGuildRemoved: async () => {},
    onGuildsListed: async () => {},
    onGuildChanged: async (id) => changed.resolve(id),
  });
  const gateway = await connection.ready;
  if (!socket) throw new Error('not connected');
  send(socket, payload);
  send(socket, { op: 0, s: 3, t: 'GUILD_CREATE', d: { id: '77', unavailable: false } });
  expect(await changed.promise).toBe('77');
  expect([gateway.isReady(), connections()]).toEqual([true, 1]);
  expect(lines.map(({ msg }) => msg)).toEqual(['gateway payload is not as documented, ignored']);
});

test('events that the bot does not know are ignored without a word', async () => {
  let socket: WebSocket | undefined;
  const { connection, lines } = await gatewayStandIn((opened) => {
    socket = opened;
    void welcome(opened);
  });
  const changed = Promise.withResolvers<string>();
  connection.handle({
    interactions: { handle: () => Promise.reject(new Error('not asked')), isPublic: () => false },
    onGuildRemoved: async () => {},
    onGuildsListed: async () => {},
    onGuildChanged: async (id) => changed.resolve(id),
  });
  await connection.ready;
  if (!socket) throw new Error('not connected');
  for (const d of [{}, { a: 1 }, []]) send(socket, { op: 0, s: 2, t: 'SOMETHING_NEW', d });
  send(socket, { op: 0, s: 3, t: 'CHANNEL_CREATE', d: { id: '1', guild_id: '78' } });
  expect(await changed.promise).toBe('78');
  expect(lines).toEqual([]);
});

test('a gateway that closes each connection is tried less and less often, with one line in the log', async () => {
  const openedAt: number[] = [];
  const { connection, lines } = await gatewayStandIn((socket, url) => {
    openedAt.push(performance.now());
    void welcome(socket, url).then(() => socket.close(4000));
  });
  await connection.ready;
  await expect.poll(() => openedAt.length, { timeout: 20_000 }).toBe(3);
  const [first = 0, second = 0, third = 0] = openedAt;
  // discord.js itself waits for half a second.
  expect(third - second).toBeGreaterThan(1_200);
  expect(second - first).toBeGreaterThan(400);
  expect(lines.filter(({ msg }) => msg === 'gateway is reconnecting')).toHaveLength(1);
});
