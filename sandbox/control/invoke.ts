import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIUser,
  InteractionContextType,
  type InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import { getOrCreateDirectChannel } from '../world/channels.ts';
import { findMemberById } from '../world/guilds.ts';
import type { Interaction, InteractionOutcome } from '../world/interactions.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { Channel, Guild, StoredMessage } from '../world/types.ts';
import { channelView } from '../world/views.ts';
import type { World } from '../world/world.ts';
import { deliverInteraction } from './deliver-interaction.ts';
import { ControlError } from './errors.ts';
import { findChannel, findGuild, findMember } from './find-by-name.ts';

/** Who does something, and where. */
export interface InvocationContext {
  readonly user: APIUser;
  readonly guild: Guild | null;
  readonly channel: Channel;
  readonly context: InteractionContextType;
  readonly locale: string;
  /** Whether the user brings the app along, rather than the server having it. */
  readonly userInstall: boolean;
}

/** How a script names a scene. Everything may be left out. */
export interface InvocationContextInput {
  readonly channel?: string | undefined;
  readonly context?: 'guild' | 'dm' | 'private' | undefined;
  readonly user?: string | undefined;
  readonly guild?: string | undefined;
  readonly locale?: string | undefined;
  readonly install?: 'guild' | 'user' | undefined;
}

/** The scene that is meant: by default the owner in the channel general of the first server. */
export function resolveContext(world: World, said: InvocationContextInput): InvocationContext {
  const guild = findGuild(world, said.guild);
  const member = findMember(guild, said.user ?? guild.owner_id);
  if (!member) throw new ControlError(`There is no member ${said.user} in ${guild.name}.`, 404);
  const { user } = member;
  const locale = said.locale ?? 'en-US';
  if (said.context === 'private') {
    const channel = getOrCreateDirectChannel(world, user.id, true);
    return {
      user,
      guild: null,
      channel,
      locale,
      userInstall: true,
      context: InteractionContextType.PrivateChannel,
    };
  }
  const userInstall = said.install === 'user';
  if (said.context === 'dm' || said.channel === 'dm') {
    const channel = getOrCreateDirectChannel(world, user.id, false);
    return { user, guild: null, channel, locale, userInstall, context: InteractionContextType.BotDM };
  }
  const channel =
    said.channel === undefined
      ? (findChannel(guild, 'general') ?? guild.channels[0])
      : findChannel(guild, said.channel);
  if (!channel)
    throw new ControlError(`There is no channel ${said.channel ?? 'general'} in ${guild.name}.`, 404);
  if (!hasPermissions(channelPermissions(guild, member, channel), PermissionFlagsBits.ViewChannel)) {
    throw new ControlError(`${user.username} cannot see the channel ${channel.name}.`);
  }
  return { user, guild, channel, locale, userInstall, context: InteractionContextType.Guild };
}

/** What an interaction is about, apart from its scene. */
export interface Invocation {
  readonly type: InteractionType;
  readonly data: object;
  readonly commandName: string | null;
  readonly source: StoredMessage | null;
}

export interface InvocationResult {
  readonly interaction: Interaction;
  readonly outcome: InteractionOutcome;
  /** Real time from the dispatch to the answer in milliseconds. */
  readonly ms: number;
}

/**
 * Sends an interaction to the bot and waits for what the person would see, as long as Discord would wait; a deferred
 * answer as long as the sandbox's patience lasts.
 */
export async function invoke(
  services: Services,
  scene: InvocationContext,
  invocation: Invocation,
): Promise<InvocationResult> {
  const { world, gateway, interactions, timing } = services;
  const { user, guild, channel, locale, userInstall, context } = scene;
  const { type, data, source, commandName } = invocation;
  const member = guild && findMemberById(guild, user.id);
  const permissions = guild && member ? channelPermissions(guild, member, channel) : 0n;
  // From the bot's own direct messages a server-installed app reports "0" (receiving-and-responding, "Authorizing Integration Owners").
  const owners: Record<string, string> = userInstall ? { 1: user.id } : { 0: guild?.id ?? '0' };
  if (userInstall) saveUserInstall(world, user.id);
  const appPermissions = botPermissions(world, guild, channel);
  const interaction = interactions.create({
    id: world.nextId(),
    type,
    user,
    guild,
    channel,
    permissions: appPermissions,
    source,
    commandName,
    owners,
    onlyEphemeral:
      guild !== null && userInstall && !hasPermissions(permissions, PermissionFlagsBits.UseExternalApps),
  });
  const payload = {
    id: interaction.id,
    application_id: world.bot.id,
    type,
    data,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelView(channel), ...(guild ? { permissions: String(permissions) } : {}) },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.preferred_locale, features: [] },
          guild_locale: guild.preferred_locale,
          member: { ...member, permissions: String(permissions) },
        }
      : { user }),
    ...(source ? { message: source.message } : {}),
    app_permissions: String(appPermissions),
    locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context,
    attachment_size_limit: 10 * 1024 * 1024,
  };
  const started = performance.now();
  const endpoint = world.application.interactionsEndpointUrl;
  if (endpoint === null) gateway.dispatchInteraction(payload, guild);
  else void deliverInteraction(services, endpoint, interaction, payload);

  const { outcome, acknowledged } = interaction;
  await withTimeout(timing.answerMs, acknowledged.promise);
  const seen = await withTimeout(timing.deferredMs, outcome.promise);
  return { interaction, outcome: seen, ms: Math.round((performance.now() - started) * 10) / 10 };
}

/** Who brings the app along has installed it. */
function saveUserInstall({ settings, saveMeta }: World, userId: string): void {
  if (settings.installedBy.includes(userId)) return;
  settings.installedBy.push(userId);
  saveMeta();
}

async function withTimeout<T>(ms: number, promise: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(ms, undefined, { signal: over.signal }).then(
    () => Promise.reject(new ControlError('The application did not respond', 504)),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}

/** What a control call answers for what the person sees. */
export function createReply({ outcome, ms }: InvocationResult): object {
  switch (outcome.kind) {
    case 'message': {
      const { id, channel_id, content, embeds, components, attachments, flags } = outcome.stored.message;
      const ephemeral = ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      return { reply: { id, channel_id, content, embeds, components, attachments, flags }, ephemeral, ms };
    }
    case 'modal':
      return { modal: outcome.modal, ms };
    case 'choices':
      return {
        choices: (outcome.choices as { name: string; value: unknown }[]).map(({ name, value }) => ({
          name,
          value,
        })),
      };
  }
}
