import type { SandboxClock } from '../clock.ts';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import { getOrCreateDirectChannel } from '../world/channels.ts';
import { guildPermissions } from '../world/permissions.ts';
import type { Guild, StoredMessage } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { resolveCaller } from './caller.ts';
import { ControlError } from './errors.ts';
import { findChannelByName, requireGuildByName } from './find-by-name.ts';

/** Which channel to list, by names or ids. The channel "dm" is the direct messages of the user (default: the owner). */
export interface ChannelQuery {
  readonly channel: string;
  readonly guild?: string | undefined;
  readonly user?: string | undefined;
}

/** Returns the messages of a channel, oldest first, without ephemeral ones. Throws when there is no such channel. */
export function listMessages(world: World, { channel: reference, guild, user }: ChannelQuery): object[] {
  const channel =
    reference === 'dm'
      ? resolveCaller(world, { context: 'dm', guild, user }).channel
      : (world.channels.get(reference) ?? findChannelByName(requireGuildByName(world, guild), reference));
  if (!channel) throw new ControlError(`There is no channel ${reference}.`, 404);
  const all = [...(world.messages.get(channel.id)?.values() ?? [])];
  return all.filter(({ onlyFor }) => onlyFor === null).map((stored) => createListEntry(stored, channel.name));
}

const createListEntry = ({ message, request }: StoredMessage, channelName: string) => ({
  id: message.id,
  channel: channelName,
  channelId: message.channel_id,
  content: message.content,
  embeds: message.embeds,
  attachments: message.attachments,
  components: message.components,
  mentions: {
    users: message.mentions.map((user) => user.id),
    roles: message.mention_roles,
    everyone: message.mention_everyone,
  },
  flags: message.flags,
  timestamp: Temporal.Instant.from(message.timestamp).toString(),
  pinned: message.pinned,
  edited: message.edited_timestamp && Temporal.Instant.from(message.edited_timestamp).toString(),
  request,
});

/** How many messages the history has at most. */
const MAX_HISTORY = 200;

/**
 * Returns the newest messages of a channel as one user sees them, oldest first. `channelId` may be "dm": the user's direct
 * messages. Throws when there is no such user or channel.
 */
export function listHistory(world: World, channelId: string, userId: string): object {
  if (!world.users.has(userId)) throw new ControlError(`There is no user ${userId}.`, 404);
  const channel =
    channelId === 'dm' ? getOrCreateDirectChannel(world, userId, false) : world.channels.get(channelId);
  if (!channel) throw new ControlError(`There is no channel ${channelId}.`, 404);
  const all = [...(world.messages.get(channel.id)?.values() ?? [])];
  const visible = all.filter(({ onlyFor }) => onlyFor === null || onlyFor === userId);
  return { channel: channel.id, messages: visible.slice(-MAX_HISTORY).map(createHistoryEntry) };
}

/** Returns a message as the history has it: Discord's object, who sees it, and the JSON that the bot sent. */
export const createHistoryEntry = ({ message, request, onlyFor }: StoredMessage) => ({
  message,
  request,
  onlyFor,
});

/** Returns the state of the world, with the time of the sandbox and the instant at which something is due next. */
export function createStateView(world: World, clock: SandboxClock): object {
  const next = clock.next();
  return {
    now: String(clock.now()),
    next: next ? String(next) : null,
    guilds: [...world.guilds.values()].map((guild) => createGuildState(world, guild)),
    commands: [...world.commands.values()],
    bot: { id: world.bot.id, name: world.bot.username, activity: world.presence.activity },
    nonceWindowSeconds: world.settings.nonceWindowSeconds,
  };
}

/** Returns what the page shows first: the state, the faults, and the first channel as the owner of its server sees it. */
export function readFirstView({ world, clock, faults }: Services): object {
  const [guild] = world.guilds.values();
  const [channel] = guild?.channels ?? [];
  const history = guild && channel ? listHistory(world, channel.id, guild.owner_id) : null;
  return { world: createStateView(world, clock), faults: faults.listRules(), history };
}

const createGuildState = (world: World, guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  owner: guild.owner_id,
  locale: guild.preferred_locale,
  bot: guild.joined_at !== null,
  unavailable: guild.unavailable,
  channels: guild.channels.map((channel) => ({
    id: channel.id,
    name: channel.name,
    type: channel.type,
    botPermissions: String(botPermissions(world, guild, channel)),
  })),
  roles: guild.roles.map(({ id, name, mentionable, permissions }) => ({
    id,
    name,
    mentionable,
    permissions,
  })),
  members: guild.members.map((member) => ({
    id: member.user.id,
    name: member.user.username,
    bot: member.user.bot ?? false,
    roles: member.roles,
    permissions: String(guildPermissions(guild, member)),
  })),
  events: guild.events,
});
