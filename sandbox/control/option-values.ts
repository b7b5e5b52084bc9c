import {
  type APIApplicationCommandBasicOption,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { channelPermissions, guildPermissions } from '../world/permissions.ts';
import type { Channel, Guild } from '../world/types.ts';
import { channelView, omitUser } from '../world/views.ts';
import { ControlError } from './errors.ts';
import { findChannel, findMember, findRole } from './find-by-name.ts';

/** What an interaction says of the people, channels and roles that its options name, by id. */
export interface ResolvedData {
  users?: Record<string, object>;
  members?: Record<string, object>;
  roles?: Record<string, object>;
  channels?: Record<string, object>;
}

/** Where option values are looked up. */
export interface EntityLookup {
  /** Null outside of guilds, where there are no channels and roles to choose. */
  readonly guild: Guild | null;
  readonly userId: string;
  /** What the bot may do in a channel. */
  readonly botPermissions: (channel: Channel) => bigint;
}

/** Turns typed text into the value of an option, or says in a sentence why Discord's client would not take it. */
export function parseOptionValue(
  option: APIApplicationCommandBasicOption,
  text: string,
  lookup: EntityLookup,
  resolved: ResolvedData,
): string | number | boolean {
  const reject = (why: string) => new ControlError(`${option.name}: ${why}`);
  switch (option.type) {
    case Option.String: {
      const chosen = findChoice(option, text);
      if (text === '') throw reject('This option is required to have a value');
      const { min_length = 0, max_length = 6000 } = option as { min_length?: number; max_length?: number };
      if (text.length < min_length) throw reject(`Must be ${min_length} or more characters`);
      if (text.length > max_length) throw reject(`Must be ${max_length} or fewer characters`);
      return chosen ?? text;
    }
    case Option.Integer:
    case Option.Number: {
      const chosen = findChoice(option, text);
      const value = chosen ?? (text === '' ? Number.NaN : Number(text));
      if (typeof value !== 'number' || !Number.isFinite(value)) throw reject('Must be a number');
      if (option.type === Option.Integer && !Number.isSafeInteger(value))
        throw reject('Must be a whole number');
      if (option.min_value !== undefined && value < option.min_value)
        throw reject(`Must be ${option.min_value} or more`);
      if (option.max_value !== undefined && value > option.max_value)
        throw reject(`Must be ${option.max_value} or less`);
      return value;
    }
    case Option.Boolean: {
      if (/^(true|yes)$/i.test(text)) return true;
      if (/^(false|no)$/i.test(text)) return false;
      throw reject('Must be true or false');
    }
    case Option.Channel: {
      const channel = lookup.guild && findChannel(lookup.guild, text);
      if (!channel) throw reject(`There is no channel ${text}`);
      const types: readonly number[] = option.channel_types ?? [channel.type];
      if (!types.includes(channel.type)) throw reject(`${text} is not a channel of the right type`);
      return resolveChannel(channel, lookup, resolved);
    }
    case Option.Role:
    case Option.User:
    case Option.Mentionable: {
      const id =
        (option.type === Option.Role ? undefined : resolveUser(text, lookup, resolved)) ??
        (option.type === Option.User ? undefined : resolveRole(text, lookup, resolved));
      if (id === undefined)
        throw reject(`There is no ${option.type === Option.Role ? 'role' : 'member'} ${text}`);
      return id;
    }
    default:
      throw reject('This kind of option cannot be typed as text');
  }
}

/** The value of the choice that is meant, by its name or its value; undefined where any text is allowed. */
function findChoice(option: APIApplicationCommandBasicOption, text: string): string | number | undefined {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  if (choices.length === 0) return undefined;
  const same = (said: string | number) => String(said).toLowerCase() === text.toLowerCase();
  const choice = choices.find((one) => same(one.name)) ?? choices.find((one) => same(one.value));
  if (!choice) {
    throw new ControlError(`${option.name}: Must be one of ${choices.map((one) => one.name).join(', ')}`);
  }
  return choice.value;
}

function resolveChannel(
  channel: Channel,
  { guild, userId, botPermissions }: EntityLookup,
  resolved: ResolvedData,
): string {
  const member = guild?.members.find((one) => one.user.id === userId);
  const permissions = guild && member ? channelPermissions(guild, member, channel) : 0n;
  resolved.channels ??= {};
  resolved.channels[channel.id] = {
    ...channelView(channel),
    permissions: String(permissions),
    app_permissions: String(botPermissions(channel)),
  };
  return channel.id;
}

function resolveRole(text: string, { guild }: EntityLookup, resolved: ResolvedData): string | undefined {
  const role = guild && findRole(guild, text);
  if (!role) return undefined;
  resolved.roles ??= {};
  resolved.roles[role.id] = role;
  return role.id;
}

function resolveUser(text: string, { guild }: EntityLookup, resolved: ResolvedData): string | undefined {
  const member = guild && findMember(guild, text);
  if (!member) return undefined;
  resolved.users ??= {};
  resolved.members ??= {};
  resolved.users[member.user.id] = member.user;
  resolved.members[member.user.id] = {
    ...omitUser(member),
    permissions: String(guildPermissions(guild, member)),
  };
  return member.user.id;
}

/** What may be chosen in a select of Discord's own things. */
export const SELECT_ENTITY_KINDS: Record<number, readonly ('user' | 'role' | 'channel')[]> = {
  [ComponentType.UserSelect]: ['user'],
  [ComponentType.RoleSelect]: ['role'],
  [ComponentType.MentionableSelect]: ['user', 'role'],
  [ComponentType.ChannelSelect]: ['channel'],
};

/** Resolves the ids that someone chose in a select of users, roles or channels. */
export function resolveEntity(
  said: string,
  kinds: readonly ('user' | 'role' | 'channel')[],
  lookup: EntityLookup,
  resolved: ResolvedData,
) {
  const channel = kinds.includes('channel') && lookup.guild ? findChannel(lookup.guild, said) : undefined;
  const id =
    (channel && resolveChannel(channel, lookup, resolved)) ??
    (kinds.includes('user') ? resolveUser(said, lookup, resolved) : undefined) ??
    (kinds.includes('role') ? resolveRole(said, lookup, resolved) : undefined);
  if (id === undefined) throw new ControlError(`There is nothing called ${said} to choose`);
  return id;
}
