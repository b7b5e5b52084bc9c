import { Client, GatewayIntentBits, ShardClientUtil, Status } from 'discord.js';
import {
  type APIInteraction,
  GatewayDispatchEvents as Dispatch,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { createTaskTracker } from '../lib/task-tracker.ts';
import { byCallback, type InteractionHandler, respond } from './respond.ts';
import { startSentence } from './rest/application.ts';

/** What is done with what comes over the gateway. */
export interface GatewayHandlers {
  answerer: InteractionHandler;
  /** The bot was removed from a server. Not called for an outage. */
  removed: (guildId: string) => Promise<void>;
  /** Something changed in a server that may let a silent countdown speak again. */
  changed: (guildId: string) => Promise<void>;
}

export interface GatewayOptions {
  token: string;
  apiUrl: string;
  /** The shards to run here, of how many; undefined: as many as Discord advises, all of them. */
  shards: { ids: number[]; count: number } | undefined;
  /** Discord has closed the connection for good: nothing comes over it any more. */
  failed: (reason: string) => void;
  log: Logger;
}

/** The connection over which Discord sends what people do. */
export interface Gateway {
  applicationId: string;
  botId: string;
  rest: Client['rest'];
  /** Whether all shards of this process are connected. */
  isReady(): boolean;
  /** Whether the bot is no longer in a server that the shards of this process would hear of. An outage is none. */
  hasDeparted(guildId: string): boolean;
  /** Resolves when nothing that came is being handled. */
  whenIdle(): Promise<void>;
}

/** A connection that is being made, while the rest of the bot is still being read. */
export interface GatewayConnection {
  /** Resolves when Discord is ready. Rejects where the token is refused. */
  ready: Promise<Gateway>;
  /** Says who handles what comes; what came before waits for this. */
  handle(handlers: GatewayHandlers): void;
  /** Closes the connection when what is in hand is finished. */
  close(): Promise<void>;
}

/**
 * Connects with discord.js. Interactions are taken as Discord sends them, so that they are answered the same way whichever
 * road they came.
 */
export function connectGateway({ token, apiUrl, shards, failed, log }: GatewayOptions): GatewayConnection {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...(shards ? { shards: shards.ids, shardCount: shards.count } : { shards: 'auto' }),
    rest: { api: apiUrl, version: '10' },
    allowedMentions: { parse: [] },
    // A server with an outage would hold up the start; nothing here needs to wait for it.
    waitGuildTimeout: 0,
  });
  const { track, finished, whenIdle } = createTaskTracker(log);
  const handlers = Promise.withResolvers<GatewayHandlers>();
  const servers = take(client, log, (failure, work) => {
    void handlers.promise.then((known) => track(failure, work(known)));
  });
  watchConnection(client, log, failed);
  const ready = login(client, token, apiUrl).then(({ application, user }): Gateway => {
    const { shardCount = 1 } = client.options;
    const isOurs = (guildId: string) =>
      client.ws.shards.has(ShardClientUtil.shardIdForGuildId(guildId, shardCount));
    return {
      applicationId: application.id,
      botId: user.id,
      rest: client.rest,
      isReady: () => client.ws.shards.every(({ status }) => status === Status.Ready),
      hasDeparted: (guildId) => isOurs(guildId) && !servers.has(guildId),
      whenIdle,
    };
  });
  // A refusal is told to whoever waits for it, be it later.
  ready.catch(() => {});
  return {
    ready,
    handle: handlers.resolve,
    async close() {
      await finished();
      await client.destroy();
    },
  };
}

type Handled = (failure: string, work: (handlers: GatewayHandlers) => Promise<void>) => void;

/** A dispatch as Discord sends it. */
interface Dispatched {
  t: string;
  d: unknown;
}
/** No dispatch has this name. */
const TAKEN = 'taken by the bot';

/**
 * Takes what comes. discord.js makes objects of every dispatch that it is shown, and keeps servers with all their channels for
 * good, which no setting limits: at ten thousand servers they would be most of what the bot holds in memory. So it is shown
 * what concerns the connection alone; it tells of each dispatch, as it came, before it looks at it. Of the servers that the bot
 * is in, their ids are kept: they are what is returned.
 */
function take(client: Client, log: Logger, handled: Handled): ReadonlySet<string> {
  const servers = new Set<string>();
  const reconsider = ({ guild_id: guild }: { guild_id?: string }) => {
    if (guild) handled('a server could not be looked at again', ({ changed }) => changed(guild));
  };
  const taken: Partial<Record<string, (data: never) => void>> = {
    [Dispatch.InteractionCreate](data: APIInteraction) {
      const sendFirst = byCallback(client.rest, data);
      handled('an interaction could not be answered', ({ answerer }) =>
        respond(client.rest, data, answerer, sendFirst),
      );
    },
    [Dispatch.GuildCreate]({ id }: { id: string }) {
      servers.add(id);
      reconsider({ guild_id: id });
    },
    [Dispatch.GuildDelete]({ id, unavailable }: { id: string; unavailable?: boolean }) {
      // With `unavailable` it is an outage, not a removal: docs "Gateway Events", Guild Delete.
      if (unavailable) return;
      servers.delete(id);
      log.info({ guild: id }, 'removed from a server: its data is erased');
      handled('the data of a server could not be erased', ({ removed }) => removed(id));
    },
    // Of members, Discord tells a bot without the members intent only of itself: docs "Gateway Events", Guild Member Update.
    [Dispatch.GuildMemberUpdate]: reconsider,
    [Dispatch.GuildRoleUpdate]: reconsider,
    [Dispatch.GuildRoleDelete]: reconsider,
    [Dispatch.ChannelCreate]: reconsider,
    [Dispatch.ChannelUpdate]: reconsider,
    [Dispatch.ThreadUpdate]: reconsider,
  };
  client.on('raw', (packet: Dispatched) => {
    if (packet.t === Dispatch.Resumed) return;
    if (packet.t === Dispatch.Ready) {
      const ready = packet.d as GatewayReadyDispatchData;
      for (const { id } of ready.guilds) servers.add(id);
      ready.guilds = [];
      return;
    }
    taken[packet.t]?.(packet.d as never);
    packet.t = TAKEN;
  });
  return servers;
}

function watchConnection(client: Client, log: Logger, failed: (reason: string) => void): void {
  client.on('error', (error) => log.error({ err: error }, 'gateway error'));
  client.on('shardReconnecting', (shard) => log.warn({ shard }, 'gateway is reconnecting'));
  // Codes after which Discord wants no other attempt: docs "Opcodes and Status Codes", gateway close event codes.
  client.on('shardDisconnect', ({ code }) => failed(`Discord has closed the gateway for good (${code}).`));
  client.on('invalidated', () => failed('Discord has declared the session invalid.'));
  client.on('shardResume', (shard) => log.info({ shard }, 'gateway has resumed'));
}

async function login(client: Client, token: string, apiUrl: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(token).catch((error: unknown) => {
    throw new Error(startSentence(apiUrl, error), { cause: error });
  });
  return ready;
}
