import { ChannelType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import type { ChannelAccess } from './access.ts';
import { createChannel, type GuildChannel } from './channels.ts';
import { hasPermissions, isClosedThread } from './permissions.ts';
import type { Channel } from './types.ts';
import { channelView } from './views.ts';
import { saveGuild, type World } from './world.ts';

/* Threads (documentation: topics/threads). A forum post is a public thread. */

/** The types of threads, by the names that scripts use. */
export const THREAD_KINDS = {
  public: ChannelType.PublicThread,
  announcement: ChannelType.AnnouncementThread,
  private: ChannelType.PrivateThread,
} as const;

/** What sets one new thread apart from another. `hasBot` says whether the bot is added to it. */
interface ThreadOptions {
  readonly name: string;
  readonly kind: keyof typeof THREAD_KINDS;
  readonly hasBot: boolean;
}

/** Adds a thread to a channel. */
export function addThread(
  world: World,
  { guild, channel: parent }: GuildChannel,
  { name, kind, hasBot }: ThreadOptions,
): Channel {
  const state = { archived: false, locked: false, since: String(world.clock.now()), hasBot };
  const thread = createChannel(world, guild, {
    name,
    type: THREAD_KINDS[kind],
    thread: { parent: parent.id, ...state },
  });
  saveGuild(world, guild);
  const { ThreadCreate: t } = GatewayDispatchEvents;
  emitThreadEvent(world, { guild, channel: thread }, { t, fields: { newly_created: true } });
  return thread;
}

/** Publishes an event of a thread. A bot to which it is closed does not receive it. */
function emitThreadEvent(
  world: World,
  { guild, channel }: GuildChannel,
  { t, fields = {} }: { readonly t: string; readonly fields?: object },
): void {
  const isClosed = isClosedThread(guild, world.bot.id, channel);
  const member = channel.thread?.hasBot ? { member: threadMemberView(world, channel) } : {};
  const d = { ...channelView(channel), ...member, ...fields };
  world.events.emit({ t, guild, d, ...(isClosed && { hidden: true }) });
}

/** Returns the bot as a member of a thread (documentation: resources/channel, "Thread Member Object"). */
const threadMemberView = (world: World, { id, thread }: Channel): object => ({
  id,
  user_id: world.bot.id,
  join_timestamp: thread?.since,
  flags: 0,
});

/** Adds the bot to a thread, or removes it (documentation: events/gateway-events, "Thread Members Update"). */
export function setBotInThread(world: World, { guild, channel }: GuildChannel, hasBot: boolean): void {
  const { thread } = channel;
  if (!thread || (thread.hasBot ?? false) === hasBot) return;
  thread.hasBot = hasBot;
  saveGuild(world, guild);
  const { ThreadCreate, ThreadMembersUpdate } = GatewayDispatchEvents;
  if (hasBot) emitThreadEvent(world, { guild, channel }, { t: ThreadCreate });
  const change = hasBot
    ? { added_members: [threadMemberView(world, channel)] }
    : { removed_member_ids: [world.bot.id] };
  const d = { id: channel.id, guild_id: guild.id, member_count: hasBot ? 2 : 1, ...change };
  world.events.emit({ t: ThreadMembersUpdate, guild, d });
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
  emitThreadEvent(world, { guild, channel }, { t: GatewayDispatchEvents.ThreadUpdate });
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
