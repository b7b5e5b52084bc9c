import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import { z } from 'zod';
import { DEFAULT_LIMITS } from '../rules/rate-limits.ts';
import type { Services } from '../services.ts';
import { sendAuthorizedEvent } from '../webhooks/authorization-events.ts';
import { setEventWebhooks, setInteractionsEndpoint } from '../webhooks/endpoint-url.ts';
import { addChannel, deleteChannel, setPermissionOverwrite } from '../world/channels.ts';
import { addBot, addGuild, removeBot, setGuildLocale, setOutage } from '../world/guilds.ts';
import { addMember, addRole, deleteRole } from '../world/members.ts';
import { findGuildOfChannel } from '../world/messages.ts';
import { parsePermission } from '../world/permissions.ts';
import { addThread, updateThread } from '../world/threads.ts';
import type { Channel, Guild } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { findChannel, findGuild, findMember, findRole } from './find-by-name.ts';

const named = z.string().min(1);
/** `for` is a role or a member, and the bot when it is left out. */
const permission = z.strictObject({
  channel: named,
  permission: named,
  for: named.optional(),
  guild: named.optional(),
});
const limit = z.int().min(1);

/** What `POST /sandbox/world` takes: any of these, carried out in this order. */
export const worldChangeSchema = z.strictObject({
  guilds: z.int().min(1).max(100_000).optional(),
  channelsEach: z.int().min(1).max(500).default(1),
  addChannel: z
    .strictObject({ guild: named.optional(), name: named, type: z.union([z.int(), named]).default(0) })
    .optional(),
  addThread: z
    .strictObject({
      guild: named.optional(),
      channel: named,
      name: named,
      kind: z.enum(['public', 'announcement']).default('public'),
    })
    .optional(),
  changeThread: z
    .strictObject({
      guild: named.optional(),
      channel: named,
      archived: z.boolean().optional(),
      locked: z.boolean().optional(),
    })
    .optional(),
  addRole: z
    .strictObject({
      guild: named.optional(),
      name: named,
      mentionable: z.boolean().default(false),
      permissions: z.array(named).default([]),
    })
    .optional(),
  addMember: z
    .strictObject({ guild: named.optional(), name: named, roles: z.array(named).default([]) })
    .optional(),
  deleteChannel: named.optional(),
  deleteRole: named.optional(),
  removeBot: named.optional(),
  addBot: named.optional(),
  deny: permission.optional(),
  allow: permission.optional(),
  guildLocale: z.strictObject({ guild: named.optional(), locale: named }).optional(),
  outage: named.optional(),
  endOutage: named.optional(),
  nonceWindowSeconds: z.number().min(0).optional(),
  token: named.nullable().optional(),
  /** A member who takes no direct messages, or takes them again. */
  closeDirect: named.optional(),
  openDirect: named.optional(),
  /** The application's pages, which its owner names in the developer portal. */
  pages: z
    .strictObject({ privacy: z.url().nullable().default(null), terms: z.url().nullable().default(null) })
    .optional(),
  /** How many shards Discord advises, and how many of them may identify at once. */
  shards: limit.nullable().optional(),
  maxConcurrency: limit.optional(),
  /** Where interactions and webhook events are sent. */
  interactionsEndpoint: z.url().nullable().optional(),
  eventWebhooks: z.url().nullable().optional(),
  limits: z
    .union([
      z.enum(['off', 'default']),
      z.strictObject({
        global: limit.optional(),
        channel: limit.optional(),
        webhook: limit.optional(),
        other: limit.optional(),
      }),
    ])
    .optional(),
});
export type WorldChange = z.input<typeof worldChangeSchema>;
type Change = z.output<typeof worldChangeSchema>;

/** Changes the world as a script asks. */
export async function changeWorld(services: Services, change: Change): Promise<void> {
  const { world, rateLimits } = services;
  const guild = (said: string | undefined) => findGuild(world, said);
  if (change.guilds !== undefined) addGuildsUpTo(world, change.guilds, change.channelsEach);
  if (change.addChannel) {
    addChannel(
      world,
      guild(change.addChannel.guild),
      change.addChannel.name,
      parseChannelType(change.addChannel.type),
    );
  }
  if (change.addThread) {
    const [home, parent] = requireChannelByName(world, change.addThread);
    addThread(world, home, parent, change.addThread.name, change.addThread.kind);
  }
  if (change.changeThread) {
    const [home, thread] = requireChannelByName(world, change.changeThread);
    if (!thread.thread) throw new ControlError(`${thread.name} is not a thread.`);
    updateThread(world, home, thread, change.changeThread);
  }
  if (change.addRole) {
    const { name, mentionable, permissions } = change.addRole;
    addRole(
      world,
      guild(change.addRole.guild),
      name,
      mentionable,
      permissions.reduce((sum, one) => sum | requirePermission(one), 0n),
    );
  }
  if (change.addMember) {
    const home = guild(change.addMember.guild);
    addMember(
      world,
      home,
      change.addMember.name,
      change.addMember.roles.map((one) => requireRole(home, one).id),
    );
  }
  if (change.deleteChannel !== undefined)
    deleteChannel(world, ...requireChannelByName(world, { channel: change.deleteChannel }));
  if (change.deleteRole !== undefined) {
    const said = change.deleteRole;
    const home = [...world.guilds.values()].find((one) => findRole(one, said)) ?? guild(undefined);
    deleteRole(world, home, requireRole(home, said));
  }
  if (change.removeBot !== undefined) removeBot(world, guild(change.removeBot));
  if (change.addBot !== undefined) {
    addBot(world, guild(change.addBot));
    await sendAuthorizedEvent(services, guild(change.addBot));
  }
  if (change.deny) changePermission(world, change.deny, false);
  if (change.allow) changePermission(world, change.allow, true);
  if (change.guildLocale) setGuildLocale(world, guild(change.guildLocale.guild), change.guildLocale.locale);
  if (change.outage !== undefined) setOutage(world, guild(change.outage), true);
  if (change.endOutage !== undefined) setOutage(world, guild(change.endOutage), false);
  if (change.nonceWindowSeconds !== undefined) world.settings.nonceWindowSeconds = change.nonceWindowSeconds;
  if (change.token !== undefined) world.settings.token = change.token;
  if (change.closeDirect !== undefined) setDirectMessagesOpen(world, change.closeDirect, false);
  if (change.openDirect !== undefined) setDirectMessagesOpen(world, change.openDirect, true);
  if (change.pages) world.settings.pages = change.pages;
  if (change.shards !== undefined) world.settings.shards = change.shards;
  if (change.maxConcurrency !== undefined) world.settings.maxConcurrency = change.maxConcurrency;
  if (change.interactionsEndpoint !== undefined)
    requireVerified(
      'interactionsEndpoint',
      await setInteractionsEndpoint(services, change.interactionsEndpoint),
    );
  if (change.eventWebhooks !== undefined)
    requireVerified('eventWebhooks', await setEventWebhooks(services, change.eventWebhooks));
  if (change.limits === 'off') rateLimits.limits = null;
  else if (change.limits !== undefined) {
    const own = change.limits === 'default' ? {} : change.limits;
    rateLimits.limits = {
      ...DEFAULT_LIMITS,
      ...Object.fromEntries(Object.entries(own).filter(([, one]) => one !== undefined)),
    };
  }
  world.saveMeta();
}

function changePermission(world: World, said: z.output<typeof permission>, granted: boolean): void {
  const [guild, channel] = requireChannelByName(world, said);
  const whom = said.for ?? world.bot.id;
  const target = findRole(guild, whom) ?? findMember(guild, whom)?.user;
  if (!target) throw new ControlError(`There is no role or member ${whom} in ${guild.name}.`, 404);
  const type = 'username' in target ? OverwriteType.Member : OverwriteType.Role;
  setPermissionOverwrite(
    world,
    guild,
    channel,
    { id: target.id, type },
    requirePermission(said.permission),
    granted,
  );
}

function setDirectMessagesOpen({ settings, users }: World, said: string, takes: boolean): void {
  const user = [...users.values()].find(({ id, username }) => id === said || username === said);
  if (!user) throw new ControlError(`There is no user ${said}.`, 404);
  const others = settings.closedDirects.filter((id) => id !== user.id);
  settings.closedDirects = takes ? others : [...others, user.id];
}

function requireVerified(name: string, fault: string | undefined): void {
  if (fault !== undefined) throw new ControlError(`${name} could not be verified: ${fault}.`);
}

/** Adds servers until there are `count`, with `channels` channels each. */
function addGuildsUpTo(world: World, count: number, channels: number): void {
  const owner = findGuild(world, undefined).owner_id;
  const names = ['general', ...Array.from({ length: channels - 1 }, (_, index) => `channel-${index + 2}`)];
  world.store.transaction(() => {
    while (world.guilds.size < count) addGuild(world, `Guild ${world.guilds.size + 1}`, owner, names);
  });
}

/** The channel that is meant, by id anywhere or by name in a server, with its server. */
function requireChannelByName(
  world: World,
  said: { channel: string; guild?: string | undefined },
): [Guild, Channel] {
  const byId = world.channels.get(said.channel);
  const guild = (byId && findGuildOfChannel(world, byId)) ?? findGuild(world, said.guild);
  const channel = byId ?? findChannel(guild, said.channel);
  if (!channel) throw new ControlError(`There is no channel ${said.channel} in ${guild.name}.`, 404);
  return [guild, channel];
}

function requireRole(guild: Guild, said: string) {
  const found = findRole(guild, said);
  if (!found) throw new ControlError(`There is no role ${said} in ${guild.name}.`, 404);
  return found;
}

function requirePermission(name: string): bigint {
  const found = parsePermission(name);
  if (found === undefined) throw new ControlError(`There is no permission ${name}.`);
  return found;
}

const CHANNEL_TYPES: Record<string, ChannelType> = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
  announcement: ChannelType.GuildAnnouncement,
  stage: ChannelType.GuildStageVoice,
  forum: ChannelType.GuildForum,
};

function parseChannelType(said: number | string): ChannelType {
  const type = typeof said === 'number' ? said : CHANNEL_TYPES[said.toLowerCase()];
  if (type === undefined || !(type in ChannelType))
    throw new ControlError(`There is no channel type ${said}.`);
  return type;
}
