import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/** Where posts can be made. A post of a forum is a thread; the forum itself takes none. */
export const POSTABLE: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ...THREADS,
];

/** Whether what is posted in such a channel can go on to those who follow it. Docs: "Message", crosspost message. */
export const isPublished = (type: ChannelType | undefined) => type === ChannelType.GuildAnnouncement;

export const isThread = (type: ChannelType) => THREADS.includes(type);

/** What the bot needs in a channel to post there, in the order in which an admin would grant it. */
const SEE = [PermissionFlagsBits.ViewChannel, 'permission.view-channel'] as const;
const SEND = [PermissionFlagsBits.SendMessages, 'permission.send-messages'] as const;
const SEND_IN_THREADS = [PermissionFlagsBits.SendMessagesInThreads, 'permission.send-in-threads'] as const;
const EMBED = [PermissionFlagsBits.EmbedLinks, 'permission.embed-links'] as const;

export type PermissionName = (typeof SEE | typeof SEND | typeof SEND_IN_THREADS | typeof EMBED)[1];

/**
 * The permissions that the bot lacks for posting in a channel of that type. In a thread its own permission counts in place
 * of Send Messages: docs "Threads", permissions. An administrator lacks none.
 */
export function missingForPosts(permissions: bigint, type: ChannelType): PermissionName[] {
  if (permissions & PermissionFlagsBits.Administrator) return [];
  const needed = [SEE, isThread(type) ? SEND_IN_THREADS : SEND, EMBED];
  return needed.filter(([bit]) => !(permissions & bit)).map(([, name]) => name);
}

/** Whether the bot may go on in a thread that is locked. */
export function mayPostWhereLocked(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ManageThreads | PermissionFlagsBits.Administrator));
}

/** Whether someone with these permissions may mention any role. */
export function mayMentionAnyRole(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator));
}

/** Whether the bot can look for its own posts in a channel: it spares a post that an outage cut off. */
export function canReadHistory(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.Administrator));
}

/** Whether the bot may make scheduled events. Since 2026-02-23 Manage Events alone does not do: docs "Change Log". */
export function mayCreateEvents(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.CreateEvents | PermissionFlagsBits.Administrator));
}

export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild;

/** Whether someone with these permissions may manage the server. */
export function mayManage(permissions: bigint): boolean {
  return Boolean(permissions & (MANAGE_SERVER | PermissionFlagsBits.Administrator));
}
