import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import { createChannel } from './channels.ts';
import { hasPermissions } from './permissions.ts';
import type { Channel, Guild } from './types.ts';
import { channelView } from './views.ts';
import { saveGuild, type World } from './world.ts';

/* Threads (documentation: topics/threads). A post of a forum is a public thread in it. */

/** What a thread is called by in scripts. */
export const THREAD_KINDS = {
  public: ChannelType.PublicThread,
  announcement: ChannelType.AnnouncementThread,
} as const;

/** A new thread in a channel. */
export function addThread(
  world: World,
  guild: Guild,
  parent: Channel,
  name: string,
  kind: keyof typeof THREAD_KINDS,
): Channel {
  const thread = createChannel(world, guild, name, THREAD_KINDS[kind], {
    parent: parent.id,
    archived: false,
    locked: false,
    since: String(world.clock.now()),
  });
  saveGuild(world, guild);
  world.events.emit({
    t: GatewayDispatchEvents.ThreadCreate,
    guild,
    d: { ...channelView(thread), newly_created: true },
  });
  return thread;
}

/** Archives or locks a thread, or takes that back. */
export function updateThread(
  world: World,
  guild: Guild,
  thread: Channel,
  change: { archived?: boolean | undefined; locked?: boolean | undefined },
): void {
  if (!thread.thread) return;
  if (change.archived !== undefined && change.archived !== thread.thread.archived) {
    thread.thread.archived = change.archived;
    thread.thread.since = String(world.clock.now());
  }
  thread.thread.locked = change.locked ?? thread.thread.locked;
  saveGuild(world, guild);
  world.events.emit({ t: GatewayDispatchEvents.ThreadUpdate, guild, d: channelView(thread) });
}

/**
 * Opens a thread for a message: an archived one comes back by it, a locked one takes messages only of those who may manage
 * threads.
 */
export function reopenThread(world: World, guild: Guild | null, channel: Channel, permissions: bigint): void {
  const { thread } = channel;
  if (!thread || !guild) return;
  if (thread.locked && !hasPermissions(permissions, PermissionFlagsBits.ManageThreads))
    throw createDiscordError(thread.archived ? 'archivedThread' : 'lockedThread');
  if (thread.archived) updateThread(world, guild, channel, { archived: false });
}
