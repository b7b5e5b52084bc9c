import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIInteraction,
  type APIMessageApplicationCommandInteractionData,
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
  const request = readRequest(commands, interaction);
  const subcommand = request && findSubcommand(commands, request.path);
  return subcommand && { ...request, subcommand };
}

function readRequest(
  commands: readonly Command[],
  interaction: APIInteraction,
): UnresolvedRequest | undefined {
  switch (interaction.type) {
    case InteractionType.MessageComponent: {
      const button = parseCustomId(interaction.data.custom_id);
      return button && { path: button.path, verb: button.verb, values: button.options, focused: undefined };
    }
    case InteractionType.ModalSubmit: {
      const modal = parseCustomId(interaction.data.custom_id);
      const values = { ...modal?.options, ...modalValues(interaction.data.components) };
      return modal && { path: modal.path, verb: modal.verb, values, focused: undefined };
    }
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return readCommand(commands, interaction.data);
    default:
      return undefined;
  }
}

function readCommand(
  commands: readonly Command[],
  data: (APIApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction)['data'],
): UnresolvedRequest | undefined {
  if (data.type === ApplicationCommandType.Message) return readMenuCommand(commands, data);
  const command = commands.find(({ name, menuName }) => name === data.name && !menuName);
  if (data.type !== ApplicationCommandType.ChatInput || !command) return undefined;
  const subcommand = data.options?.find(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  const given = subcommand && 'options' in subcommand ? subcommand.options : undefined;
  const options = ((command.isPlain ? data.options : given) ??
    []) as APIApplicationCommandInteractionDataBasicOption[];
  return {
    path: `${data.name}/${command.isPlain ? command.subcommands[0]?.name : subcommand?.name}`,
    verb: 'ask',
    values: Object.fromEntries(options.map(({ name, value }) => [name, value])),
    focused: options.find((option) => 'focused' in option && option.focused)?.name,
  };
}

/** Discord sends the message that a command was called on, with its text, without a privileged intent. */
function readMenuCommand(
  commands: readonly Command[],
  { name, target_id: id, resolved }: APIMessageApplicationCommandInteractionData,
): UnresolvedRequest | undefined {
  const command = commands.find(({ menuName }) => menuName === name);
  return (
    command && {
      path: `${command.name}/${command.subcommands[0]?.name}`,
      verb: 'ask',
      values: { text: resolved?.messages?.[id]?.content ?? '' },
      focused: undefined,
    }
  );
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
