import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10';
import { parseCustomId, type Verb } from '../discord/message/custom-id.ts';
import { modalValues } from '../discord/message/modal.ts';
import { type Command, findSubcommand, type Subcommand } from './command.ts';

/** What an interaction asks a subcommand to do. */
export interface CommandRequest {
  /** `ballerina/cast`. */
  path: string;
  subcommand: Subcommand;
  verb: Verb;
  /** The unparsed values by name: of the options, of a button's custom id, or of a modal's fields. */
  values: Readonly<Record<string, unknown>>;
  /** The name of the option being typed, for autocomplete. */
  focused: string | undefined;
}

type UnresolvedRequest = Omit<CommandRequest, 'subcommand'>;

/** Parses an interaction; undefined where there is no such command. */
export function parseRequest(
  commands: readonly Command[],
  interaction: APIInteraction,
): CommandRequest | undefined {
  const request = readRequest(interaction);
  const subcommand = request && findSubcommand(commands, request.path);
  return subcommand && { ...request, subcommand };
}

function readRequest(interaction: APIInteraction): UnresolvedRequest | undefined {
  switch (interaction.type) {
    case InteractionType.MessageComponent: {
      const button = parseCustomId(interaction.data.custom_id);
      return button && { path: button.path, verb: button.verb, values: button.options, focused: undefined };
    }
    case InteractionType.ModalSubmit: {
      const modal = parseCustomId(interaction.data.custom_id);
      const values = modalValues(interaction.data.components);
      return modal && { path: modal.path, verb: modal.verb, values, focused: undefined };
    }
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return readCommand(interaction.data);
    default:
      return undefined;
  }
}

function readCommand(
  data: (APIApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction)['data'],
): UnresolvedRequest | undefined {
  if (data.type !== ApplicationCommandType.ChatInput) return undefined;
  const subcommand = data.options?.find(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  const options = (
    subcommand && 'options' in subcommand ? (subcommand.options ?? []) : []
  ) as APIApplicationCommandInteractionDataBasicOption[];
  return {
    path: `${data.name}/${subcommand?.name}`,
    verb: 'ask',
    values: Object.fromEntries(options.map(({ name, value }) => [name, value])),
    focused: options.find((option) => 'focused' in option && option.focused)?.name,
  };
}

/**
 * Returns whether everyone in the channel will see the reply, before there is one. A slow answer is announced with that, and
 * Discord does not let it change. Public are answers from the facts, unless `private` is set; never those to a button.
 */
export function isPublic(commands: readonly Command[], interaction: APIInteraction): boolean {
  if (interaction.type !== InteractionType.ApplicationCommand) return false;
  const request = parseRequest(commands, interaction);
  return request?.subcommand.since !== undefined && request.values['private'] !== true;
}
