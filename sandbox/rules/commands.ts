import {
  ApplicationCommandType,
  ChannelType,
  Locale,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { addIssue, optional, trimmedText } from './fields.ts';

/*
 * Application commands (documentation: interactions/application-commands, "Application Command Object", "Registering a
 * Command").
 */

/** How many slash commands an application may have, and how many characters each. */
export const MAX_COMMANDS = 100;
const MAX_COMMAND_CHARACTERS = 8000;

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const slashName = z.string().superRefine((value, context) => {
  const fault =
    value.length === 0
      ? ['BASE_TYPE_REQUIRED', 'This field is required']
      : !NAME.test(value) || value !== value.toLowerCase()
        ? ['APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid']
        : undefined;
  if (fault) context.addIssue({ code: 'custom', params: { code: fault[0] }, message: fault[1] ?? '' });
});
const menuName = trimmedText(32);

const LOCALES: readonly string[] = Object.values(Locale);

const localized = <S extends z.ZodType>(schema: S) =>
  optional(
    z.record(z.string(), schema).check((context) => {
      for (const locale of Object.keys(context.value)) {
        if (LOCALES.includes(locale)) continue;
        addIssue(context, [locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
      }
    }),
  );

const channelTypes = z.array(z.int().refine((type) => type in ChannelType, 'Value is not a channel type.'));

const choice = z.object({
  name: trimmedText(100),
  name_localizations: localized(trimmedText(100)),
  value: z.union([z.string().max(100), z.number()]),
});

/** Up to 25 choices; also what a bot may answer to an autocomplete. */
export const choicesSchema = z.array(choice).max(25);

interface OptionShape {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean | undefined;
  readonly options?: OptionShape[] | undefined;
}

const plain = z.object({
  name: slashName,
  name_localizations: localized(slashName),
  description: trimmedText(100),
  description_localizations: localized(trimmedText(100)),
});

const value = plain
  .extend({
    type: z.int().min(Option.String).max(Option.Attachment),
    required: optional(z.boolean()),
    choices: optional(choicesSchema),
    autocomplete: optional(z.boolean()),
    min_value: optional(z.number()),
    max_value: optional(z.number()),
    min_length: optional(z.int().min(0).max(6000)),
    max_length: optional(z.int().min(1).max(6000)),
    channel_types: optional(channelTypes),
  })
  .check((context) => {
    const option = context.value;
    if (option.autocomplete && option.choices?.length) {
      const message = 'Autocomplete options cannot have choices';
      addIssue(context, ['autocomplete'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', message);
    }
    const takesChoices = [Option.String, Option.Integer, Option.Number].includes(option.type);
    if (!takesChoices && (option.autocomplete || option.choices?.length)) {
      const message = 'This option type cannot have choices';
      addIssue(context, ['choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', message);
    }
    option.choices?.forEach((one, index) => {
      const right = option.type === Option.String ? 'string' : 'number';
      if (takesChoices && typeof one.value !== right) {
        addIssue(context, ['choices', index, 'value'], 'STRING_TYPE_CONVERT', `Value must be a ${right}.`);
      }
    });
  });

const subcommand = plain.extend({ type: z.literal(Option.Subcommand), options: optional(optionList(value)) });
const group = plain.extend({
  type: z.literal(Option.SubcommandGroup),
  options: optional(optionList(subcommand)),
});

/** The right schema for an option of a command, by its type. */
const anyOption = z.unknown().transform((option, context) => {
  const type = z.object({ type: z.int() }).safeParse(option).data?.type;
  const schema = type === Option.Subcommand ? subcommand : type === Option.SubcommandGroup ? group : value;
  const parsed = schema.safeParse(option, { reportInput: true });
  if (parsed.success) return parsed.data as OptionShape & Record<string, unknown>;
  context.issues.push(...(parsed.error.issues as never[]));
  return z.NEVER;
});

function optionList<S extends z.ZodType>(schema: S) {
  return z
    .array(schema)
    .max(25)
    .check((context) => {
      const options = context.value as OptionShape[];
      const names = options.map((option) => option.name);
      options.forEach(({ name, required }, index) => {
        if (names.indexOf(name) !== index) {
          const message = 'Option name already exists';
          addIssue(context, [index, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', message);
        }
        if (required && options.slice(0, index).some((earlier) => isValue(earlier) && !earlier.required)) {
          const message = 'Required options must be placed before non-required options';
          addIssue(context, [index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
        }
      });
      if (options.some(isValue) && !options.every(isValue)) {
        const message =
          'Sub-command and sub-command group option types are mutually exclusive to all other types';
        addIssue(context, [], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
      }
    });
}

const isValue = (option: OptionShape) =>
  option.type !== Option.Subcommand && option.type !== Option.SubcommandGroup;

const shared = {
  default_member_permissions: optional(z.string().regex(/^\d+$/)),
  dm_permission: optional(z.boolean()),
  nsfw: optional(z.boolean()),
  integration_types: optional(z.array(z.int().min(0).max(1)).min(1)),
  contexts: optional(z.array(z.int().min(0).max(2)).min(1)),
};

const slash = plain
  .extend({
    type: z.literal(ApplicationCommandType.ChatInput),
    options: optional(optionList(anyOption)),
    ...shared,
  })
  .check((context) => {
    const characters = countCharacters(context.value);
    if (characters <= MAX_COMMAND_CHARACTERS) return;
    const message = `Command exceeds maximum size (${MAX_COMMAND_CHARACTERS})`;
    addIssue(context, [], 'APPLICATION_COMMAND_TOO_LARGE', message);
  });
const menu = z.object({
  type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
  name: menuName,
  name_localizations: localized(menuName),
  description: optional(z.literal('')),
  ...shared,
});

/** The body that creates a command; `type` is that of a slash command when it is left out. */
export const commandFormSchema = z.preprocess(
  (body) => (typeof body === 'object' && body !== null && !('type' in body) ? { ...body, type: 1 } : body),
  z.discriminatedUnion('type', [slash, menu]),
);
export type CommandForm = z.output<typeof commandFormSchema>;

/** The body that replaces all commands of an application, or of an application in a guild. */
export const commandFormsSchema = z.array(commandFormSchema).check((context) => {
  const keys = context.value.map((command) => `${command.type} ${command.name}`);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) === index) return;
    const message = 'Application command names must be unique';
    addIssue(context, [index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', message);
  });
});

/** The characters of names, descriptions and values; of a text in several languages the longest counts. */
function countCharacters(part: Record<string, unknown>): number {
  const longest = (field: string) => {
    const localizations = Object.values(
      (part[`${field}_localizations`] as Record<string, string> | undefined) ?? {},
    );
    return Math.max(
      0,
      ...[part[field], ...localizations].map((one) => (typeof one === 'string' ? one.length : 0)),
    );
  };
  const own = typeof part['value'] === 'string' ? part['value'].length : 0;
  const inner = [part['options'], part['choices']].flatMap((list) => (Array.isArray(list) ? list : []));
  return (
    longest('name') + longest('description') + own + inner.reduce((sum, one) => sum + countCharacters(one), 0)
  );
}
