import {
  ApplicationCommandType,
  ChannelType,
  Locale,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { addIssue, optional, permissionBits, trimmedText } from './fields.ts';
import { addUnsupported } from './unsupported.ts';

/*
 * Application commands (documentation: interactions/application-commands, "Application Command Object", "Registering a
 * Command").
 */

/** The maximum number of slash commands of an application. */
export const MAX_COMMANDS = 100;
/** The maximum number of characters of one command. */
const MAX_COMMAND_CHARACTERS = 8000;

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const slashName = z.string().superRefine((value, context) => {
  const error =
    value.length === 0
      ? ['BASE_TYPE_REQUIRED', 'This field is required']
      : !NAME.test(value) || value !== value.toLowerCase()
        ? ['APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid']
        : undefined;
  if (error) context.addIssue({ code: 'custom', params: { code: error[0] }, message: error[1] ?? '' });
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

/** The choices of an option, or the suggestions for one: at most 25. */
export const choicesSchema = z.array(choice).max(25);

interface OptionShape {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean | undefined;
  readonly options?: OptionShape[] | undefined;
}

const baseOption = z.object({
  name: slashName,
  name_localizations: localized(slashName),
  description: trimmedText(100),
  description_localizations: localized(trimmedText(100)),
});

const valueOption = baseOption
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
    option.choices?.forEach(({ value }, index) => {
      const type = option.type === Option.String ? 'string' : 'number';
      if (takesChoices && typeof value !== type) {
        addIssue(context, ['choices', index, 'value'], 'STRING_TYPE_CONVERT', `Value must be a ${type}.`);
      }
    });
  });

const subcommand = baseOption.extend({
  type: z.literal(Option.Subcommand),
  options: optional(createOptionListSchema(valueOption)),
});
const subcommandGroup = baseOption.extend({
  type: z.literal(Option.SubcommandGroup),
  options: optional(createOptionListSchema(subcommand)),
});

/** An option of a command, parsed by the schema for its type. */
const anyOption = z.unknown().transform((option, context) => {
  const type = z.object({ type: z.int() }).safeParse(option).data?.type;
  const schema =
    type === Option.Subcommand ? subcommand : type === Option.SubcommandGroup ? subcommandGroup : valueOption;
  const parsed = schema.safeParse(option, { reportInput: true });
  if (parsed.success) return parsed.data as OptionShape & Record<string, unknown>;
  context.issues.push(...(parsed.error.issues as never[]));
  return z.NEVER;
});

function createOptionListSchema<S extends z.ZodType>(schema: S) {
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
        if (
          required &&
          options.slice(0, index).some((earlier) => isValueOption(earlier) && !earlier.required)
        ) {
          const message = 'Required options must be placed before non-required options';
          addIssue(context, [index], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
        }
      });
      if (options.some(isValueOption) && !options.every(isValueOption)) {
        const message =
          'Sub-command and sub-command group option types are mutually exclusive to all other types';
        addIssue(context, [], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
      }
    });
}

const isValueOption = (option: OptionShape) =>
  option.type !== Option.Subcommand && option.type !== Option.SubcommandGroup;

const commandFields = {
  default_member_permissions: optional(permissionBits),
  dm_permission: optional(z.boolean()),
  nsfw: optional(z.boolean()),
  integration_types: optional(z.array(z.int().min(0).max(1)).min(1)),
  contexts: optional(z.array(z.int().min(0).max(2)).min(1)),
};

const slashCommand = baseOption
  .extend({
    type: z.literal(ApplicationCommandType.ChatInput),
    options: optional(createOptionListSchema(anyOption)),
    ...commandFields,
  })
  .check((context) => {
    const characters = countCharacters(context.value);
    if (characters <= MAX_COMMAND_CHARACTERS) return;
    const message = `Command exceeds maximum size (${MAX_COMMAND_CHARACTERS})`;
    addIssue(context, [], 'APPLICATION_COMMAND_TOO_LARGE', message);
  });
const menuCommand = z.object({
  type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
  name: menuName,
  name_localizations: localized(menuName),
  description: optional(z.literal('')),
  ...commandFields,
});

const entryPointCommand = z
  .looseObject({ type: z.literal(ApplicationCommandType.PrimaryEntryPoint) })
  .transform((_, context): never => {
    addUnsupported(context, ['type'], 'entry-point commands');
    return z.NEVER;
  });

/** The fields of a command that the sandbox reads. */
export const COMMAND_FIELDS = [
  ...new Set([slashCommand, menuCommand].flatMap(({ shape }) => Object.keys(shape))),
];

/** The body that creates a command. The default `type` is a slash command. */
export const commandFormSchema = z.preprocess(
  (body) => (typeof body === 'object' && body !== null && !('type' in body) ? { ...body, type: 1 } : body),
  z.discriminatedUnion('type', [slashCommand, menuCommand, entryPointCommand]),
);
/** A parsed command. */
export type CommandForm = z.output<typeof commandFormSchema>;

/** The body that replaces all commands of an application, global or in one guild. */
export const commandFormsSchema = z.array(commandFormSchema).check((context) => {
  const keys = context.value.map((command) => `${command.type} ${command.name}`);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) === index) return;
    const message = 'Application command names must be unique';
    addIssue(context, [index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', message);
  });
});

/** Counts the characters of names, descriptions and values. Of localized texts the longest counts. */
function countCharacters(definition: Record<string, unknown>): number {
  const longest = (field: string) => {
    const localizations = Object.values(
      (definition[`${field}_localizations`] as Record<string, string> | undefined) ?? {},
    );
    return Math.max(
      0,
      ...[definition[field], ...localizations].map((text) => (typeof text === 'string' ? text.length : 0)),
    );
  };
  const valueLength = typeof definition['value'] === 'string' ? definition['value'].length : 0;
  const children = [definition['options'], definition['choices']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return (
    longest('name') +
    longest('description') +
    valueLength +
    children.reduce((sum, child) => sum + countCharacters(child), 0)
  );
}
