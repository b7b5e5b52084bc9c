import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Notices } from '../notices.ts';
import { isBotMember } from '../world/guilds.ts';
import type { Guild } from '../world/types.ts';
import { guildCreateView } from '../world/views.ts';
import { type Connection, createConnection } from './connection.ts';
import { parseConnectionSettings } from './connection-settings.ts';
import { IDENTIFIES_PER_DAY } from './limits.ts';
import { serveConnection } from './serve-connection.ts';
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
  /** Asks every client to reconnect and resume. Returns how many there were. */
  requestReconnect(): number;
  /**
   * Leaves every connection open and sends nothing on it any more, heartbeat ACKs included; reads nothing either if it is half
   * open. Returns how many there were.
   */
  fallSilent(isHalfOpen: boolean): number;
  /** Returns how often bots may still identify today. */
  remainingIdentifies(): number;
  /** Drops every connection. */
  stop(): void;
}

/** What the gateway serves. */
export interface GatewayOptions extends SessionOptions {
  /** The interval of heartbeats in milliseconds. */
  readonly heartbeatMs: number;
  readonly notices: Notices;
}

/** Opens the gateway. It dispatches the world's events until `stop`. */
export function openGateway({ heartbeatMs, notices, ...options }: GatewayOptions): Gateway {
  const { world, counters } = options;
  const server = new WebSocketServer({ noServer: true });
  const sessions = createSessionRegistry(options);
  const connections = new Set<Connection>();

  const unsubscribe = world.events.subscribe(({ t, guild, d, isOwnMember, hidden }) => {
    const isRemoval = t === GatewayDispatchEvents.GuildDelete;
    if (hidden || (guild && !isRemoval && !isBotMember(guild))) return;
    if (t === GatewayDispatchEvents.GuildCreate && guild) {
      sessions.dispatch({ t, guild }, ({ intents }) =>
        JSON.stringify(guildCreateView(world, guild, intents)),
      );
    } else if (GATEWAY_EVENTS.has(t)) {
      const data = JSON.stringify(d);
      sessions.dispatch({ t, guild, isOwnMember }, () => data);
    }
  });

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const settings = parseConnectionSettings(request.url ?? '/', notices);
    if ('refusal' in settings) return socket.close(...settings.refusal);
    const connection = createConnection(socket, settings);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
    serveConnection(socket, connection, { heartbeatMs, handlers: sessions });
  });

  /** Does something to every connection. Returns how many there are. */
  function toAll(action: (connection: Connection) => void): number {
    const count = connections.size;
    for (const connection of connections) action(connection);
    return count;
  }

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (connection) =>
        server.emit('connection', connection, request),
      ),
    dispatchInteraction(interaction, guild) {
      const data = JSON.stringify(interaction);
      return sessions.dispatch({ t: GatewayDispatchEvents.InteractionCreate, guild }, () => data);
    },
    async flush() {
      await Promise.all([...connections].map((connection) => connection.flush()));
    },
    disconnect: (code) =>
      toAll((connection) =>
        code === 'drop' ? connection.drop() : connection.close(code, 'Closed on request.'),
      ),
    invalidate(resumable) {
      sessions.invalidate(resumable);
      return connections.size;
    },
    requestReconnect: () => toAll((connection) => connection.sendOpcode(GatewayOpcodes.Reconnect, null)),
    fallSilent: (isHalfOpen) => toAll((connection) => connection.fallSilent(isHalfOpen)),
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
