import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10';
import { parseCustomId, type Verb } from '../discord/message/custom-id.ts';
import { modalValues } from '../discord/message/modal.ts';
import { type Command, findSubcommand, type Subcommand } from './command.ts';

/** What an interaction asks for. */
export interface CommandRequest {
  /** `ballerina/cast`. */
  path: string;
  subcommand: Subcommand;
  verb: Verb;
  /** The options by name, as they came; of a form, what was filled in. */
  values: Readonly<Record<string, unknown>>;
  /** The option that is being typed. */
  typing: string | undefined;
}

/** Reads what an interaction asks for; undefined where there is no such command. */
export function parseRequest(
  commands: readonly Command[],
  interaction: APIInteraction,
): CommandRequest | undefined {
  const read = readAsked(interaction);
  const found = read && findSubcommand(commands, read.path);
  return found && { ...read, subcommand: found.subcommand };
}

function readAsked(interaction: APIInteraction): Omit<CommandRequest, 'subcommand'> | undefined {
  if (interaction.type === InteractionType.MessageComponent) {
    const pressed = parseCustomId(interaction.data.custom_id);
    return pressed && { path: pressed.path, verb: pressed.verb, values: pressed.options, typing: undefined };
  }
  if (interaction.type === InteractionType.ModalSubmit) {
    const sent = parseCustomId(interaction.data.custom_id);
    const values = modalValues(interaction.data.components);
    return sent && { path: sent.path, verb: sent.verb, values, typing: undefined };
  }
  if (
    interaction.type !== InteractionType.ApplicationCommand &&
    interaction.type !== InteractionType.ApplicationCommandAutocomplete
  )
    return undefined;
  const { data } = interaction;
  if (data.type !== ApplicationCommandType.ChatInput) return undefined;
  const sub = data.options?.find((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const options = (sub?.options ?? []) as APIApplicationCommandInteractionDataBasicOption[];
  return {
    path: `${data.name}/${sub?.name}`,
    verb: 'ask',
    values: Object.fromEntries(options.map(({ name, value }) => [name, value])),
    typing: options.find((option) => 'focused' in option && option.focused)?.name,
  };
}

/**
 * Whether everyone in the channel is to see the answer, as far as that is known before there is one: questions about the facts,
 * unless they were asked in private. What a button brings is for whoever pressed it.
 */
export function isPublic(commands: readonly Command[], interaction: APIInteraction): boolean {
  if (interaction.type !== InteractionType.ApplicationCommand) return false;
  const asked = parseRequest(commands, interaction);
  return asked?.subcommand.since !== undefined && asked.values['private'] !== true;
}
