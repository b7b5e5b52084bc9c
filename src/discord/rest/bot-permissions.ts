import { DiscordAPIError, type REST } from '@discordjs/rest';
import { ChannelType, OverwriteType, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import {
  canPostInLockedThread,
  effectivePermissions,
  isThread,
  missingPostPermissions,
  type PermissionName,
} from '../permissions.ts';

const { UnknownChannel, MissingAccess } = RESTJSONErrorCodes;
const permissionBits = z.string().regex(/^\d+$/).transform(BigInt);
const rolesSchema = z.array(
  z.looseObject({ id: z.string(), permissions: permissionBits, mentionable: z.boolean().default(false) }),
);
const memberSchema = z.looseObject({
  roles: z.array(z.string()),
  communication_disabled_until: z.string().nullish(),
});
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
type Channel = z.output<typeof channelSchema>;
/** A member of a server: the bot, or who uses a command. */
interface Member {
  /** The id of its user. */
  id: string;
  guildId: string;
  /** Its roles, including @everyone. */
  roles: z.output<typeof rolesSchema>;
}

/** Who uses a command, as the interaction tells. */
export interface Asker {
  userId: string;
  roleIds: readonly string[];
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

/** Why the bot could not post in a channel now. */
export type ChannelProblem =
  | { kind: 'gone' }
  | { kind: 'missing'; permissions: readonly PermissionName[] }
  | { kind: 'locked' };

/** What a member may do in a server now. */
export interface MemberPermissions {
  /** In the server, whatever a channel allows or denies. */
  server: bigint;
  /** In the channels that could be read; of who asked, not in private threads, unless they moderate threads. */
  channels: ReadonlyMap<string, bigint>;
}

/** What the bot may do in a server now. */
export interface BotAccess {
  /** The channels in which it may not post. */
  problems: ReadonlyMap<string, ChannelProblem>;
  /** The roles that exist, by id, and whether everyone may mention them. */
  roles: ReadonlyMap<string, { mentionable: boolean }>;
  /** The permissions of the bot. */
  bot: MemberPermissions;
  /** The permissions of who asked; undefined if nobody was given. */
  asker: MemberPermissions | undefined;
  /** The end of the bot's time-out, as Discord has it; undefined if it has none. */
  timeoutUntil: string | undefined;
}

/** Returns in which of these channels of a server the bot may post. Rejects if a request fails. */
export async function findPostableChannels(
  get: Get,
  botId: string,
  guildId: string,
  channelIds: readonly string[],
): Promise<Set<string>> {
  const { problems } = await fetchBotAccess(get, botId, guildId, channelIds);
  return new Set(channelIds.filter((id) => !problems.has(id)));
}

/**
 * Returns what the bot, and who asked, may do in these channels of a server. Rejects if a request fails. Requested when needed: a cache of the
 * roles and channels of all servers would need much memory and is rarely used.
 */
export async function fetchBotAccess(
  get: Get,
  botId: string,
  guildId: string,
  channelIds: readonly string[],
  asker?: Asker,
): Promise<BotAccess> {
  const self = memberSchema.parse(await get(Routes.guildMember(guildId, botId)));
  const roles = rolesSchema.parse(await get(Routes.guildRoles(guildId)));
  const memberOf = (id: string, roleIds: readonly string[]): Member => ({
    id,
    guildId,
    roles: roles.filter((role) => role.id === guildId || roleIds.includes(role.id)),
  });
  const bot = memberOf(botId, self.roles);
  // At the same time: many channels one after the other would take longer than a reply may.
  const places = new Map(
    await Promise.all(channelIds.map(async (id) => [id, await findPlace(get, id)] as const)),
  );
  const problems = [...places].flatMap(([id, place]) => {
    const problem = findProblem(bot, place);
    return problem ? [[id, problem] as const] : [];
  });
  return {
    problems: new Map(problems),
    roles: new Map(roles.map(({ id, mentionable }) => [id, { mentionable }])),
    bot: permissionsOf(bot, places),
    asker: asker && permissionsOfAsker(memberOf(asker.userId, asker.roleIds), places),
    timeoutUntil: self.communication_disabled_until ?? undefined,
  };
}

/** A channel, and the overwrites that apply to it; or why they are not known. */
type Place =
  | { kind: 'known'; channel: Channel; overwrites: readonly Overwrite[] }
  | { kind: 'hidden'; type: ChannelType }
  | { kind: 'gone' };

async function findPlace(get: Get, channelId: string): Promise<Place> {
  const channel = await findChannel(get, channelId);
  if (channel === 'gone') return { kind: 'gone' };
  if (channel === 'hidden') return { kind: 'hidden', type: ChannelType.GuildText };
  // A thread has the permissions of its parent channel.
  const parent = isThread(channel.type) ? await findChannel(get, channel.parent_id ?? '') : channel;
  if (typeof parent === 'string') return { kind: 'hidden', type: channel.type };
  return { kind: 'known', channel, overwrites: parent.permission_overwrites };
}

function findProblem(bot: Member, place: Place): ChannelProblem | undefined {
  if (place.kind === 'gone') return { kind: 'gone' };
  if (place.kind === 'hidden') return missingAll(place.type);
  const { channel, overwrites } = place;
  const permissions = effectivePermissions(permissionsIn(bot, overwrites), channel.type);
  const missing = missingPostPermissions(permissions, channel.type);
  if (missing.length > 0) return { kind: 'missing', permissions: missing };
  const isClosed = channel.thread_metadata?.locked && !canPostInLockedThread(permissions);
  return isClosed ? { kind: 'locked' } : undefined;
}

function permissionsOf(member: Member, places: ReadonlyMap<string, Place>): MemberPermissions {
  const known = [...places].flatMap(([id, place]) =>
    place.kind === 'known'
      ? [[id, effectivePermissions(permissionsIn(member, place.overwrites), place.channel.type)] as const]
      : [],
  );
  return { server: permissionsIn(member, []), channels: new Map(known) };
}

/** A private thread is open to those who were added to it, whom Discord does not list here, and to moderators. */
function permissionsOfAsker(member: Member, places: ReadonlyMap<string, Place>): MemberPermissions {
  const { server, channels } = permissionsOf(member, places);
  const isOpen = ([id, permissions]: [string, bigint]) => {
    const place = places.get(id);
    const isPrivate = place?.kind === 'known' && place.channel.type === ChannelType.PrivateThread;
    return !isPrivate || canPostInLockedThread(permissions);
  };
  return { server, channels: new Map([...channels].filter(isOpen)) };
}

const missingAll = (type: ChannelType): ChannelProblem => ({
  kind: 'missing',
  permissions: missingPostPermissions(0n, type),
});

/** Returns "gone" if the channel was deleted, "hidden" if the bot cannot see it. Only Discord's code says so, no status alone. */
async function findChannel(get: Get, channelId: string) {
  try {
    return channelSchema.parse(await get(Routes.channel(channelId)));
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === UnknownChannel) return 'gone' as const;
    if (error instanceof DiscordAPIError && error.code === MissingAccess) return 'hidden' as const;
    throw error;
  }
}

/**
 * Returns a member's permissions in a channel. Overwrites apply in this order: @everyone, all roles together, the member. Docs:
 * "Permissions", permission overwrites.
 */
function permissionsIn({ id, guildId, roles }: Member, overwrites: readonly Overwrite[]): bigint {
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
