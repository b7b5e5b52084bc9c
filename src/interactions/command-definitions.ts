import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { MessageKey } from '../i18n/translator.ts';
import type { Command, Option, OptionType, Subcommand } from './command.ts';

const TYPES = {
  string: ApplicationCommandOptionType.String,
  boolean: ApplicationCommandOptionType.Boolean,
  channel: ApplicationCommandOptionType.Channel,
  role: ApplicationCommandOptionType.Role,
} as const satisfies Record<OptionType, ApplicationCommandOptionType>;

/** Returns the commands as Discord registers them, described in every language that has a catalogue. */
export function commandDefinitions(
  commands: readonly Command[],
  catalogue: Catalogue,
): RESTPutAPIApplicationCommandsJSONBody {
  return commands.map((command) => {
    const access = {
      contexts: [...command.contexts],
      integration_types: [...command.integrationTypes],
      default_member_permissions: command.memberPermissions?.toString() ?? null,
    };
    if (command.menuName) return { type: ApplicationCommandType.Message, name: command.menuName, ...access };
    return {
      type: ApplicationCommandType.ChatInput,
      name: command.name,
      ...localizedDescription(catalogue, command.description),
      ...access,
      options: command.subcommands.flatMap((subcommand): APIApplicationCommandOption[] =>
        command.isPlain ? optionsJson(subcommand, catalogue) : [subcommandJson(subcommand, catalogue)],
      ),
    };
  });
}

function subcommandJson(subcommand: Subcommand, catalogue: Catalogue): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: subcommand.name,
    ...localizedDescription(catalogue, subcommand.description),
    options: optionsJson(subcommand, catalogue),
  };
}

function optionsJson(subcommand: Subcommand, catalogue: Catalogue): APIApplicationCommandBasicOption[] {
  const options = Object.entries(subcommand.options);
  // Discord requires required options to come first: docs "Application Commands", option structure.
  const ordered = [
    ...options.filter(([, option]) => option.required),
    ...options.filter(([, option]) => !option.required),
  ];
  return ordered.map(([name, option]) => optionJson(name, option, catalogue));
}

function optionJson(name: string, option: Option, catalogue: Catalogue): APIApplicationCommandBasicOption {
  const { choices, channelTypes, maxLength, autocomplete, required = false } = option;
  return {
    type: TYPES[option.type],
    name,
    ...localizedDescription(catalogue, option.description),
    required,
    ...(autocomplete && { autocomplete: true }),
    ...(choices && {
      choices: choices.map((choice) => ({
        name: catalogue.plain('en', choice.name),
        name_localizations: localizations(catalogue, choice.name),
        value: choice.value,
      })),
    }),
    ...(channelTypes && { channel_types: [...channelTypes] }),
    ...(maxLength && { max_length: maxLength }),
  } as APIApplicationCommandBasicOption;
}

function localizedDescription(catalogue: Catalogue, key: MessageKey) {
  return {
    description: catalogue.plain('en', key),
    description_localizations: localizations(catalogue, key),
  };
}

/** Names English too, not only as the default: without it Discord may show the text of en-GB to en-US. */
function localizations(catalogue: Catalogue, key: MessageKey): LocalizationMap {
  const locales = catalogue.languages.flatMap((language) =>
    language === 'en' ? ['en-US', 'en-GB'] : [language],
  );
  return Object.fromEntries(
    locales.map((locale) => [locale, catalogue.plain(locale.split('-')[0] === 'en' ? 'en' : locale, key)]),
  );
}
