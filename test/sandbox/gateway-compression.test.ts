import { createInflate, createZstdDecompress, inflateSync } from 'node:zlib';
import { CompressionMethod, SimpleShardingStrategy } from 'discord.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, dial, IDENTIFY, identified, sandboxFor } from './support.ts';

/** A payload of the gateway. */
interface Payload {
  op: number;
  t: string | null;
  s: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  d: any;
}

/** Opens a socket with these parameters. Returns it with the frames it receives. */
function openSocket(sandbox: Sandbox, query: string) {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway?${query}`);
  onTestFinished(() => socket.terminate());
  const frames: { data: Buffer; isBinary: boolean }[] = [];
  socket.on('message', (data: Buffer, isBinary) => frames.push({ data, isBinary }));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  return { socket, frames, send, closed };
}

/** Decompresses all frames as one stream, as clients do. Returns the payloads so far, which grow. */
function readStream(socket: WebSocket, kind: 'zlib-stream' | 'zstd-stream'): Payload[] {
  const payloads: Payload[] = [];
  const stream = kind === 'zlib-stream' ? createInflate() : createZstdDecompress();
  onTestFinished(() => void stream.destroy());
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk;
    try {
      payloads.push(JSON.parse(text));
      text = '';
    } catch {
      // The rest of a long payload is in a later chunk.
    }
  });
  socket.on('message', (data: Buffer) => stream.write(data));
  return payloads;
}

test.each(['zlib-stream', 'zstd-stream'] as const)('a whole connection is compressed as %s', async (kind) => {
  const sandbox = await sandboxFor();
  await sandbox.world({ guilds: 3, channelsEach: 50 });
  const { socket, frames, send } = openSocket(sandbox, `v=10&encoding=json&compress=${kind}`);
  const payloads = readStream(socket, kind);
  await expect.poll(() => payloads[0]?.op).toBe(10);
  send(2, IDENTIFY);
  await expect
    .poll(() => payloads.map(({ t, s }) => `${t} ${s}`))
    .toEqual(['null null', 'READY 1', 'GUILD_CREATE 2', 'GUILD_CREATE 3', 'GUILD_CREATE 4']);
  send(1, 4);
  await expect.poll(() => payloads.at(-1)?.op).toBe(11);
  // One frame for each payload.
  expect(frames).toHaveLength(payloads.length);
  expect(frames.every(({ isBinary }) => isBinary)).toBe(true);
  if (kind === 'zlib-stream')
    for (const { data } of frames) expect(data.subarray(-4)).toEqual(Buffer.from([0, 0, 0xff, 0xff]));
});

test('events of a compressed connection come in order, and a resume has a new stream', async () => {
  const sandbox = await sandboxFor();
  const query = 'v=10&encoding=json&compress=zstd-stream';
  const first = openSocket(sandbox, query);
  const before = readStream(first.socket, 'zstd-stream');
  await expect.poll(() => before).toHaveLength(1);
  first.send(2, IDENTIFY);
  await expect.poll(() => before).toHaveLength(3);
  const session = before[1]?.d.session_id;
  first.socket.terminate();
  for (let n = 0; n < 20; n++) await sandbox.world({ addChannel: { name: `channel-${n}` } });
  const second = openSocket(sandbox, query);
  const after = readStream(second.socket, 'zstd-stream');
  await expect.poll(() => after).toHaveLength(1);
  second.send(6, { token: 'x', session_id: session, seq: 2 });
  await expect.poll(() => after.at(-1)?.t).toBe('RESUMED');
  expect(after.slice(1, -1).map(({ d }) => d.name)).toEqual(
    Array.from({ length: 20 }, (_, n) => `channel-${n}`),
  );
});

test('a close code reaches a client behind everything compressed before it', async () => {
  const sandbox = await sandboxFor();
  const { socket, send, closed } = openSocket(sandbox, 'v=10&encoding=json&compress=zlib-stream');
  const payloads = readStream(socket, 'zlib-stream');
  await expect.poll(() => payloads).toHaveLength(1);
  send(2, { ...IDENTIFY, token: 'bad' });
  expect(await closed).toBe(4004);
});

test('compress in IDENTIFY compresses long payloads by themselves, and no others', async () => {
  const sandbox = await sandboxFor();
  const { frames, send } = openSocket(sandbox, 'v=10&encoding=json');
  await expect.poll(() => frames).toHaveLength(1);
  send(2, { ...IDENTIFY, compress: true });
  await expect.poll(() => frames).toHaveLength(3);
  expect(frames[0]?.isBinary).toBe(false);
  const [, , guild] = frames;
  expect(guild?.isBinary).toBe(true);
  expect(JSON.parse(String(inflateSync(guild?.data ?? '')))).toMatchObject({ t: 'GUILD_CREATE', s: 2 });
  send(1, 2);
  await expect.poll(() => frames).toHaveLength(4);
  expect(frames[3]).toMatchObject({ isBinary: false });
});

test('compress in IDENTIFY changes nothing in a connection that is compressed as a whole', async () => {
  const sandbox = await sandboxFor();
  const { socket, send } = openSocket(sandbox, 'v=10&encoding=json&compress=zlib-stream');
  const payloads = readStream(socket, 'zlib-stream');
  await expect.poll(() => payloads).toHaveLength(1);
  send(2, { ...IDENTIFY, compress: true });
  await expect.poll(() => payloads.at(-1)?.t).toBe('GUILD_CREATE');
});

test('discord.js without a library for streams asks for compressed payloads, and reads them', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox, () => {}, {
    ws: {
      buildStrategy: (manager) => {
        manager.options.compression = CompressionMethod.ZlibStream;
        return new SimpleShardingStrategy(manager);
      },
    },
  });
  await sandbox.world({ guilds: 2, channelsEach: 30 });
  await expect.poll(() => client.guilds.cache.size).toBe(2);
  expect(String(warned.mock.calls)).toContain('falling back to identify compress');
});

test('version 9 of the gateway is served, and READY says so', async () => {
  const sandbox = await sandboxFor();
  for (const [query, v] of [
    ['v=9&encoding=json', 9],
    ['v=10&encoding=json', 10],
    ['', 10],
  ] as const) {
    const { frames, send } = openSocket(sandbox, query);
    await expect.poll(() => frames).toHaveLength(1);
    send(2, IDENTIFY);
    await expect.poll(() => frames).toHaveLength(3);
    expect(JSON.parse(String(frames[1]?.data))).toMatchObject({ t: 'READY', d: { v } });
  }
});

test('what the sandbox lacks is refused, and said on standard error', async () => {
  const said: string[] = [];
  const sandbox = await sandboxFor({ warn: (line) => said.push(line) });
  expect(await openSocket(sandbox, 'v=10&encoding=etf').closed).toBe(4002);
  expect(said).toEqual(['the sandbox has no encoding=etf']);
  expect(await openSocket(sandbox, 'v=10&encoding=json&compress=brotli').closed).toBe(4002);
});

test('the sounds and the channel information of a server are answered, of another server not', async () => {
  const sandbox = await sandboxFor();
  const { wire, ready } = await identified(sandbox);
  const guild_id = ready.guilds[0].id;
  wire.send(31, { guild_ids: ['1', guild_id] });
  const sounds = await wire.next(({ t }) => t === 'SOUNDBOARD_SOUNDS');
  expect(sounds.d).toEqual({ guild_id, soundboard_sounds: [] });
  wire.send(43, { guild_id: '1', fields: ['status'] });
  wire.send(43, { guild_id, fields: ['status', 'voice_start_time'] });
  const info = await wire.next(({ t }) => t === 'CHANNEL_INFO');
  expect([info.d, info.s]).toEqual([{ guild_id, channels: [] }, sounds.s + 1]);
  const stranger = await dial(sandbox);
  stranger.send(43, { guild_id, fields: [] });
  expect(await stranger.closed).toBe(4003);
});
