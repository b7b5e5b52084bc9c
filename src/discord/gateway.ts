import { Client, GatewayIntentBits, ShardClientUtil, Status } from 'discord.js';
import {
  ActivityType,
  type APIInteraction,
  GatewayDispatchEvents as Dispatch,
  type GatewayReadyDispatchData,
  Routes,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { createLogLimit } from '../lib/log-limit.ts';
import { createTaskTracker } from '../lib/task-tracker.ts';
import { createGuardedStrategy } from './gateway-strategy.ts';
import { createCallbackSender, type InteractionHandler, respond } from './respond.ts';
import { SHORT_WAITS } from './rest/client.ts';
import type { MakeRequest } from './rest/request-guard.ts';
import { type RetryAtStartOptions, retryAtStart, startError } from './rest/retry-at-start.ts';

/** The handlers of gateway events. */
export interface GatewayHandlers {
  interactions: InteractionHandler;
  /** Called when Discord reports that the bot was removed from a server; not for an outage. */
  onGuildRemoved: (guildId: string) => Promise<void>;
  /** Called when Discord has listed the bot's servers, or has sent what was missed: after a READY or a RESUMED. */
  onGuildsListed: () => Promise<void>;
  /** Called when permissions in a server may have changed, so that a silent countdown may post again. */
  onGuildChanged: (guildId: string) => Promise<void>;
}

/** What a connection needs. */
export interface GatewayOptions {
  /** The guard that all clients share. */
  makeRequest: MakeRequest;
  token: string;
  apiUrl: string;
  /** The shards of this process, and how many there are in all; undefined: all that Discord recommends. */
  shards: { ids: number[]; count: number } | undefined;
  /** Called when Discord has closed the connection for good. */
  onFatal: (reason: string) => void;
  log: Logger;
}

/** An open connection to the gateway. */
export interface Gateway {
  applicationId: string;
  botId: string;
  rest: Client['rest'];
  /** Whether all shards of this process are connected. */
  isReady(): boolean;
  /** Whether a server of this process's shards is not listed by Discord. That alone is no proof. An outage does not count. */
  hasDeparted(guildId: string): boolean;
  /** Shows a text under the bot's name, in all shards of this process; null: nothing. */
  setActivity(text: string | null): void;
  /** Resolves when no event is being handled. */
  whenIdle(): Promise<void>;
}

/** A connection that is being opened, while the rest of the program is still loading. */
export interface GatewayConnection {
  /** Resolves when Discord is ready; rejects if it refuses the token. */
  ready: Promise<Gateway>;
  /** Sets the handlers; earlier events wait for them. */
  handle(handlers: GatewayHandlers): void;
  /** Closes the connection after the events in progress. */
  close(): Promise<void>;
}

/**
 * Connects with discord.js. Interactions stay as Discord sent them, so that they are answered the same way as over HTTP.
 */
export function connectGateway({
  token,
  apiUrl,
  shards,
  makeRequest,
  onFatal,
  log,
}: GatewayOptions): GatewayConnection {
  const closing = new AbortController();
  const { signal } = closing;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...(shards ? { shards: shards.ids, shardCount: shards.count } : { shards: 'auto' }),
    rest: { ...SHORT_WAITS, api: apiUrl, version: '10', makeRequest },
    // The first two are discord.js's own; it takes no part of the object as a default.
    ws: { version: 10, large_threshold: 50, buildStrategy: createGuardedStrategy({ signal, log }) },
    allowedMentions: { parse: [] },
    // A server with an outage would delay the start; nothing here needs its data.
    waitGuildTimeout: 0,
  });
  const { track, finished, whenIdle } = createTaskTracker(log);
  const handlers = Promise.withResolvers<GatewayHandlers>();
  const guilds = handleDispatches(client, log, (failure, work) => {
    void handlers.promise.then((known) => track(failure, work(known)));
  });
  watchConnection(client, log, onFatal);
  const ready = login(client, token, { apiUrl, log, signal }).then(({ application, user }): Gateway => {
    const { shardCount = 1 } = client.options;
    return {
      applicationId: application.id,
      botId: user.id,
      rest: client.rest,
      isReady: () => client.ws.shards.every(({ status }) => status === Status.Ready),
      hasDeparted: (guildId) =>
        guilds.get(ShardClientUtil.shardIdForGuildId(guildId, shardCount))?.has(guildId) === false,
      // A custom status shows its text alone, without "Playing" or "Watching" before it.
      setActivity: (text) =>
        user.setPresence({
          activities: text ? [{ name: text, type: ActivityType.Custom, state: text }] : [],
        }),
      whenIdle,
    };
  });
  // Whoever awaits it later still sees the rejection; until then it must not end the process.
  ready.catch(() => {});
  return {
    ready,
    handle: handlers.resolve,
    async close() {
      closing.abort();
      await finished();
      // Closing the connection is no reason for a warning.
      client.removeAllListeners('shardReconnecting');
      await client.destroy();
    },
  };
}

/** Runs a handler; `failure` is logged where it throws. */
type RunHandler = (failure: string, work: (handlers: GatewayHandlers) => Promise<void>) => void;

/** A dispatch as Discord sends it: `t` is its name, `d` its data. */
interface DispatchPacket {
  t: string;
  d: unknown;
}
/** A name that discord.js has no handler for. */
const HANDLED = 'handled by the bot';

/**
 * Handles dispatches before discord.js does, and hides them from it. discord.js would cache all servers with their channels,
 * which no setting prevents: with ten thousand servers that is most of the bot's memory. Returns the ids of the servers that the
 * bot is in by shard, kept up to date.
 */
function handleDispatches(
  client: Client,
  log: Logger,
  run: RunHandler,
): ReadonlyMap<number, ReadonlySet<string>> {
  const guilds = new Map<number, Set<string>>();
  const guildChanged = ({ guild_id: guild }: { guild_id?: string }) => {
    if (guild) run('could not check a server again', ({ onGuildChanged }) => onGuildChanged(guild));
  };
  const guildsListed = () => run('could not compare the servers', ({ onGuildsListed }) => onGuildsListed());
  const handlers: Partial<Record<string, (data: never, shard: number) => void>> = {
    [Dispatch.InteractionCreate](data: APIInteraction) {
      const send = createCallbackSender(client.rest, data);
      run('could not answer an interaction', ({ interactions }) =>
        respond(client.rest, data, interactions, send),
      );
    },
    [Dispatch.GuildCreate]({ id }: { id: string }, shard) {
      guilds.get(shard)?.add(id);
      guildChanged({ guild_id: id });
    },
    [Dispatch.GuildDelete]({ id, unavailable }: { id: string; unavailable?: boolean }, shard) {
      // With `unavailable` it is an outage, not a removal: docs "Gateway Events", Guild Delete.
      if (unavailable) return;
      guilds.get(shard)?.delete(id);
      log.debug({ guild: id }, 'a server is no longer listed, checking');
      run('could not request the check of a server', ({ onGuildRemoved }) => onGuildRemoved(id));
    },
    // Without the members intent, this event comes only for the bot itself: docs "Gateway Events", Guild Member Update.
    [Dispatch.GuildMemberUpdate]: guildChanged,
    [Dispatch.GuildRoleUpdate]: guildChanged,
    [Dispatch.GuildRoleDelete]: guildChanged,
    [Dispatch.ChannelCreate]: guildChanged,
    [Dispatch.ChannelUpdate]: guildChanged,
    [Dispatch.ThreadUpdate]: guildChanged,
  };
  client.on('raw', (packet: DispatchPacket, shard: number) => {
    if (packet.t === Dispatch.Resumed) return guildsListed();
    if (packet.t === Dispatch.Ready) {
      const ready = packet.d as GatewayReadyDispatchData;
      guilds.set(shard, new Set(ready.guilds.map(({ id }) => id)));
      ready.guilds = [];
      return guildsListed();
    }
    if (Object.hasOwn(handlers, packet.t)) handlers[packet.t]?.(packet.d as never, shard);
    packet.t = HANDLED;
  });
  return guilds;
}

function watchConnection(client: Client, log: Logger, onFatal: (reason: string) => void): void {
  const isLogged = createLogLimit();
  client.on('error', (error) => log.error({ err: error }, 'gateway error'));
  client.on('shardReconnecting', (shard) => {
    if (isLogged()) log.warn({ shard }, 'gateway is reconnecting');
  });
  // The codes after which one must not reconnect: docs "Opcodes and Status Codes", gateway close event codes.
  client.on('shardDisconnect', ({ code }) => onFatal(`Discord has closed the gateway for good (${code}).`));
  client.on('shardResume', (shard) => log.info({ shard }, 'gateway has resumed'));
}

async function login(client: Client, token: string, options: RetryAtStartOptions): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  // After a failed login the client cannot be used again, so the wait for Discord comes before.
  client.rest.setToken(token);
  await retryAtStart(() => client.rest.get(Routes.gatewayBot()), options);
  await client.login(token).catch((error: unknown) => {
    throw startError(options.apiUrl, error);
  });
  return ready;
}
