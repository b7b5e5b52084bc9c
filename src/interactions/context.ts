import type {
  APIEmbed,
  APIInteraction,
  APIInteractionDataResolvedChannel,
  APIRole,
  ChannelType,
} from 'discord-api-types/v10';
import { createdAt } from '../discord/snowflake.ts';
import { type Day, utcDay } from '../facts/dates.ts';
import type { Language } from '../i18n/translator.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** A channel that came with an interaction. */
export interface ResolvedChannel {
  id: string;
  type: ChannelType;
  name: string;
  /** What the bot may do in the channel; null where Discord did not say. */
  permissions: bigint | null;
  /** What the member who used the command may do in the channel. */
  memberPermissions: bigint;
  /** Whether it is a thread that only moderators may post in. */
  locked: boolean;
}

/** A role that came with an interaction. */
export interface ResolvedRole {
  id: string;
  name: string;
  mentionable: boolean;
}

/** The server in which a command was used. */
export interface Guild {
  id: string;
  /** The server's language, for what is posted there. */
  locale: string;
  /** What the member who used the command may do in the channel of the command. */
  permissions: bigint;
  /** The roles of that member. */
  roleIds: readonly string[];
}

/** One request as a command sees it. It holds no services: a command is given those when it is made. */
export interface Context {
  /** The facts, messages and questions, the same from the start of the request to its end. */
  knowledge: Knowledge;
  language: Language;
  now: Temporal.Instant;
  /** The UTC day of `now`: claims known by then are known. */
  today: Day;
  userId: string;
  /** When Discord received the request. */
  requestedAt: Temporal.Instant;
  /** Null in a direct message, and where a person installed the bot only for themselves. */
  guild: Guild | null;
  /** The channel of the command or of the button's message; null where Discord did not say. */
  here: ResolvedChannel | null;
  channels: ReadonlyMap<string, ResolvedChannel>;
  roles: ReadonlyMap<string, ResolvedRole>;
  /** The embeds of the message whose button was pressed; empty otherwise. */
  message: readonly APIEmbed[];
}

const FALLBACK_LOCALE = 'en-US';

/** Returns the context of an interaction that arrived at `now`. Never throws: Discord checked the interaction's shape. */
export function createContext(
  knowledge: Knowledge,
  interaction: APIInteraction,
  now: Temporal.Instant,
): Context {
  const locale = 'locale' in interaction ? interaction.locale : FALLBACK_LOCALE;
  const { channels = {}, roles = {} } = resolvedOf(interaction);
  return {
    knowledge,
    language: knowledge.catalogue.in(locale),
    now,
    today: utcDay(now),
    userId: (interaction.member?.user ?? interaction.user)?.id ?? '',
    requestedAt: createdAt(interaction.id),
    guild: guildOf(interaction),
    here: hereOf(interaction),
    channels: new Map(Object.entries(channels).map(([id, channel]) => [id, channelOf(channel)])),
    roles: new Map(Object.entries(roles).map(([id, role]) => [id, roleOf(role)])),
    message: 'message' in interaction ? (interaction.message?.embeds ?? []) : [],
  };
}

interface Resolved {
  channels?: Record<string, APIInteractionDataResolvedChannel>;
  roles?: Record<string, APIRole>;
}

function resolvedOf({ data }: APIInteraction): Resolved {
  return data && 'resolved' in data ? ((data.resolved ?? {}) as Resolved) : {};
}

/** Null unless the bot is a member of the server: with an installation for one person alone it has no place there. */
function guildOf(interaction: APIInteraction): Guild | null {
  const { guild_id: id, member } = interaction;
  if (!id || !member || !('0' in interaction.authorizing_integration_owners)) return null;
  return {
    id,
    locale: interaction.guild_locale ?? FALLBACK_LOCALE,
    permissions: BigInt(member.permissions),
    roleIds: member.roles ?? [],
  };
}

/** The channel of an interaction is as one that is chosen, but its permissions are beside it. */
function hereOf({ channel, member, app_permissions: own }: APIInteraction): ResolvedChannel | null {
  if (!channel) return null;
  const here = { permissions: member?.permissions ?? '0', ...channel, app_permissions: own };
  return channelOf(here as APIInteractionDataResolvedChannel);
}

function channelOf(channel: APIInteractionDataResolvedChannel): ResolvedChannel {
  // Since 2026-07-16 a resolved channel carries the bot's own permissions in it: docs "Change Log".
  const permissions = (channel as { app_permissions?: string }).app_permissions;
  const locked = 'thread_metadata' in channel && channel.thread_metadata?.locked === true;
  return {
    id: channel.id,
    type: channel.type,
    name: channel.name ?? '',
    permissions: BigInt(permissions ?? 0),
    memberPermissions: BigInt(channel.permissions ?? 0),
    locked,
  };
}

function roleOf({ id, name, mentionable }: APIRole): ResolvedRole {
  return { id, name, mentionable };
}
