import {
  type APIApplicationCommandBasicOption,
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

/** The commands as Discord registers them, described in every language that has a catalogue. */
export function commandDefinitions(
  commands: readonly Command[],
  catalogue: Catalogue,
): RESTPutAPIApplicationCommandsJSONBody {
  return commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    ...described(catalogue, command.description),
    contexts: [...command.contexts],
    integration_types: [...command.integrationTypes],
    default_member_permissions: command.memberPermissions?.toString() ?? null,
    options: command.subcommands.map((subcommand) => subcommandJson(subcommand, catalogue)),
  }));
}

function subcommandJson(subcommand: Subcommand, catalogue: Catalogue): APIApplicationCommandSubcommandOption {
  const options = Object.entries(subcommand.options);
  // Discord wants required options first: docs "Application Commands", option structure.
  const ordered = [
    ...options.filter(([, one]) => one.required),
    ...options.filter(([, one]) => !one.required),
  ];
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: subcommand.name,
    ...described(catalogue, subcommand.description),
    options: ordered.map(([name, option]) => optionJson(name, option, catalogue)),
  };
}

function optionJson(name: string, option: Option, catalogue: Catalogue): APIApplicationCommandBasicOption {
  const { choices, channelTypes, maxLength, autocomplete, required = false } = option;
  return {
    type: TYPES[option.type],
    name,
    ...described(catalogue, option.description),
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

function described(catalogue: Catalogue, key: MessageKey) {
  return {
    description: catalogue.plain('en', key),
    description_localizations: localizations(catalogue, key),
  };
}

/** The default's own language is named too: without it Discord may show en-GB to en-US. */
function localizations(catalogue: Catalogue, key: MessageKey): LocalizationMap {
  const locales = catalogue.languages.flatMap((language) =>
    language === 'en' ? ['en-US', 'en-GB'] : [language],
  );
  return Object.fromEntries(
    locales.map((locale) => [locale, catalogue.plain(locale.split('-')[0] === 'en' ? 'en' : locale, key)]),
  );
}
