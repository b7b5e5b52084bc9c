import { Client, GatewayIntentBits, Options, ShardClientUtil, Status } from 'discord.js';
import {
  type APIInteraction,
  type APIThreadChannel,
  GatewayDispatchEvents as Dispatch,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { startSentence } from './application.ts';
import { inHand } from './in-hand.ts';
import { mayPostWhereLocked, missingForPosts } from './permissions.ts';
import { type Answerer, byCallback, respond } from './respond.ts';

export interface GatewayParts {
  token: string;
  apiUrl: string;
  /** The shards to run here, of how many; undefined: as many as Discord advises, all of them. */
  shards: { ids: number[]; count: number } | undefined;
  answerer: Answerer;
  /** The bot was removed from a server. Not called for an outage. */
  removed: (guildId: string) => Promise<void>;
  /** Something changed in a server that may let a silent countdown speak again; in which channels, the second tells. */
  changed: (guildId: string, mayPost: (channelId: string) => boolean) => Promise<void>;
  /** Discord has closed the connection for good: nothing comes over it any more. */
  failed: (reason: string) => void;
  log: Logger;
}

/** The connection over which Discord sends what people do. */
export interface Gateway {
  applicationId: string;
  rest: Client['rest'];
  /** Whether all shards of this process are connected. */
  isReady(): boolean;
  /** Whether the bot is no longer in a server that the shards of this process would hear of. An outage is none. */
  hasDeparted(guildId: string): boolean;
  /** Resolves when no interaction is being answered. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects with discord.js and resolves when Discord is ready. Interactions are taken as Discord sends them, so that they
 * are answered the same way whichever road they came. Rejects where the token is refused.
 */
export async function openGateway({
  token,
  apiUrl,
  shards,
  answerer,
  removed,
  changed,
  failed,
  log,
}: GatewayParts): Promise<Gateway> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...(shards ? { shards: shards.ids, shardCount: shards.count } : { shards: 'auto' }),
    rest: { api: apiUrl, version: '10' },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(LITTLE_KEPT),
    // A server with an outage would hold up the start; nothing here needs to wait for it.
    waitGuildTimeout: 0,
  });
  const { track, finished, quiet } = inHand(log);
  // discord.js re-emits each dispatch as it came, under its name, beside the objects that it makes of it.
  const on = <T>(event: Dispatch, handle: (data: T) => void) =>
    client.ws.on(event as never, handle as () => void);

  const reconsider = (guildId: string, thread?: Thread) => {
    // discord.js takes the change into its cache in the same turn, after this listener.
    const work = Promise.resolve().then(() =>
      changed(guildId, (channelId) => mayPost(client, channelId, thread)),
    );
    track('a server could not be looked at again', work);
  };

  on(Dispatch.InteractionCreate, (data: APIInteraction) => {
    const sendFirst = byCallback(client.rest, data);
    track('an interaction could not be answered', respond(client.rest, data, answerer, sendFirst));
  });
  on(Dispatch.GuildDelete, ({ id, unavailable }: { id: string; unavailable?: boolean }) => {
    // With `unavailable` it is an outage, not a removal: docs "Gateway Events", Guild Delete.
    if (unavailable) return;
    log.info({ guild: id }, 'removed from a server: its data is erased');
    track('the data of a server could not be erased', removed(id));
  });
  // Of members, Discord tells a bot without the members intent only of itself: docs "Gateway Events", Guild Member Update.
  for (const event of [
    Dispatch.GuildCreate,
    Dispatch.GuildRoleUpdate,
    Dispatch.GuildRoleDelete,
    Dispatch.GuildMemberUpdate,
  ]) {
    on(event, ({ id, guild_id: guild = id ?? '' }: { guild_id?: string; id?: string }) => reconsider(guild));
  }
  for (const event of [Dispatch.ChannelCreate, Dispatch.ChannelUpdate]) {
    on(event, ({ guild_id: guild }: { guild_id?: string }) => guild && reconsider(guild));
  }
  on(Dispatch.ThreadUpdate, (thread: Thread) => reconsider(thread.guild_id, thread));
  client.on('error', (error) => log.error({ err: error }, 'gateway error'));
  client.on('shardReconnecting', (shard) => log.warn({ shard }, 'gateway is reconnecting'));
  // Codes after which Discord wants no other attempt: docs "Opcodes and Status Codes", gateway close event codes.
  client.on('shardDisconnect', ({ code }) => failed(`Discord has closed the gateway for good (${code}).`));
  client.on('invalidated', () => failed('Discord has declared the session invalid.'));
  client.on('shardResume', (shard) => log.info({ shard }, 'gateway has resumed'));

  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(token).catch((error: unknown) => {
    throw new Error(startSentence(apiUrl, error), { cause: error });
  });
  const { application } = await ready;
  const { shardCount = 1 } = client.options;
  const isOurs = (guildId: string) =>
    client.ws.shards.has(ShardClientUtil.shardIdForGuildId(guildId, shardCount));
  return {
    applicationId: application.id,
    rest: client.rest,
    isReady: () => client.ws.shards.every(({ status }) => status === Status.Ready),
    hasDeparted: (guildId) => isOurs(guildId) && !client.guilds.cache.has(guildId),
    quiet,
    async close() {
      await finished();
      await client.destroy();
    },
  };
}

/** Of its servers the bot keeps channels and roles, which tell where it may post; the rest comes with each interaction. */
const LITTLE_KEPT = {
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildScheduledEventManager: 0,
  GuildBanManager: 0,
  GuildInviteManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
  AutoModerationRuleManager: 0,
};

/** What a change of a thread tells of it. */
type Thread = Pick<APIThreadChannel, 'id' | 'type' | 'parent_id' | 'thread_metadata'> & { guild_id: string };

/**
 * Whether the bot may post in a channel, by what Discord has told of the server so far. A thread that was archived is not
 * kept, so the one that has just changed speaks for itself.
 */
function mayPost(client: Client, channelId: string, changed?: Thread): boolean {
  const kept = client.channels.cache.get(channelId);
  const thread = kept?.isThread() ? kept : undefined;
  const told = changed?.id === channelId ? changed : undefined;
  const type = told?.type ?? kept?.type;
  const home = client.channels.cache.get(told?.parent_id ?? thread?.parentId ?? channelId);
  if (type === undefined || !client.user || !home || home.isDMBased() || home.isThread()) return false;
  const permissions = home.permissionsFor(client.user.id)?.bitfield;
  if (permissions === undefined) return false;
  const locked = told?.thread_metadata?.locked ?? thread?.locked ?? false;
  return missingForPosts(permissions, type).length === 0 && (!locked || mayPostWhereLocked(permissions));
}
