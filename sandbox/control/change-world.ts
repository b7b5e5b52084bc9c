import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import { DEFAULT_LIMITS, type RateLimiter } from '../rules/rate-limits.ts';
import type { Services } from '../services.ts';
import { sendAuthorizedEvent } from '../webhooks/authorization-events.ts';
import { setEventWebhooks, setInteractionsEndpoint } from '../webhooks/endpoint-url.ts';
import { addChannel, deleteChannel, setPermissionOverwrite } from '../world/channels.ts';
import {
  addBot,
  addGuild,
  emitFalseRemoval,
  findMemberById,
  removeBot,
  setGuildLocale,
  setOutage,
} from '../world/guilds.ts';
import { addMember, addRole, deleteRole, setTimeoutEnd } from '../world/members.ts';
import type { World } from '../world/world.ts';
import { changeRoles } from './change-roles.ts';
import { changeThreads } from './change-threads.ts';
import { ControlError } from './errors.ts';
import {
  findMemberByName,
  findRoleByName,
  requireChannelByName,
  requireGuildByName,
  requirePermission,
  requireRole,
  sumPermissions,
} from './find-by-name.ts';
import type { ParsedWorldChange } from './world-change.ts';

/** Changes the world. Throws a ControlError for what cannot be changed; earlier changes then remain. */
export async function changeWorld(services: Services, change: ParsedWorldChange): Promise<void> {
  const { world, rateLimits } = services;
  addToWorld(world, change);
  changeRoles(world, change);
  deleteFromWorld(world, change);
  await changeMembership(services, change);
  changeGuilds(world, change);
  changeSettings(world, change);
  await changeEndpoints(services, change);
  if (change.limits !== undefined) rateLimits.limits = createLimits(change.limits);
  world.saveMeta();
}

function addToWorld(world: World, change: ParsedWorldChange): void {
  if (change.guilds !== undefined) addGuildsUpTo(world, change.guilds, change.channelsEach);
  if (change.addChannel) {
    const { guild, name, type } = change.addChannel;
    addChannel(world, requireGuildByName(world, guild), { name, type: parseChannelType(type) });
  }
  changeThreads(world, change);
  if (change.addRole) {
    const { guild, name, mentionable, permissions } = change.addRole;
    addRole(world, requireGuildByName(world, guild), {
      name,
      mentionable,
      permissions: sumPermissions(permissions),
    });
  }
  if (change.addMember) {
    const guild = requireGuildByName(world, change.addMember.guild);
    const roles = change.addMember.roles.map((role) => requireRole(guild, role).id);
    addMember(world, guild, { name: change.addMember.name, roles });
  }
}

function deleteFromWorld(
  world: World,
  { deleteChannel: channel, deleteRole: role }: ParsedWorldChange,
): void {
  if (channel !== undefined) deleteChannel(world, requireChannelByName(world, { channel }));
  if (role !== undefined) {
    const guild =
      [...world.guilds.values()].find((candidate) => findRoleByName(candidate, role)) ??
      requireGuildByName(world, undefined);
    deleteRole(world, guild, requireRole(guild, role));
  }
}

async function changeMembership(services: Services, change: ParsedWorldChange): Promise<void> {
  const { world } = services;
  if (change.removeBot !== undefined) removeBot(world, requireGuildByName(world, change.removeBot));
  if (change.addBot !== undefined) {
    const guild = requireGuildByName(world, change.addBot);
    addBot(world, guild);
    await sendAuthorizedEvent(services, guild);
  }
}

function changeGuilds(world: World, change: ParsedWorldChange): void {
  if (change.deny) changePermission(world, change.deny, false);
  if (change.allow) changePermission(world, change.allow, true);
  if (change.timeOut) timeOutBot(world, change.timeOut);
  if (change.guildLocale) {
    const { guild, locale } = change.guildLocale;
    setGuildLocale(world, requireGuildByName(world, guild), locale);
  }
  if (change.falseRemoval !== undefined)
    emitFalseRemoval(world, requireGuildByName(world, change.falseRemoval));
  if (change.outage !== undefined) setOutage(world, requireGuildByName(world, change.outage), true);
  if (change.endOutage !== undefined) setOutage(world, requireGuildByName(world, change.endOutage), false);
}

function timeOutBot(world: World, { guild: name, until }: NonNullable<ParsedWorldChange['timeOut']>): void {
  const guild = requireGuildByName(world, name);
  const member = findMemberById(guild, world.bot.id);
  if (!member) throw new ControlError(`The bot is not in ${guild.name}.`);
  setTimeoutEnd(world, guild, { member, until });
}

function changeSettings(world: World, change: ParsedWorldChange): void {
  const { settings } = world;
  if (change.nonceWindowSeconds !== undefined) settings.nonceWindowSeconds = change.nonceWindowSeconds;
  if (change.clockSkewSeconds !== undefined) settings.clockSkewSeconds = change.clockSkewSeconds;
  if (change.token !== undefined) settings.token = change.token;
  if (change.closeDirect !== undefined) setDirectMessagesOpen(world, change.closeDirect, false);
  if (change.openDirect !== undefined) setDirectMessagesOpen(world, change.openDirect, true);
  if (change.pages) settings.pages = change.pages;
  if (change.shards !== undefined) settings.shards = change.shards;
  if (change.maxConcurrency !== undefined) settings.maxConcurrency = change.maxConcurrency;
  if (change.trueRetryAfter !== undefined) settings.trueRetryAfter = change.trueRetryAfter;
  if (change.privilegedIntents) settings.privilegedIntents = change.privilegedIntents;
  if (change.emptyReady !== undefined) settings.emptyReady = change.emptyReady;
}

async function changeEndpoints(services: Services, change: ParsedWorldChange): Promise<void> {
  const { interactionsEndpoint, eventWebhooks } = change;
  if (interactionsEndpoint !== undefined) {
    const problem = await setInteractionsEndpoint(services, interactionsEndpoint);
    requireVerified('interactionsEndpoint', problem);
  }
  if (eventWebhooks !== undefined) {
    requireVerified('eventWebhooks', await setEventWebhooks(services, eventWebhooks));
  }
}

function requireVerified(name: string, problem: string | undefined): void {
  if (problem !== undefined) throw new ControlError(`${name} could not be verified: ${problem}.`);
}

function createLimits(limits: NonNullable<ParsedWorldChange['limits']>): RateLimiter['limits'] {
  if (limits === 'off') return null;
  if (limits === 'default') return { ...DEFAULT_LIMITS };
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}

function changePermission(
  world: World,
  change: NonNullable<ParsedWorldChange['allow']>,
  isAllowed: boolean,
): void {
  const place = requireChannelByName(world, change);
  const reference = change.for ?? world.bot.id;
  const target = findRoleByName(place.guild, reference) ?? findMemberByName(place.guild, reference)?.user;
  if (!target) throw new ControlError(`There is no role or member ${reference} in ${place.guild.name}.`, 404);
  const type = 'username' in target ? OverwriteType.Member : OverwriteType.Role;
  setPermissionOverwrite(world, place, {
    target: { id: target.id, type },
    permission: requirePermission(change.permission),
    isAllowed,
  });
}

function setDirectMessagesOpen({ settings, users }: World, reference: string, isOpen: boolean): void {
  const user = [...users.values()].find(({ id, username }) => id === reference || username === reference);
  if (!user) throw new ControlError(`There is no user ${reference}.`, 404);
  const others = settings.closedDirects.filter((id) => id !== user.id);
  settings.closedDirects = isOpen ? others : [...others, user.id];
}

/** Adds guilds until there are `count`, each with `channels` channels. */
function addGuildsUpTo(world: World, count: number, channels: number): void {
  const ownerId = requireGuildByName(world, undefined).owner_id;
  const channelNames = [
    'general',
    ...Array.from({ length: channels - 1 }, (_, index) => `channel-${index + 2}`),
  ];
  world.store.transaction(() => {
    while (world.guilds.size < count) {
      addGuild(world, { name: `Guild ${world.guilds.size + 1}`, ownerId, channelNames });
    }
  });
}

const CHANNEL_TYPES: Readonly<Record<string, ChannelType>> = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
  announcement: ChannelType.GuildAnnouncement,
  stage: ChannelType.GuildStageVoice,
  forum: ChannelType.GuildForum,
};

function parseChannelType(nameOrNumber: number | string): ChannelType {
  const type = typeof nameOrNumber === 'number' ? nameOrNumber : CHANNEL_TYPES[nameOrNumber.toLowerCase()];
  if (type === undefined || !(type in ChannelType))
    throw new ControlError(`There is no channel type ${nameOrNumber}.`);
  return type;
}
