import { type APIGuildMember, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel, Guild } from './types.ts';

/** Every permission there is. */
export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** Whether `held` contains all of `needed`. */
export const hasPermissions = (held: bigint, needed: bigint) => (held & needed) === needed;

/** What a member may do in the guild at large: everyone's permissions and those of the member's roles. */
export function guildPermissions(guild: Guild, member: APIGuildMember): bigint {
  if (member.user.id === guild.owner_id) return ALL_PERMISSIONS;
  const base = guild.roles
    .filter((role) => role.id === guild.id || member.roles.includes(role.id))
    .reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return hasPermissions(base, PermissionFlagsBits.Administrator) ? ALL_PERMISSIONS : base;
}

/**
 * What a member may do in a channel: base permissions, then the overwrites for everyone, for the member's roles taken
 * together, and for the member (documentation: topics/permissions, "Permission Overwrites").
 */
export function channelPermissions(guild: Guild, member: APIGuildMember, channel: Channel): bigint {
  const base = guildPermissions(guild, member);
  if (base === ALL_PERMISSIONS) return base;
  // A thread has no overwrites of its own: those of its channel hold (topics/threads, "Permissions").
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
  // Implicit denials: who cannot send cannot do any of what sending carries (topics/permissions, "Implicit Permissions").
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

/** The bit of a permission under any usual spelling: `SendMessages`, `SEND_MESSAGES`, `send messages`. */
export function parsePermission(name: string): bigint | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return Object.entries(PermissionFlagsBits).find(([known]) => plain(known) === plain(name))?.[1];
}
