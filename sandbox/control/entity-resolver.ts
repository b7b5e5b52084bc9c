import type { APIAttachment, APIRole } from 'discord-api-types/v10';
import { botPermissions } from '../world/access.ts';
import { findMemberById } from '../world/guilds.ts';
import { channelPermissions, guildPermissions } from '../world/permissions.ts';
import type { Channel } from '../world/types.ts';
import { channelView, omitUser } from '../world/views.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';
import { findChannelByName, findMemberByName, findRoleByName } from './find-by-name.ts';
import type { Attach } from './given-files.ts';

/** What an option or a select can refer to. */
export type ReferenceKind = 'user' | 'role' | 'channel' | 'attachment';

/** Discord's `resolved` field: what an interaction refers to, by id. */
interface ResolvedData {
  users?: Record<string, object>;
  members?: Record<string, object>;
  roles?: Record<string, APIRole>;
  channels?: Record<string, object>;
  attachments?: Record<string, APIAttachment>;
}

/** Finds what an interaction refers to by name or id, and collects its `resolved` data. */
export interface EntityResolver {
  /** Finds a channel by name or id, without adding it to the data. */
  findChannel(reference: string): Channel | undefined;
  /** Adds a channel, user, role or file to the data. Returns its id, or undefined when there is none of these kinds. */
  resolve(reference: string, kinds: readonly ReferenceKind[]): string | undefined;
  /** Returns the field `resolved`, or no field when nothing was added. */
  createFields(): { readonly resolved?: ResolvedData };
}

/** Creates a resolver for one interaction. Outside of guilds it finds only files. `attach` finds those. */
export function createEntityResolver(
  world: World,
  { guild, user }: Caller,
  attach: Attach = () => undefined,
): EntityResolver {
  const resolved: ResolvedData = {};

  const findChannel = (reference: string) => (guild ? findChannelByName(guild, reference) : undefined);

  function resolveChannel(reference: string): string | undefined {
    const channel = findChannel(reference);
    if (!guild || !channel) return undefined;
    const member = findMemberById(guild, user.id);
    resolved.channels ??= {};
    resolved.channels[channel.id] = {
      ...channelView(channel),
      permissions: String(member ? channelPermissions(guild, member, channel) : 0n),
      app_permissions: String(botPermissions(world, guild, channel)),
    };
    return channel.id;
  }

  function resolveRole(reference: string): string | undefined {
    const role = guild && findRoleByName(guild, reference);
    if (!role) return undefined;
    resolved.roles ??= {};
    resolved.roles[role.id] = role;
    return role.id;
  }

  function resolveUser(reference: string): string | undefined {
    const member = guild && findMemberByName(guild, reference);
    if (!member) return undefined;
    const { id } = member.user;
    resolved.users ??= {};
    resolved.members ??= {};
    resolved.users[id] = member.user;
    resolved.members[id] = { ...omitUser(member), permissions: String(guildPermissions(guild, member)) };
    return id;
  }

  function resolveAttachment(name: string): string | undefined {
    const attachment = attach(name);
    if (!attachment) return undefined;
    resolved.attachments ??= {};
    resolved.attachments[attachment.id] = attachment;
    return attachment.id;
  }

  return {
    findChannel,
    resolve: (reference, kinds) =>
      (kinds.includes('channel') ? resolveChannel(reference) : undefined) ??
      (kinds.includes('user') ? resolveUser(reference) : undefined) ??
      (kinds.includes('role') ? resolveRole(reference) : undefined) ??
      (kinds.includes('attachment') ? resolveAttachment(reference) : undefined),
    createFields: () => (Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}
