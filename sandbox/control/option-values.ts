import {
  type APIApplicationCommandBasicOption,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import type { EntityResolver, ReferenceKind } from './entity-resolver.ts';
import { ControlError } from './errors.ts';

type BasicOption = APIApplicationCommandBasicOption;
type OptionOf<T extends Option> = Extract<BasicOption, { type: T }>;

/** Parses the value of an option from text. Throws with the message that Discord's client shows for an invalid one. */
export function parseOptionValue(
  option: BasicOption,
  text: string,
  entities: EntityResolver,
): string | number | boolean {
  switch (option.type) {
    case Option.String:
      return parseString(option, text);
    case Option.Integer:
    case Option.Number:
      return parseNumber(option, text);
    case Option.Boolean:
      return parseBoolean(option, text);
    case Option.Channel:
      return parseChannel(option, text, entities);
    case Option.Role:
    case Option.User:
    case Option.Mentionable:
      return parseMentionable(option, text, entities);
    case Option.Attachment:
      return parseAttachment(option, text, entities);
  }
}

const createOptionError = ({ name }: BasicOption, problem: string) => new ControlError(`${name}: ${problem}`);

function parseString(option: OptionOf<Option.String>, text: string): string | number {
  const choice = findChoice(option, text);
  if (text === '') throw createOptionError(option, 'This option is required to have a value');
  const { min_length = 0, max_length = 6000 } = option as { min_length?: number; max_length?: number };
  if (text.length < min_length) throw createOptionError(option, `Must be ${min_length} or more characters`);
  if (text.length > max_length) throw createOptionError(option, `Must be ${max_length} or fewer characters`);
  return choice ?? text;
}

function parseNumber(option: OptionOf<Option.Integer | Option.Number>, text: string): number {
  const value = findChoice(option, text) ?? (text === '' ? Number.NaN : Number(text));
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw createOptionError(option, 'Must be a number');
  if (option.type === Option.Integer && !Number.isSafeInteger(value))
    throw createOptionError(option, 'Must be a whole number');
  if (option.min_value !== undefined && value < option.min_value)
    throw createOptionError(option, `Must be ${option.min_value} or more`);
  if (option.max_value !== undefined && value > option.max_value)
    throw createOptionError(option, `Must be ${option.max_value} or less`);
  return value;
}

function parseBoolean(option: BasicOption, text: string): boolean {
  if (/^(true|yes)$/i.test(text)) return true;
  if (/^(false|no)$/i.test(text)) return false;
  throw createOptionError(option, 'Must be true or false');
}

function parseChannel(option: OptionOf<Option.Channel>, text: string, entities: EntityResolver): string {
  const channel = entities.findChannel(text);
  if (!channel) throw createOptionError(option, `There is no channel ${text}`);
  const types: readonly number[] = option.channel_types ?? [channel.type];
  if (!types.includes(channel.type))
    throw createOptionError(option, `${text} is not a channel of the right type`);
  entities.resolve(text, ['channel']);
  return channel.id;
}

const MENTIONABLE_KINDS: Readonly<Record<number, readonly ReferenceKind[]>> = {
  [Option.User]: ['user'],
  [Option.Role]: ['role'],
  [Option.Mentionable]: ['user', 'role'],
};

function parseMentionable(option: BasicOption, text: string, entities: EntityResolver): string {
  const id = entities.resolve(text, MENTIONABLE_KINDS[option.type] ?? []);
  if (id !== undefined) return id;
  throw createOptionError(option, `There is no ${option.type === Option.Role ? 'role' : 'member'} ${text}`);
}

function parseAttachment(option: BasicOption, name: string, entities: EntityResolver): string {
  const id = entities.resolve(name, ['attachment']);
  if (id === undefined) throw createOptionError(option, createMissingFileText(name));
  return id;
}

/** Returns the error message for a call that names a file without giving it. */
export const createMissingFileText = (name: string) => `There is no file ${name}. Give it in "files"`;

/** Finds the choice with this name or value. Returns undefined for an option without choices, throws for no match. */
function findChoice(option: BasicOption, text: string): string | number | undefined {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  if (choices.length === 0) return undefined;
  const isSame = (nameOrValue: string | number) => String(nameOrValue).toLowerCase() === text.toLowerCase();
  const choice = choices.find(({ name }) => isSame(name)) ?? choices.find(({ value }) => isSame(value));
  if (choice) return choice.value;
  throw createOptionError(option, `Must be one of ${choices.map(({ name }) => name).join(', ')}`);
}

/** What can be chosen in the selects of users, roles and channels. */
export const SELECT_ENTITY_KINDS: Readonly<Record<number, readonly ReferenceKind[]>> = {
  [ComponentType.UserSelect]: ['user'],
  [ComponentType.RoleSelect]: ['role'],
  [ComponentType.MentionableSelect]: ['user', 'role'],
  [ComponentType.ChannelSelect]: ['channel'],
};

/** Resolves a value of a select of users, roles or channels. Throws when there is none with this name or id. */
export function resolveSelectValue(
  reference: string,
  kinds: readonly ReferenceKind[],
  entities: EntityResolver,
): string {
  const id = entities.resolve(reference, kinds);
  if (id === undefined) throw new ControlError(`There is nothing called ${reference} to choose`);
  return id;
}
