import { type APIGuildMember, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel, Guild } from './types.ts';

/** All permissions. */
export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** Returns whether `held` contains all of `needed`. */
export const hasPermissions = (held: bigint, needed: bigint) => (held & needed) === needed;

/** Returns the permissions of a member in the guild: those of @everyone and of the member's roles. */
export function guildPermissions(guild: Guild, member: APIGuildMember): bigint {
  if (member.user.id === guild.owner_id) return ALL_PERMISSIONS;
  const base = guild.roles
    .filter((role) => role.id === guild.id || member.roles.includes(role.id))
    .reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return hasPermissions(base, PermissionFlagsBits.Administrator) ? ALL_PERMISSIONS : base;
}

/**
 * Returns the permissions of a member in a channel. Overwrites apply in this order: @everyone, all roles of the member
 * together, the member (documentation: topics/permissions, "Permission Overwrites").
 */
export function channelPermissions(guild: Guild, member: APIGuildMember, channel: Channel): bigint {
  const base = guildPermissions(guild, member);
  if (base === ALL_PERMISSIONS) return base;
  // A thread has no overwrites: those of its parent channel apply (topics/threads, "Permissions").
  const { permission_overwrites } = guild.channels.find(({ id }) => id === channel.thread?.parent) ?? channel;
  const overwrites = (ids: readonly string[]) =>
    permission_overwrites
      .filter((overwrite) => ids.includes(overwrite.id))
      .reduce(
        ({ allow, deny }, overwrite) => ({
          allow: allow | BigInt(overwrite.allow),
          deny: deny | BigInt(overwrite.deny),
        }),
        { allow: 0n, deny: 0n },
      );
  const permissions = [[guild.id], member.roles, [member.user.id]].reduce((held, ids) => {
    const { allow, deny } = overwrites(ids);
    return (held & ~deny) | allow;
  }, base);
  if (!hasPermissions(permissions, PermissionFlagsBits.ViewChannel)) return 0n;
  // Without the permission to send, these have no effect (topics/permissions, "Implicit Permissions").
  const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  return hasPermissions(permissions, channel.thread ? SendMessagesInThreads : SendMessages)
    ? permissions
    : permissions &
        ~(
          PermissionFlagsBits.MentionEveryone |
          PermissionFlagsBits.SendTTSMessages |
          PermissionFlagsBits.AttachFiles |
          PermissionFlagsBits.EmbedLinks
        );
}

/**
 * Returns whether a channel is a private thread that is closed to the bot: it is not in it, and may not manage threads
 * (documentation: topics/threads, "Private Threads").
 */
export function isClosedThread(guild: Guild, botId: string, channel: Channel): boolean {
  if (channel.type !== ChannelType.PrivateThread || channel.thread?.hasBot) return false;
  const self = guild.members.find(({ user }) => user.id === botId);
  return (
    !self || !hasPermissions(channelPermissions(guild, self, channel), PermissionFlagsBits.ManageThreads)
  );
}

/** Returns the bit of a permission in any usual spelling: `SendMessages`, `SEND_MESSAGES`, `send messages`. */
export function parsePermission(name: string): bigint | undefined {
  const normalize = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return Object.entries(PermissionFlagsBits).find(([flag]) => normalize(flag) === normalize(name))?.[1];
}
