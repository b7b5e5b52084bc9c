import { randomUUID } from 'node:crypto';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Counters } from '../counters.ts';
import { isBotMember } from '../world/guilds.ts';
import { shardOf } from '../world/snowflake.ts';
import { isValidToken } from '../world/token.ts';
import type { Guild } from '../world/types.ts';
import { guildCreateView } from '../world/views.ts';
import type { World } from '../world/world.ts';
import { type ConnectionHandlers, sendPayload } from './connection.ts';
import { KNOWN_INTENTS, receivesEvent } from './intents.ts';
import { GUILDS_PER_SHARD, IDENTIFIES_PER_DAY } from './limits.ts';
import type { Identify, RequestMembers } from './payloads.ts';
import { dispatch, findMissedPayloads, type Session } from './session.ts';

/** The sessions of all bots. As the handlers of connections it starts and resumes them. */
export interface SessionRegistry extends ConnectionHandlers {
  /** Dispatches an event to every session that receives it. Outside of guilds that is shard 0. Returns how many do. */
  dispatch(t: string, guild: Guild | null, createData: (session: Session) => string): number;
  /** Tells every client that its session is invalid. Deletes sessions that are not `resumable`. */
  invalidate(resumable: boolean): void;
}

/** What sessions are made from. */
export interface SessionOptions {
  readonly world: World;
  readonly counters: Counters;
  /** `ws://127.0.0.1:PORT`, once the port is known. */
  readonly url: () => string;
}

/** Creates an empty registry. */
export function createSessionRegistry({ world, counters, url }: SessionOptions): SessionRegistry {
  const sessions = new Map<string, Session>();
  return {
    identify(socket, request) {
      const error = findIdentifyError(world, counters, request);
      if (error) {
        socket.close(...error);
        return undefined;
      }
      counters.identifies++;
      const session = createSession(socket, request);
      sessions.set(session.id, session);
      dispatchInitialEvents(world, session, url());
      return session;
    },
    resume(socket, request) {
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
    },
    end: ({ id }) => sessions.delete(id),
    sendMembers: (session, request) => dispatchMembers(world, session, request),
    dispatch(t, guild, createData) {
      const receivers = [...sessions.values()].filter(
        (session) => isOnShard(session, guild) && receivesEvent(session.intents, t, guild !== null),
      );
      for (const session of receivers) dispatch(session, t, createData(session));
      return receivers.length;
    },
    invalidate(resumable) {
      for (const session of sessions.values()) {
        if (session.socket) sendPayload(session.socket, GatewayOpcodes.InvalidSession, resumable);
        if (!resumable) sessions.delete(session.id);
      }
    },
  };
}

const isOnShard = ({ shard: [id, count] }: Session, guild: Guild | null) =>
  guild ? shardOf(guild.id, count) === id : id === 0;

/** The guilds of a shard, those in an outage included. */
const guildsOfShard = (world: World, [id, count]: Session['shard']): Guild[] =>
  [...world.guilds.values()].filter((guild) => guild.joined_at !== null && shardOf(guild.id, count) === id);

const shardOfRequest = ({ shard }: Identify): Session['shard'] => shard ?? [0, 1];

/** Returns the code and the reason to close the connection with, if a bot may not identify like this. */
function findIdentifyError(
  world: World,
  counters: Counters,
  request: Identify,
): [code: GatewayCloseCodes, reason: string] | undefined {
  const [id, count] = shardOfRequest(request);
  if (!isValidToken(world, request.token)) {
    return [GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.'];
  }
  if (id >= count) return [GatewayCloseCodes.InvalidShard, 'Invalid shard.'];
  if (guildsOfShard(world, [id, count]).length > GUILDS_PER_SHARD) {
    return [GatewayCloseCodes.ShardingRequired, 'Sharding required.'];
  }
  if (request.intents & ~KNOWN_INTENTS) return [GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).'];
  if (counters.identifies >= IDENTIFIES_PER_DAY) {
    return [GatewayCloseCodes.AuthenticationFailed, 'Too many identifies: the token was reset.'];
  }
  return undefined;
}

const createSession = (socket: WebSocket, request: Identify): Session => ({
  id: randomUUID(),
  token: request.token,
  intents: request.intents,
  shard: shardOfRequest(request),
  socket,
  seq: 0,
  replayBuffer: [],
});

/** Dispatches READY, and then each guild of the shard (documentation: events/gateway-events, "Ready"). */
function dispatchInitialEvents(world: World, session: Session, url: string): void {
  const guilds = world.settings.emptyReady ? [] : guildsOfShard(world, session.shard);
  const ready = {
    v: 10,
    user: { ...world.bot, verified: true, email: null },
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `${url}/gateway/resume`,
    shard: session.shard,
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
  if (!(session.intents & GatewayIntentBits.Guilds)) return;
  for (const guild of guilds.filter(isBotMember)) {
    const data = JSON.stringify(guildCreateView(world, guild, session.intents));
    dispatch(session, GatewayDispatchEvents.GuildCreate, data);
  }
}

/** Dispatches the requested members (documentation: events/gateway-events, "Request Guild Members"). */
function dispatchMembers(world: World, session: Session, request: RequestMembers): void {
  const guild = world.guilds.get(request.guild_id);
  if (!guild || !isBotMember(guild)) return;
  const ids = request.user_ids === undefined ? undefined : [request.user_ids].flat();
  const found = guild.members.filter(({ user }) =>
    ids ? ids.includes(user.id) : user.username.startsWith(request.query ?? ''),
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
