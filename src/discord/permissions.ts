import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { MessageKey } from '../text/language.ts';

/** What the bot needs in a channel to post there, in the order in which an admin would grant it. */
const NEEDED = [
  [PermissionFlagsBits.ViewChannel, 'permission.view-channel'],
  [PermissionFlagsBits.SendMessages, 'permission.send-messages'],
  [PermissionFlagsBits.EmbedLinks, 'permission.embed-links'],
] as const satisfies readonly (readonly [bigint, MessageKey])[];

export type PermissionName = (typeof NEEDED)[number][1];

/** The permissions that the bot lacks for posting. Docs: "Permissions". An administrator lacks none. */
export function missingForPosts(permissions: bigint): PermissionName[] {
  if (permissions & PermissionFlagsBits.Administrator) return [];
  return NEEDED.filter(([bit]) => !(permissions & bit)).map(([, name]) => name);
}

/** Whether someone with these permissions may mention any role. */
export function mayMentionAnyRole(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator));
}

/** Whether the bot can look for its own posts in a channel: it spares a post that an outage cut off. */
export function canReadHistory(permissions: bigint): boolean {
  return Boolean(permissions & (PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.Administrator));
}

export const MANAGE_SERVER = PermissionFlagsBits.ManageGuild;
