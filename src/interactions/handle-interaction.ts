import {
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { PARTS } from '../answers/parts.ts';
import { inlineCode } from '../discord/message/format.ts';
import { type Choice, fitChoices } from '../discord/message/limits.ts';
import type { Modal } from '../discord/message/modal.ts';
import { isPanel } from '../discord/message/panel.ts';
import { ephemeral, ephemeralText, type Reply } from '../discord/message/reply.ts';
import type { InteractionHandler } from '../discord/respond.ts';
import type { CurrentKnowledge } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerOutcome, Metrics } from '../ops/metrics.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { Command } from './command.ts';
import { type Context, createContext } from './context.ts';
import { type CommandIds, linkCommands } from './link-commands.ts';
import { asText, refusalSentence } from './options.ts';
import { parseOptions } from './parse-options.ts';
import { type CommandRequest, isPublic, parseRequest } from './parse-request.ts';

/** Later than this a modal cannot be opened: by 2 seconds a slow answer is announced, which is a first answer too. */
const MODAL_WITHIN_MS = 1_500;

/** What answering needs besides the interaction. */
export interface InteractionOptions {
  commands: readonly Command[];
  /** Read once for each interaction, so that one answer never mixes two versions of the data. */
  knowledge: CurrentKnowledge;
  /** The ids of the commands, as far as they are known yet, so that their names in messages can be clicked. */
  commandIds: () => CommandIds;
  clock: Clock;
  /** Returns a short number that a user can report; it finds the log line. */
  reference: () => string;
  metrics: Pick<Metrics, 'interactionAnswered'>;
  log: Logger;
}

/** The response to Discord, and the outcome that is counted for operators. */
interface AnswerResult {
  response: APIInteractionResponse;
  outcome: AnswerOutcome;
}

/** The reply of a command, and the outcome that is counted for operators. */
interface CommandResult<T = Reply> {
  reply: T;
  outcome: AnswerOutcome;
}

/** Returns the handler that the gateway and the webhook server share. */
export function createInteractionHandler(options: InteractionOptions): InteractionHandler {
  return {
    handle: (interaction) => handleInteraction(options, interaction),
    isPublic: (interaction) => isPublic(options.commands, interaction),
  };
}

/**
 * Answers an interaction. Never throws: a failure of a command is logged under a reference number, and the user is told that
 * number.
 */
export async function handleInteraction(
  options: InteractionOptions,
  interaction: APIInteraction,
): Promise<APIInteractionResponse> {
  if (interaction.type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
  const arrivedAt = performance.now();
  const context = createContext(options.knowledge(), interaction, options.clock.now());
  const request = parseRequest(options.commands, interaction);
  const result = await answer(interaction, request, context, arrivedAt).catch((error: unknown) =>
    createErrorAnswer(options, interaction, context, error),
  );
  const seconds = (performance.now() - arrivedAt) / 1000;
  options.metrics.interactionAnswered(request?.path, result.outcome, { seconds });
  return withLinks(result.response, options.commandIds());
}

/** Returns the response with the names of commands in its message as links. */
function withLinks(response: APIInteractionResponse, ids: CommandIds): APIInteractionResponse {
  const hasMessage =
    response.type === InteractionResponseType.ChannelMessageWithSource ||
    response.type === InteractionResponseType.UpdateMessage;
  return hasMessage && response.data
    ? { ...response, data: linkCommands(response.data as Reply, ids) }
    : response;
}

async function answer(
  interaction: APIInteraction,
  request: CommandRequest | undefined,
  context: Context,
  arrivedAt: number,
): Promise<AnswerResult> {
  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return { response: await autocomplete(request, context), outcome: 'choices' };
    case InteractionType.MessageComponent:
      return handleButton(request, interaction, context, arrivedAt);
    case InteractionType.ModalSubmit:
      return handleModal(request, interaction, context);
  }
  if (!request) return refusal(context.language.say('problem.unknown-command'));
  const { reply, outcome } = await runSubcommand(request, context);
  return { response: messageResponse(reply), outcome };
}

/** Tells the user of a failure: an outage of the store passes by itself, anything else is a bug. */
function createErrorAnswer(
  { reference, log }: InteractionOptions,
  interaction: APIInteraction,
  { language: { say } }: Context,
  error: unknown,
): AnswerResult {
  const isOutage = error instanceof StoreUnavailable;
  const number = reference();
  log.error(
    { err: error, reference: number, interaction: interaction.id },
    isOutage ? 'a command could not reach the store' : 'a command failed',
  );
  const sentence = isOutage ? say('problem.store') : say('problem.bug', { reference: number });
  const isTyping = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  return {
    response: isTyping ? choicesResponse([]) : messageResponse(ephemeralText(sentence)),
    outcome: isOutage ? 'unavailable' : 'failed',
  };
}

/** Parses the options and runs the command. A refused option is named in a sentence, with the whole command to copy. */
async function runSubcommand(
  { subcommand, path, verb, values }: CommandRequest,
  context: Context,
): Promise<CommandResult> {
  const parsed = parseOptions(subcommand.options, values);
  if (!parsed.ok) {
    const sentence = refusalSentence(context, parsed.name, values[parsed.name], parsed.issue);
    const options = Object.entries(values).map(([name, value]) => `${name}:${asText(value)}`);
    const typed = inlineCode([`/${path.replace('/', ' ')}`, ...options].join(' '));
    const echo = context.language.say('problem.echo', { typed });
    return { reply: ephemeralText(`${sentence}\n${echo}`), outcome: 'refused' };
  }
  const options = parsed.options as never;
  const part = PARTS.find((name) => name === verb);
  const page = Number(values['page'] ?? 1);
  if (part && subcommand.read)
    return { reply: await subcommand.read(options, context, { part, page }), outcome: 'answered' };
  if (verb === 'since' && subcommand.since)
    return { reply: await subcommand.since(options, context, page), outcome: 'answered' };
  return { reply: await subcommand.run(options, context), outcome: 'answered' };
}

async function handleButton(
  request: CommandRequest | undefined,
  interaction: APIMessageComponentInteraction,
  context: Context,
  arrivedAt: number,
): Promise<AnswerResult> {
  const result = request && (await replyToButton(request, context));
  if (!result) return refusal(context.language.say('problem.old-button'));
  const { reply, outcome } = result;
  if (!('form' in reply)) {
    const response = opensBelow(request)
      ? messageResponse(ephemeral(reply))
      : updateOrReply(interaction.message, reply);
    return { response, outcome };
  }
  // Only a first answer can open a modal: one that took this long may have been announced as a message already.
  if (performance.now() - arrivedAt > MODAL_WITHIN_MS) return refusal(context.language.say('problem.slow'));
  return { response: { type: InteractionResponseType.Modal, data: reply.form }, outcome };
}

async function handleModal(
  request: CommandRequest | undefined,
  interaction: APIModalSubmitInteraction,
  context: Context,
): Promise<AnswerResult> {
  const submission = request?.verb === 'submit' ? request : undefined;
  const reply = await submission?.subcommand.submit?.(textValues(submission.values), context);
  if (!reply) return refusal(context.language.say('problem.old-button'));
  return { response: updateOrReply(interaction.message, reply), outcome: 'answered' };
}

/** Whether a button opens something below its message, which stays: a part of an answer, or what says so. Its pages replace each other. */
const opensBelow = ({ verb, values }: CommandRequest) =>
  (PARTS.some((part) => part === verb) || values['below'] === 'yes') && values['page'] === undefined;

/**
 * Updates a message that only this user sees; replies privately to one that everyone sees. A message of components cannot become
 * one of text and embeds, or the reverse: docs "Component Reference", legacy message component behavior.
 */
function updateOrReply(message: APIMessage | undefined, reply: Reply): APIInteractionResponse {
  const isPrivate = ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  if (!message || !isPrivate || isPanel(message) !== isPanel(reply)) return messageResponse(ephemeral(reply));
  const cleared = isPanel(reply) ? {} : { content: '', embeds: [] };
  return {
    type: InteractionResponseType.UpdateMessage,
    data: { ...cleared, components: [], attachments: [], ...reply },
  };
}

/**
 * Returns the reply to a button; undefined where the command has no such button. Anyone may press one, so the verb `ask` works
 * only for commands that answer from the facts. Commands check permissions for their own buttons.
 */
async function replyToButton(
  request: CommandRequest,
  context: Context,
): Promise<CommandResult<Reply | Modal> | undefined> {
  const { verb, values, subcommand } = request;
  if (verb === 'press') {
    const reply = await subcommand.press?.(textValues(values), context);
    return reply && { reply, outcome: 'answered' };
  }
  return verb === 'submit' || !subcommand.since ? undefined : runSubcommand(request, context);
}

async function autocomplete(
  request: CommandRequest | undefined,
  context: Context,
): Promise<APIInteractionResponse> {
  const { focused = '', values = {}, subcommand } = request ?? {};
  const option = subcommand?.options[focused];
  if (!option?.autocomplete) return choicesResponse([]);
  return choicesResponse(
    await option.autocomplete(asText(values[focused] ?? ''), textValues(values), context),
  );
}

const textValues = (values: CommandRequest['values']): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asText(value)]));

const messageResponse = (data: Reply): APIInteractionResponse => ({
  type: InteractionResponseType.ChannelMessageWithSource,
  data,
});

const refusal = (sentence: string): AnswerResult => ({
  response: messageResponse(ephemeralText(sentence)),
  outcome: 'refused',
});

const choicesResponse = (choices: readonly Choice[]): APIInteractionResponse => ({
  type: InteractionResponseType.ApplicationCommandAutocompleteResult,
  data: { choices: fitChoices(choices) },
});
