import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import type { ChannelAccess } from './access.ts';
import { createChannel, type GuildChannel } from './channels.ts';
import { hasPermissions } from './permissions.ts';
import type { Channel } from './types.ts';
import { channelView } from './views.ts';
import { saveGuild, type World } from './world.ts';

/* Threads (documentation: topics/threads). A forum post is a public thread. */

/** The types of threads, by the names that scripts use. */
export const THREAD_KINDS = {
  public: ChannelType.PublicThread,
  announcement: ChannelType.AnnouncementThread,
} as const;

/** Adds a thread to a channel. */
export function addThread(
  world: World,
  { guild, channel: parent }: GuildChannel,
  { name, kind }: { readonly name: string; readonly kind: keyof typeof THREAD_KINDS },
): Channel {
  const state = { archived: false, locked: false, since: String(world.clock.now()) };
  const thread = createChannel(world, guild, {
    name,
    type: THREAD_KINDS[kind],
    thread: { parent: parent.id, ...state },
  });
  saveGuild(world, guild);
  world.events.emit({
    t: GatewayDispatchEvents.ThreadCreate,
    guild,
    d: { ...channelView(thread), newly_created: true },
  });
  return thread;
}

/** A new state of a thread. What is undefined does not change. */
interface ThreadChange {
  readonly archived?: boolean | undefined;
  readonly locked?: boolean | undefined;
}

/** Archives, locks, reopens or unlocks a thread. Does nothing with a channel that is no thread. */
export function updateThread(world: World, { guild, channel }: GuildChannel, change: ThreadChange): void {
  const { thread } = channel;
  if (!thread) return;
  if (change.archived !== undefined && change.archived !== thread.archived) {
    thread.archived = change.archived;
    thread.since = String(world.clock.now());
  }
  thread.locked = change.locked ?? thread.locked;
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ThreadUpdate, guild, d: channelView(channel) });
}

/**
 * Reopens an archived thread, because a message is sent to it. Throws Discord's error for a locked thread, unless the bot
 * can manage threads.
 */
export function reopenThread(world: World, { guild, channel, permissions }: ChannelAccess): void {
  const { thread } = channel;
  if (!thread || !guild) return;
  if (thread.locked && !hasPermissions(permissions, PermissionFlagsBits.ManageThreads))
    throw createDiscordError(thread.archived ? 'archivedThread' : 'lockedThread');
  if (thread.archived) updateThread(world, { guild, channel }, { archived: false });
}
