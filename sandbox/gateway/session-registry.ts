import { randomUUID } from 'node:crypto';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord-api-types/v10';
import type { Counters } from '../counters.ts';
import { applicationFlags } from '../world/application-flags.ts';
import { isBotMember } from '../world/guilds.ts';
import { shardOf } from '../world/snowflake.ts';
import { isValidToken } from '../world/token.ts';
import type { Guild } from '../world/types.ts';
import { guildCreateView } from '../world/views.ts';
import type { World } from '../world/world.ts';
import { answerRequest, showPresence } from './answers.ts';
import type { Connection } from './connection.ts';
import type { IdentifyLimit } from './identify-limit.ts';
import { type EventKind, findDisallowedIntents, KNOWN_INTENTS, receivesEvent } from './intents.ts';
import { GUILDS_PER_SHARD, IDENTIFIES_PER_DAY } from './limits.ts';
import type { Identify } from './payloads.ts';
import type { ConnectionHandlers } from './serve-connection.ts';
import { dispatch, findMissedPayloads, type Session } from './session.ts';

/** An event, and the guild it happened in; null outside of guilds. */
export interface GatewayEvent extends Pick<EventKind, 't'> {
  readonly guild: Guild | null;
  /** Whether it is about the bot's own member. The default is false. */
  readonly isOwnMember?: boolean | undefined;
}

/** The sessions of all bots. As the handlers of connections it starts and resumes them. */
export interface SessionRegistry extends ConnectionHandlers {
  /** Dispatches an event to every session that receives it. Outside of guilds that is shard 0. Returns how many do. */
  dispatch(event: GatewayEvent, createData: (session: Session) => string): number;
  /** Tells every client that its session is invalid. Deletes sessions that are not `resumable`. */
  invalidate(resumable: boolean): void;
}

/** What sessions are made from. */
export interface SessionOptions {
  readonly world: World;
  readonly counters: Counters;
  readonly identifyLimit: IdentifyLimit;
  /** `ws://127.0.0.1:PORT`, once the port is known. */
  readonly url: () => string;
}

/** Creates an empty registry. */
export function createSessionRegistry(options: SessionOptions): SessionRegistry {
  const { world, counters, identifyLimit, url } = options;
  const sessions = new Map<string, Session>();
  return {
    identify(connection, request) {
      const error = findIdentifyError(world, counters, request);
      if (error) {
        connection.close(...error);
        return undefined;
      }
      if (!identifyLimit.acquire(shardOfRequest(request)[0], world.settings.maxConcurrency)) {
        connection.sendOpcode(GatewayOpcodes.InvalidSession, false);
        return undefined;
      }
      counters.identifies++;
      world.events.emit({ t: 'SANDBOX_SESSION', guild: null, d: { did: 'identified' }, hidden: true });
      const session = createSession(connection, request);
      sessions.set(session.id, session);
      if (session.compress) connection.compressPayloads();
      showPresence(world, request.presence);
      dispatchInitialEvents(world, session, { url: url(), version: connection.version });
      return session;
    },
    resume(connection, request) {
      const session = sessions.get(request.session_id);
      if (!isValidToken(world, request.token)) {
        connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
        return undefined;
      }
      const missed = session?.token === request.token ? findMissedPayloads(session, request.seq) : undefined;
      if (!session || !missed) {
        connection.sendOpcode(GatewayOpcodes.InvalidSession, false);
        return undefined;
      }
      counters.resumes++;
      world.events.emit({ t: 'SANDBOX_SESSION', guild: null, d: { did: 'resumed' }, hidden: true });
      session.connection?.close(GatewayCloseCodes.UnknownError, 'Resumed elsewhere.');
      session.connection = connection;
      if (session.compress) connection.compressPayloads();
      for (const json of missed) connection.send(json);
      dispatch(session, GatewayDispatchEvents.Resumed, JSON.stringify({ _trace: ['sandbox'] }));
      return session;
    },
    end: ({ id }) => sessions.delete(id),
    answer: (session, request) => answerRequest(world, session, request),
    dispatch({ t, guild, isOwnMember = false }, createData) {
      const kind = { t, inGuild: guild !== null, isOwnMember };
      const receivers = [...sessions.values()].filter(
        (session) => isOnShard(session, guild) && receivesEvent(session.intents, kind),
      );
      for (const session of receivers) dispatch(session, t, createData(session));
      return receivers.length;
    },
    invalidate(resumable) {
      for (const session of sessions.values()) {
        session.connection?.sendOpcode(GatewayOpcodes.InvalidSession, resumable);
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
  if (findDisallowedIntents(request.intents, world.settings.privilegedIntents)) {
    return [GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).'];
  }
  if (counters.identifies >= IDENTIFIES_PER_DAY) {
    return [GatewayCloseCodes.AuthenticationFailed, 'Too many identifies: the token was reset.'];
  }
  return undefined;
}

const createSession = (connection: Connection, request: Identify): Session => ({
  id: randomUUID(),
  token: request.token,
  intents: request.intents,
  shard: shardOfRequest(request),
  compress: request.compress,
  connection,
  seq: 0,
  replayBuffer: [],
});

/** Dispatches READY, and then each guild of the shard (documentation: events/gateway-events, "Ready"). */
function dispatchInitialEvents(
  world: World,
  session: Session,
  { url, version }: { readonly url: string; readonly version: number },
): void {
  const guilds = world.settings.emptyReady ? [] : guildsOfShard(world, session.shard);
  const ready = {
    v: version,
    user: { ...world.bot, verified: true, email: null },
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `${url}/gateway/resume`,
    shard: session.shard,
    application: { id: world.bot.id, flags: applicationFlags(world.settings.privilegedIntents) },
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
