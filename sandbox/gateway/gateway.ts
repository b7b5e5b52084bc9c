import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayDispatchEvents } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { isBotMember } from '../world/guilds.ts';
import type { Guild } from '../world/types.ts';
import { guildCreateView } from '../world/views.ts';
import { serveConnection, waitForPong } from './connection.ts';
import { IDENTIFIES_PER_DAY } from './limits.ts';
import { createSessionRegistry, type SessionOptions } from './session-registry.ts';

/** Discord's WebSocket gateway. */
export interface Gateway {
  /** Takes over a connection that asks for an upgrade to WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Dispatches an interaction to every session that receives it. Outside of guilds that is shard 0. Returns how many do. */
  dispatchInteraction(data: unknown, guild: Guild | null): number;
  /** Resolves when every client has read all that was sent so far. */
  flush(): Promise<void>;
  /** Closes every connection with this code, or drops it. Returns how many there were. */
  disconnect(code: number | 'drop'): number;
  /** Tells every client that its session is invalid. Returns how many there were. */
  invalidate(resumable: boolean): number;
  /** Returns how often bots may still identify today. */
  remainingIdentifies(): number;
  /** Drops every connection. */
  stop(): void;
}

/** What the gateway serves. */
export interface GatewayOptions extends SessionOptions {
  /** The interval of heartbeats in milliseconds. */
  readonly heartbeatMs: number;
}

/** Opens the gateway. It dispatches the world's events until `stop`. */
export function openGateway({ world, counters, url, heartbeatMs }: GatewayOptions): Gateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = createSessionRegistry({ world, counters, url });

  const unsubscribe = world.events.subscribe(({ t, guild, d, hidden }) => {
    const isRemoval = t === GatewayDispatchEvents.GuildDelete;
    if (hidden || (guild && !isRemoval && !isBotMember(guild))) return;
    if (t === GatewayDispatchEvents.GuildCreate && guild) {
      sessions.dispatch(t, guild, ({ intents }) => JSON.stringify(guildCreateView(world, guild, intents)));
    } else if (GATEWAY_EVENTS.has(t)) {
      const data = JSON.stringify(d);
      sessions.dispatch(t, guild, () => data);
    }
  });

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '/', 'ws://localhost').searchParams;
    if (query.get('v') !== '10')
      return socket.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
    serveConnection(socket, heartbeatMs, sessions);
  });

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (connection) =>
        server.emit('connection', connection, request),
      ),
    dispatchInteraction(interaction, guild) {
      const data = JSON.stringify(interaction);
      return sessions.dispatch(GatewayDispatchEvents.InteractionCreate, guild, () => data);
    },
    async flush() {
      await Promise.all([...server.clients].map(waitForPong));
    },
    disconnect(code) {
      for (const socket of server.clients) {
        if (code === 'drop') socket.terminate();
        else socket.close(code, 'Closed on request.');
      }
      return server.clients.size;
    },
    invalidate(resumable) {
      sessions.invalidate(resumable);
      return server.clients.size;
    },
    remainingIdentifies: () => Math.max(0, IDENTIFIES_PER_DAY - counters.identifies),
    stop() {
      unsubscribe();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** The events that Discord's gateway has. The sandbox publishes others for its page. */
const GATEWAY_EVENTS: ReadonlySet<string> = new Set(Object.values(GatewayDispatchEvents));
