import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/** The types of channels that take messages. A forum takes none itself: its posts are threads. */
export const POSTABLE_CHANNEL_TYPES: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ...THREADS,
];

/** Whether messages in such a channel can be published to its followers. Docs: "Message", crosspost message. */
export const isAnnouncementChannel = (type: ChannelType | undefined) =>
  type === ChannelType.GuildAnnouncement;

/** Whether a channel of this type is a thread. */
export const isThread = (type: ChannelType) => THREADS.includes(type);

/** What the bot needs to post in a channel, in the order of Discord's settings page. */
const SEE = [PermissionFlagsBits.ViewChannel, 'permission.view-channel'] as const;
const SEND = [PermissionFlagsBits.SendMessages, 'permission.send-messages'] as const;
const SEND_IN_THREADS = [PermissionFlagsBits.SendMessagesInThreads, 'permission.send-in-threads'] as const;

/** The message key of a permission's name. */
export type PermissionName = (typeof SEE | typeof SEND | typeof SEND_IN_THREADS)[1];

/**
 * Returns the permissions that the bot lacks to post in a channel of this type; none for an administrator. Threads have a
 * permission of their own in place of Send Messages: docs "Threads", permissions.
 */
export function missingPostPermissions(permissions: bigint, type: ChannelType): PermissionName[] {
  if (permissions & PermissionFlagsBits.Administrator) return [];
  const needed = [SEE, isThread(type) ? SEND_IN_THREADS : SEND];
  return needed.filter(([bit]) => !(permissions & bit)).map(([, name]) => name);
}

/**
 * Returns the permissions that have effect in a channel: without View Channel none, without the permission to send no embeds,
 * files and mentions of everyone. Docs: "Permissions", implicit permissions.
 */
export function effectivePermissions(permissions: bigint, type: ChannelType): bigint {
  const { Administrator, ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  if (permissions & Administrator) return permissions;
  if (!(permissions & ViewChannel)) return 0n;
  if (permissions & (isThread(type) ? SendMessagesInThreads : SendMessages)) return permissions;
  const { MentionEveryone, SendTTSMessages, AttachFiles, EmbedLinks } = PermissionFlagsBits;
  return permissions & ~(MentionEveryone | SendTTSMessages | AttachFiles | EmbedLinks);
}

/** Whether the bot may post in a locked thread. */
export function canPostInLockedThread(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ManageThreads | PermissionFlagsBits.Administrator));
}

/** Whether someone with these permissions may mention any role. */
export function canMentionAnyRole(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator));
}

/** Whether someone with these permissions may do everything, whatever a channel denies. */
export function isAdministrator(permissions: bigint): boolean {
  return Boolean(permissions & PermissionFlagsBits.Administrator);
}

/** Whether the bot can find its own posts in a channel; it needs that where an outage hid whether a post arrived. */
export function canReadHistory(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.Administrator));
}

/** Whether someone with these permissions sees a channel. */
export function canSeeChannel(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Administrator));
}

/** Whether the bot may attach files to its messages in a channel. */
export function canAttachFiles(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.AttachFiles | PermissionFlagsBits.Administrator));
}

/** Whether the bot may create scheduled events. Since 2026-02-23 Manage Events does not include it: docs "Change Log". */
export function canCreateEvents(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.CreateEvents | PermissionFlagsBits.Administrator));
}

/** What the commands that manage a server need. */
export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild;

/** Whether someone with these permissions may manage the server. */
export function canManageServer(permissions: bigint): boolean {
  return Boolean(permissions & (MANAGE_SERVER | PermissionFlagsBits.Administrator));
}

/**
 * What the bot uses in a server, in the order of Discord's settings page; the invite link asks for these. Not in it: Mention
 * Everyone and Manage Threads. They matter only for roles that nobody may mention and for locked threads, and give much.
 */
export const BOT_PERMISSIONS = [
  'ViewChannel',
  'CreateEvents',
  'SendMessages',
  'SendMessagesInThreads',
  'AttachFiles',
  'ReadMessageHistory',
  'PinMessages',
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];
