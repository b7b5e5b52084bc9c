import type { Server } from 'node:http';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { botUser, createGuildPayloads } from './guilds.ts';
import { APPLICATION, guildId, shardOf } from './ids.ts';

/** An event of a bot's connection, with the machine's monotonic time in nanoseconds. */
export interface ConnectionEvent {
  /** The token of the bot. */
  bot: string;
  at: bigint;
}

/** What the gateway needs. */
export interface GatewayOptions {
  server: Server;
  url: () => string;
  guilds: number;
  channelsEach: number;
  /** Called when READY is sent on the first shard. */
  onReady: (event: ConnectionEvent) => void;
  /** Called when all servers were sent, on all shards. */
  onComplete: (event: ConnectionEvent) => void;
}

/** The gateway of the measuring Discord. */
export interface Gateway {
  /** Sends JSON as a dispatch to a bot, on the shard of the first server. */
  dispatch(bot: string, event: string, data: string): void;
}

type Dispatch = (event: string, data: string, done?: () => void) => void;

interface ClientPayload {
  op: GatewayOpcodes;
  d?: { token?: string; shard?: [number, number] };
}

const HEARTBEAT_MS = 41_250;

/**
 * Creates Discord's gateway for measurements: it sends payloads serialised beforehand and checks nothing, so that it adds
 * little time. The sandbox has the checks.
 */
export function createGateway({
  server,
  url,
  guilds,
  channelsEach,
  onReady,
  onComplete,
}: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const payload = createGuildPayloads(channelsEach);
  const firstShards = new Map<string, Dispatch>();
  /** How many servers each shard of a bot was sent. Shards identify in any order, and again after a restart. */
  const sentGuilds = new Map<string, Map<number, number>>();

  sockets.on('connection', (socket) => {
    let sequence = 0;
    const dispatch: Dispatch = (event, data, done) => {
      sequence += 1;
      socket.send(`{"op":0,"t":"${event}","s":${sequence},"d":${data}}`, done);
    };
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_MS });
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data)) as ClientPayload;
      if (op === GatewayOpcodes.Heartbeat) send(socket, GatewayOpcodes.HeartbeatAck, null);
      else if (op === GatewayOpcodes.Resume) send(socket, GatewayOpcodes.InvalidSession, false);
      else if (op === GatewayOpcodes.Identify) void identify(d?.token ?? '', d?.shard ?? [0, 1], dispatch);
    });
  });

  /** Sends READY and the servers of a shard. */
  async function identify(bot: string, [shard, shards]: [number, number], dispatch: Dispatch): Promise<void> {
    const own = Array.from({ length: guilds }, (_, n) => n).filter((n) => shardOf(n, shards) === shard);
    const byShard = sentGuilds.get(bot) ?? new Map<number, number>();
    sentGuilds.set(bot, byShard);
    byShard.delete(shard);
    if (own.includes(0)) {
      firstShards.set(bot, dispatch);
      onReady({ bot, at: process.hrtime.bigint() });
    }
    dispatch('READY', JSON.stringify(readyPayload(shard, shards, own)));
    for (const n of own) {
      // One after the other, or the rest would only wait in this process's memory.
      await new Promise<void>((sent) => dispatch('GUILD_CREATE', payload(n), sent));
    }
    byShard.set(shard, own.length);
    const total = [...byShard.values()].reduce((sum, count) => sum + count, 0);
    if (total >= guilds) onComplete({ bot, at: process.hrtime.bigint() });
  }

  const readyPayload = (shard: number, shards: number, own: readonly number[]) => ({
    v: 10,
    user: { ...botUser, verified: true, email: null },
    guilds: own.map((n) => ({ id: guildId(n), unavailable: true })),
    session_id: `bench-${shard}`,
    resume_gateway_url: url(),
    shard: [shard, shards],
    application: { id: APPLICATION, flags: 0 },
  });

  return { dispatch: (bot, event, data) => firstShards.get(bot)?.(event, data) };
}

function send(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, t: null, s: null }));
}
