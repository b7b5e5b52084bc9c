import { DiscordAPIError, type REST } from '@discordjs/rest';
import { OverwriteType, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { canPostInLockedThread, isThread, missingPostPermissions } from '../permissions.ts';

const permissionBits = z.string().regex(/^\d+$/).transform(BigInt);
const rolesSchema = z.array(z.looseObject({ id: z.string(), permissions: permissionBits }));
const memberSchema = z.looseObject({ roles: z.array(z.string()) });
const overwriteSchema = z.looseObject({
  id: z.string(),
  type: z.int(),
  allow: permissionBits,
  deny: permissionBits,
});
const channelSchema = z.looseObject({
  type: z.int(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwriteSchema).default([]),
  thread_metadata: z.looseObject({ locked: z.boolean().default(false) }).optional(),
});

type Overwrite = z.output<typeof overwriteSchema>;
/** The bot as a member of a server. */
interface BotMember {
  /** The id of its user. */
  id: string;
  guildId: string;
  /** Its roles, including @everyone. */
  roles: z.output<typeof rolesSchema>;
}

/** Sends a GET request to Discord's API. Rejects with discord.js's error. */
export type Get = (path: `/${string}`) => Promise<unknown>;

/** Creates a GET that acquires a rate-limit slot for each request: Discord's global limit counts posts and these together. */
export const createRateLimitedGet =
  (rest: REST, acquireSlot: () => Promise<void>): Get =>
  async (path) => {
    await acquireSlot();
    return rest.get(path);
  };

/**
 * Returns in which of these channels of a server the bot may post. Rejects if a request fails. Requested when needed: a cache of
 * the roles and channels of all servers would need much memory and is rarely used.
 */
export async function findPostableChannels(
  get: Get,
  botId: string,
  guildId: string,
  channelIds: readonly string[],
): Promise<Set<string>> {
  const member = memberSchema.parse(await get(Routes.guildMember(guildId, botId)));
  const roles = rolesSchema.parse(await get(Routes.guildRoles(guildId)));
  const botRoles = roles.filter(({ id }) => id === guildId || member.roles.includes(id));
  const bot = { id: botId, guildId, roles: botRoles };
  const postable = new Set<string>();
  for (const id of channelIds) {
    const channel = await findChannel(get, id);
    // A thread has the permissions of its parent channel.
    const parent =
      channel && isThread(channel.type) ? await findChannel(get, channel.parent_id ?? '') : channel;
    if (!channel || !parent) continue;
    const permissions = permissionsIn(bot, parent.permission_overwrites);
    const isOpen = !channel.thread_metadata?.locked || canPostInLockedThread(permissions);
    if (isOpen && missingPostPermissions(permissions, channel.type).length === 0) postable.add(id);
  }
  return postable;
}

/** Returns undefined if the channel was deleted or the bot cannot see it. */
async function findChannel(get: Get, channelId: string) {
  try {
    return channelSchema.parse(await get(Routes.channel(channelId)));
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/**
 * Returns the bot's permissions in a channel. Overwrites apply in this order: @everyone, all roles together, the member. Docs:
 * "Permissions", permission overwrites.
 */
function permissionsIn({ id, guildId, roles }: BotMember, overwrites: readonly Overwrite[]): bigint {
  const isOfRole = ({ id: roleId, type }: Overwrite) =>
    type === OverwriteType.Role && roleId !== guildId && roles.some((role) => role.id === roleId);
  const steps = [
    overwrites.filter((overwrite) => overwrite.id === guildId),
    overwrites.filter(isOfRole),
    overwrites.filter((overwrite) => overwrite.type === OverwriteType.Member && overwrite.id === id),
  ];
  const base = roles.reduce((bits, role) => bits | role.permissions, 0n);
  return steps.reduce((permissions, step) => {
    const deny = step.reduce((bits, overwrite) => bits | overwrite.deny, 0n);
    const allow = step.reduce((bits, overwrite) => bits | overwrite.allow, 0n);
    return (permissions & ~deny) | allow;
  }, base);
}
