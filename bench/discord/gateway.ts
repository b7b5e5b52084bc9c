import type { Server } from 'node:http';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { botUser, guildPayloads } from './guilds.ts';
import { APPLICATION, guildId, shardOf } from './ids.ts';

/** What happens at the gateway, with the monotonic time that all processes of a machine share, in nanoseconds. */
export interface Connected {
  /** The token of the bot. */
  bot: string;
  at: bigint;
}

export interface GatewayOptions {
  server: Server;
  url: () => string;
  guilds: number;
  channelsEach: number;
  /** READY was sent on the first shard. */
  ready: (connected: Connected) => void;
  /** All servers were sent, on all shards. */
  complete: (connected: Connected) => void;
}

/** The gateway's side of the bench. */
export interface Gateway {
  /** Sends a payload of JSON as a dispatch to a bot, on the shard of the first server. */
  dispatch(bot: string, event: string, data: string): void;
}

interface Identify {
  op: GatewayOpcodes;
  d?: { token?: string; shard?: [number, number] };
}

const HEARTBEAT_MS = 41_250;

/**
 * Discord's gateway, with nothing in the way of the time that is measured: what it says is serialised beforehand, and it
 * checks nothing. Correctness is the sandbox's affair.
 */
export function openGateway({ server, url, guilds, channelsEach, ready, complete }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const payload = guildPayloads(channelsEach);
  const first = new Map<string, (event: string, data: string) => void>();
  const told = new Map<string, number>();

  sockets.on('connection', (socket) => {
    let sequence = 0;
    const dispatch = (event: string, data: string, done?: () => void) => {
      sequence += 1;
      socket.send(`{"op":0,"t":"${event}","s":${sequence},"d":${data}}`, done);
    };
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_MS });
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data)) as Identify;
      if (op === GatewayOpcodes.Heartbeat) send(socket, GatewayOpcodes.HeartbeatAck, null);
      else if (op === GatewayOpcodes.Resume) send(socket, GatewayOpcodes.InvalidSession, false);
      else if (op === GatewayOpcodes.Identify) void identified(d?.token ?? '', d?.shard ?? [0, 1], dispatch);
    });
  });

  async function identified(
    bot: string,
    [shard, shards]: [number, number],
    dispatch: (event: string, data: string, done?: () => void) => void,
  ): Promise<void> {
    const mine = Array.from({ length: guilds }, (_, n) => n).filter((n) => shardOf(n, shards) === shard);
    if (mine.includes(0)) {
      first.set(bot, dispatch);
      told.set(bot, 0);
      ready({ bot, at: process.hrtime.bigint() });
    }
    dispatch('READY', JSON.stringify(readyOf(shard, shards, mine)));
    for (const n of mine) {
      // One after the other, as a real connection would take them: the rest would only wait in our memory.
      await new Promise<void>((sent) => dispatch('GUILD_CREATE', payload(n), sent));
    }
    const all = (told.get(bot) ?? 0) + mine.length;
    told.set(bot, all);
    if (all >= guilds) complete({ bot, at: process.hrtime.bigint() });
  }

  const readyOf = (shard: number, shards: number, mine: readonly number[]) => ({
    v: 10,
    user: { ...botUser, verified: true, email: null },
    guilds: mine.map((n) => ({ id: guildId(n), unavailable: true })),
    session_id: `bench-${shard}`,
    resume_gateway_url: url(),
    shard: [shard, shards],
    application: { id: APPLICATION, flags: 0 },
  });

  return { dispatch: (bot, event, data) => first.get(bot)?.(event, data) };
}

function send(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, t: null, s: null }));
}
