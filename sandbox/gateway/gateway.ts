import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Counters } from '../counters.ts';
import { isBotMember } from '../world/guilds.ts';
import { shardOf } from '../world/snowflake.ts';
import { isValidToken } from '../world/token.ts';
import type { Guild } from '../world/types.ts';
import { guildCreateView } from '../world/views.ts';
import type { World } from '../world/world.ts';
import { sendPayload, serveConnection, waitForPong } from './connection.ts';
import { KNOWN_INTENTS, receivesEvent } from './intents.ts';
import type { Identify, RequestMembers, Resume } from './payloads.ts';
import { dispatch, findMissedPayloads, type Session } from './session.ts';

/** Discord's WebSocket side. */
export interface Gateway {
  /** Takes over a connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an interaction to every session that would get it; outside of guilds that is shard 0. */
  dispatchInteraction(data: unknown, guild: Guild | null): void;
  /** Resolves when every connected client has read all that was sent so far. */
  flush(): Promise<void>;
  /** Closes every connection with this code, or drops it without a word. Answers how many. */
  disconnect(code: number | 'drop'): number;
  /** Tells every client that its session is invalid, and forgets the sessions. Answers how many. */
  invalidate(resumable: boolean): number;
  /** Identifies left today. */
  remainingIdentifies(): number;
  stop(): void;
}

export interface GatewayOptions {
  readonly world: World;
  readonly counters: Counters;
  /** `ws://127.0.0.1:PORT`, once the port is known. */
  readonly url: () => string;
  /** How often a client must send a heartbeat. */
  readonly heartbeatMs: number;
}

/** How many times a bot may identify in a day (documentation: events/gateway, "Session Start Limit"). */
export const IDENTIFIES_PER_DAY = 1000;
/** How many guilds one shard may hold (documentation: events/gateway, "Sharding"). */
export const GUILDS_PER_SHARD = 2500;

/** Opens the gateway: from now on every event of the world goes to the sessions that may hear of it. */
export function openGateway({ world, counters, url, heartbeatMs }: GatewayOptions): Gateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();

  const concerns = (session: Session, guild: Guild | null) =>
    guild ? shardOf(guild.id, session.shard[1]) === session.shard[0] : session.shard[0] === 0;

  function toSessions(t: string, guild: Guild | null, data: (session: Session) => string): void {
    for (const session of sessions.values()) {
      if (concerns(session, guild) && receivesEvent(session.intents, t, guild !== null))
        dispatch(session, t, data(session));
    }
  }

  const unsubscribe = world.events.subscribe((event) => {
    const { t, guild, d } = event;
    if (event.hidden || (guild && t !== GatewayDispatchEvents.GuildDelete && !isBotMember(guild))) return;
    if (t === GatewayDispatchEvents.GuildCreate && guild) {
      toSessions(t, guild, (session) => JSON.stringify(guildCreateView(world, guild, session.intents)));
    } else if (t in KNOWN_EVENTS) {
      const json = JSON.stringify(d);
      toSessions(t, guild, () => json);
    }
  });

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '/', 'ws://localhost').searchParams;
    if (query.get('v') !== '10')
      return socket.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
    serveConnection(socket, heartbeatMs, { identify, resume, sendMembers });
  });

  function identify(socket: WebSocket, request: Identify): Session | undefined {
    const [shardId, shards] = request.shard ?? [0, 1];
    const guilds = [...world.guilds.values()].filter((guild) => guild.joined_at !== null);
    const mine = guilds.filter((guild) => shardOf(guild.id, shards) === shardId);
    const refuse = (code: GatewayCloseCodes, reason: string) => socket.close(code, reason);
    if (!isValidToken(world, request.token)) {
      refuse(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    } else if (shardId >= shards) refuse(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
    else if (mine.length > GUILDS_PER_SHARD) refuse(GatewayCloseCodes.ShardingRequired, 'Sharding required.');
    else if (request.intents & ~KNOWN_INTENTS) refuse(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    else if (counters.identifies >= IDENTIFIES_PER_DAY) {
      refuse(GatewayCloseCodes.AuthenticationFailed, 'Too many identifies: the token was reset.');
    } else {
      counters.identifies++;
      return start(socket, request, [shardId, shards], mine);
    }
    return undefined;
  }

  function start(socket: WebSocket, request: Identify, shard: Session['shard'], guilds: Guild[]): Session {
    const { token, intents } = request;
    const session: Session = { id: randomUUID(), token, intents, shard, socket, seq: 0, replayBuffer: [] };
    sessions.set(session.id, session);
    const ready = {
      v: 10,
      user: { ...world.bot, verified: true, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${url()}/gateway/resume`,
      shard,
      application: { id: world.bot.id, flags: 0 },
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      presences: [],
      user_settings: {},
      guild_join_requests: [],
      _trace: ['sandbox'],
    };
    dispatch(session, GatewayDispatchEvents.Ready, JSON.stringify(ready));
    if (intents & GatewayIntentBits.Guilds) {
      for (const guild of guilds.filter(isBotMember)) {
        dispatch(
          session,
          GatewayDispatchEvents.GuildCreate,
          JSON.stringify(guildCreateView(world, guild, intents)),
        );
      }
    }
    return session;
  }

  function resume(socket: WebSocket, request: Resume): Session | undefined {
    const session = sessions.get(request.session_id);
    if (!isValidToken(world, request.token)) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const missed = session?.token === request.token ? findMissedPayloads(session, request.seq) : undefined;
    if (!session || !missed) {
      sendPayload(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    counters.resumes++;
    session.socket?.close(GatewayCloseCodes.UnknownError, 'Resumed elsewhere.');
    session.socket = socket;
    for (const json of missed) socket.send(json);
    dispatch(session, GatewayDispatchEvents.Resumed, JSON.stringify({ _trace: ['sandbox'] }));
    return session;
  }

  function sendMembers(session: Session, request: RequestMembers): void {
    const guild = world.guilds.get(request.guild_id);
    if (!guild || !isBotMember(guild)) return;
    const ids = request.user_ids === undefined ? undefined : [request.user_ids].flat();
    const found = guild.members.filter((member) =>
      ids ? ids.includes(member.user.id) : member.user.username.startsWith(request.query ?? ''),
    );
    const chunk = {
      guild_id: guild.id,
      members: request.limit ? found.slice(0, request.limit) : found,
      chunk_index: 0,
      chunk_count: 1,
      not_found: ids?.filter((id) => !found.some((member) => member.user.id === id)) ?? [],
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    };
    dispatch(session, GatewayDispatchEvents.GuildMembersChunk, JSON.stringify(chunk));
  }

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (connection) =>
        server.emit('connection', connection, request),
      ),
    dispatchInteraction(data, guild) {
      const json = JSON.stringify(data);
      toSessions(GatewayDispatchEvents.InteractionCreate, guild, () => json);
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
      for (const session of sessions.values()) {
        if (session.socket) sendPayload(session.socket, GatewayOpcodes.InvalidSession, resumable);
        if (!resumable) sessions.delete(session.id);
      }
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

const KNOWN_EVENTS = Object.fromEntries(Object.values(GatewayDispatchEvents).map((t) => [t, true]));
