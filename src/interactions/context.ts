import type { APIInteraction, APIInteractionDataResolvedChannel, APIRole } from 'discord-api-types/v10';
import type { Repositories } from '../delivery/repositories.ts';
import type { EventIsGone } from '../discord/posting/scheduled-events.ts';
import type { SendTestPost } from '../discord/posting/test-sender.ts';
import type { OpenDm } from '../discord/rest/dm-channel.ts';
import { instantOf } from '../discord/snowflake.ts';
import type { Day } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ReadOwnerData } from '../privacy/owner-data.ts';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';
import type { BotInfo, Command, Context, Guild, ResolvedChannel, ResolvedRole } from './command.ts';

/** What a command may look at that is the same for everyone. */
export interface SharedContext extends Repositories {
  commands: readonly Command[];
  facts: Facts;
  catalogue: Catalogue;
  questions: QuestionAnswerer;
  postTest: SendTestPost;
  openDirect: OpenDm;
  eventIsGone: EventIsGone;
  stored: ReadOwnerData;
  self: BotInfo;
}

const FALLBACK_LOCALE = 'en-US';

/** The context of an interaction: who asks where, in which language, and what came with it. */
export function createContext(
  asking: SharedContext,
  interaction: APIInteraction,
  now: Temporal.Instant,
  today: Day,
): Context {
  const locale = 'locale' in interaction ? interaction.locale : FALLBACK_LOCALE;
  const resolved = resolvedOf(interaction);
  return {
    ...asking,
    now,
    today,
    userId: (interaction.member?.user ?? interaction.user)?.id ?? '',
    requestedAt: instantOf(interaction.id),
    language: asking.catalogue.in(locale),
    guild: guildOf(interaction),
    channels: new Map(Object.entries(resolved.channels ?? {}).map(([id, one]) => [id, channelOf(one)])),
    message: 'message' in interaction ? (interaction.message?.embeds ?? []) : [],
    roles: new Map(Object.entries(resolved.roles ?? {}).map(([id, one]) => [id, roleOf(one)])),
  };
}

interface Resolved {
  channels?: Record<string, APIInteractionDataResolvedChannel>;
  roles?: Record<string, APIRole>;
}

function resolvedOf({ data }: APIInteraction): Resolved {
  return data && 'resolved' in data ? ((data.resolved ?? {}) as Resolved) : {};
}

/** A server counts only where the bot itself is a member: one who merely installed it for themselves has no server here. */
function guildOf(interaction: APIInteraction): Guild | null {
  const { guild_id: id, member } = interaction;
  if (!id || !member || !('0' in interaction.authorizing_integration_owners)) return null;
  return {
    id,
    locale: interaction.guild_locale ?? FALLBACK_LOCALE,
    permissions: BigInt(member.permissions),
    appPermissions: BigInt(interaction.app_permissions ?? 0),
  };
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
    locked,
  };
}

function roleOf({ id, name, mentionable }: APIRole): ResolvedRole {
  return { id, name, mentionable };
}
