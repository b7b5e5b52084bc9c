import { DiscordAPIError, type REST } from '@discordjs/rest';
import { OverwriteType, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { canPostInLockedThread, isThread, missingPostPermissions } from '../permissions.ts';

const bits = z.string().regex(/^\d+$/).transform(BigInt);
const rolesSchema = z.array(z.looseObject({ id: z.string(), permissions: bits }));
const memberSchema = z.looseObject({ roles: z.array(z.string()) });
const overwriteSchema = z.looseObject({ id: z.string(), type: z.int(), allow: bits, deny: bits });
const channelSchema = z.looseObject({
  type: z.int(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwriteSchema).default([]),
  thread_metadata: z.looseObject({ locked: z.boolean().default(false) }).optional(),
});

type Overwrite = z.output<typeof overwriteSchema>;
/** The bot in a server: its user, and its roles with what they permit, that of everyone among them. */
interface Self {
  id: string;
  guildId: string;
  roles: z.output<typeof rolesSchema>;
}

/** Asks Discord for what stands at a path of its API. */
export type Get = (path: `/${string}`) => Promise<unknown>;

/** Its questions take their turns with the posts: Discord's limit is one for both. */
export const createPacedGet =
  (rest: REST, pace: () => Promise<void>): Get =>
  async (path) => {
    await pace();
    return rest.get(path);
  };

/**
 * In which of some channels of a server the bot may post, asked of Discord: it is looked up when there is a reason to, since
 * the roles and channels of all servers would fill the memory for a question that is seldom asked. Rejects where Discord
 * cannot be asked.
 */
export async function postable(
  get: Get,
  botId: string,
  guildId: string,
  channelIds: readonly string[],
): Promise<Set<string>> {
  const member = memberSchema.parse(await get(Routes.guildMember(guildId, botId)));
  const roles = rolesSchema.parse(await get(Routes.guildRoles(guildId)));
  const mine = roles.filter(({ id }) => id === guildId || member.roles.includes(id));
  const found = new Set<string>();
  for (const id of channelIds) {
    const channel = await channelOf(get, id);
    // What may be done in a thread is said by the channel that it is in.
    const home = channel && isThread(channel.type) ? await channelOf(get, channel.parent_id ?? '') : channel;
    if (!channel || !home) continue;
    const permissions = permissionsIn({ id: botId, guildId, roles: mine }, home.permission_overwrites);
    const isOpen = !channel.thread_metadata?.locked || canPostInLockedThread(permissions);
    if (isOpen && missingPostPermissions(permissions, channel.type).length === 0) found.add(id);
  }
  return found;
}

/** Undefined where the channel is gone, or may not even be seen. */
async function channelOf(get: Get, channelId: string) {
  try {
    return channelSchema.parse(await get(Routes.channel(channelId)));
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/** Docs: "Permissions", permission overwrites: everyone's first, then those of all roles together, then the member's own. */
function permissionsIn({ id, guildId, roles }: Self, overwrites: readonly Overwrite[]): bigint {
  const ofRoles = ({ id: role, type }: Overwrite) =>
    type === OverwriteType.Role && role !== guildId && roles.some((one) => one.id === role);
  const steps = [
    overwrites.filter((one) => one.id === guildId),
    overwrites.filter(ofRoles),
    overwrites.filter((one) => one.type === OverwriteType.Member && one.id === id),
  ];
  const base = roles.reduce((sum, one) => sum | one.permissions, 0n);
  return steps.reduce((permissions, step) => {
    const deny = step.reduce((sum, one) => sum | one.deny, 0n);
    const allow = step.reduce((sum, one) => sum | one.allow, 0n);
    return (permissions & ~deny) | allow;
  }, base);
}
