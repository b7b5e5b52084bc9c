import { Client, GatewayIntentBits, Options } from 'discord.js';
import {
  type APIInteraction,
  type APIInteractionResponse,
  GatewayDispatchEvents as Dispatch,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { missingForPosts } from './permissions.ts';
import { respond } from './respond.ts';

export interface GatewayParts {
  token: string;
  apiUrl: string;
  answer: (interaction: APIInteraction) => Promise<APIInteractionResponse>;
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
  /** Whether the bot is in that server; also while the server has an outage. */
  isMember(guildId: string): boolean;
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
  answer,
  removed,
  changed,
  failed,
  log,
}: GatewayParts): Promise<Gateway> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: apiUrl, version: '10' },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(LITTLE_KEPT),
    // A server with an outage would hold up the start; nothing here needs to wait for it.
    waitGuildTimeout: 0,
  });
  const inHand = new Set<Promise<void>>();
  const track = (what: string, work: Promise<void>) => {
    const tracked = work.catch((error: unknown) => log.error({ err: error }, what));
    inHand.add(tracked);
    void tracked.then(() => inHand.delete(tracked));
  };
  // discord.js re-emits each dispatch as it came, under its name, beside the objects that it makes of it.
  const on = <T>(event: Dispatch, handle: (data: T) => void) =>
    client.ws.on(event as never, handle as () => void);

  const reconsider = (guildId: string) => {
    // discord.js takes the change into its cache in the same turn, after this listener.
    const work = Promise.resolve().then(() => changed(guildId, (channelId) => mayPost(client, channelId)));
    track('a server could not be looked at again', work);
  };

  on(Dispatch.InteractionCreate, (data: APIInteraction) => {
    track('an interaction could not be answered', respond(client.rest, data, answer));
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
  client.on('error', (error) => log.error({ err: error }, 'gateway error'));
  client.on('shardReconnecting', (shard) => log.warn({ shard }, 'gateway is reconnecting'));
  // Codes after which Discord wants no other attempt: docs "Opcodes and Status Codes", gateway close event codes.
  client.on('shardDisconnect', ({ code }) => failed(`Discord has closed the gateway for good (${code}).`));
  client.on('invalidated', () => failed('Discord has declared the session invalid.'));
  client.on('shardResume', (shard) => log.info({ shard }, 'gateway has resumed'));

  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(token).catch((error: unknown) => {
    throw new Error(loginSentence(apiUrl, error), { cause: error });
  });
  const { application } = await ready;
  return {
    applicationId: application.id,
    rest: client.rest,
    isMember: (guildId) => client.guilds.cache.has(guildId),
    quiet: async () => {
      while (inHand.size > 0) await Promise.all(inHand);
    },
    close: async () => {
      await Promise.all(inHand);
      await client.destroy();
    },
  };
}

function loginSentence(apiUrl: string, error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 'TokenInvalid')
    return 'Discord refuses the token. Put a valid DISCORD_TOKEN in place and start again.';
  return `Discord cannot be reached at ${apiUrl} (${message}). Check the address and the network, then start again.`;
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

/** Whether the bot may post in a channel, by what Discord has told of the server so far. */
function mayPost(client: Client, channelId: string): boolean {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased() || !client.user) return false;
  const permissions = channel.permissionsFor(client.user.id);
  return permissions !== null && missingForPosts(permissions.bitfield).length === 0;
}
