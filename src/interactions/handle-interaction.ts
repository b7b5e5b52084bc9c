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
import { fitChoices } from '../discord/message/limits.ts';
import type { Modal } from '../discord/message/modal.ts';
import { ephemeral, ephemeralText, inlineCode, type Reply } from '../discord/message/reply.ts';
import { utcDay } from '../facts/dates.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerOutcome, Metrics } from '../ops/metrics.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { Context, Options } from './command.ts';
import { createContext, type SharedContext } from './context.ts';
import { asText, refusalSentence } from './options.ts';
import { type CommandRequest, parseRequest } from './parse-request.ts';

/** Well before a slow answer is announced, which takes the place of a form. */
const FORM_WITHIN_MS = 1_500;

/** What answering needs besides the interaction itself. */
export interface InteractionOptions extends SharedContext {
  clock: Clock;
  /** A short number by which a user's report finds the log line. */
  reference: () => string;
  metrics: Pick<Metrics, 'interactionAnswered'>;
  log: Logger;
}

/** An answer, and what an operator counts it as. */
interface Answered {
  response: APIInteractionResponse;
  outcome: AnswerOutcome;
}

/**
 * Answers an interaction, whichever way it came. Never throws: what goes wrong in a command is logged under a reference
 * number, and the user is told that number.
 */
export async function handleInteraction(
  parts: InteractionOptions,
  interaction: APIInteraction,
): Promise<APIInteractionResponse> {
  if (interaction.type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
  const arrived = performance.now();
  const now = parts.clock.now();
  const context = createContext(parts, interaction, now, utcDay(now));
  const asked = parseRequest(parts.commands, interaction);
  const { response, outcome } = await answerTo(interaction, asked, context, arrived).catch((error: unknown) =>
    failed(parts, interaction, context, error),
  );
  parts.metrics.interactionAnswered(asked?.path, outcome, { seconds: (performance.now() - arrived) / 1000 });
  return response;
}

async function answerTo(
  interaction: APIInteraction,
  asked: CommandRequest | undefined,
  context: Context,
  arrived: number,
): Promise<Answered> {
  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return { response: await complete(asked, context), outcome: 'choices' };
    case InteractionType.MessageComponent:
      return press(asked, interaction, context, arrived);
    case InteractionType.ModalSubmit:
      return submit(asked, interaction, context);
  }
  if (!asked) return refused(context.language.say('problem.unknown-command'));
  const { reply, outcome } = await ask(asked, context);
  return { response: message(reply), outcome };
}

/** What is told of an error: an outage of the store passes by itself, and anything else is a bug. */
function failed(
  { reference, log }: InteractionOptions,
  interaction: APIInteraction,
  { language: { say } }: Context,
  error: unknown,
): Answered {
  const isOutage = error instanceof StoreUnavailable;
  const number = reference();
  log.error(
    { err: error, reference: number, interaction: interaction.id },
    isOutage ? 'a command could not reach the store' : 'a command failed',
  );
  const sentence = isOutage ? say('problem.store') : say('problem.bug', { reference: number });
  const typing = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  return {
    response: typing ? choices([]) : message(ephemeralText(sentence)),
    outcome: isOutage ? 'unavailable' : 'failed',
  };
}

/** Parses the options and runs the command; a bad option is told in a sentence, with what was typed to be used again. */
async function ask(
  { subcommand, path, verb, values }: CommandRequest,
  context: Context,
): Promise<{ reply: Reply; outcome: AnswerOutcome }> {
  const parsed = parseOptions(subcommand.options, values);
  if (!parsed.ok) {
    const sentence = refusalSentence(context.language, parsed.name, values[parsed.name], parsed.issue);
    const typed = Object.entries(values).map(([name, value]) => `${name}:${asText(value)}`);
    const again = inlineCode([`/${path.replace('/', ' ')}`, ...typed].join(' '));
    const echo = context.language.say('problem.echo', { typed: again });
    return { reply: ephemeralText(`${sentence}\n${echo}`), outcome: 'refused' };
  }
  const run = (verb === 'since' && subcommand.since) || subcommand.run;
  return { reply: await run(parsed.options as never, context), outcome: 'answered' };
}

type ParsedOptions =
  | { ok: true; options: Record<string, unknown> }
  | { ok: false; name: string; issue: string | undefined };

/** Options that the command does not have are left out: an older version's button may carry them. */
function parseOptions(options: Options, values: Readonly<Record<string, unknown>>): ParsedOptions {
  const parsed: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const result = option.schema.safeParse(values[name]);
    if (!result.success) return { ok: false, name, issue: result.error.issues[0]?.message };
    if (result.data !== undefined) parsed[name] = result.data;
  }
  return { ok: true, options: parsed };
}

/** A button asks a command again. On an answer that only the asker sees, the answer is exchanged in place. */
async function press(
  asked: CommandRequest | undefined,
  interaction: APIMessageComponentInteraction,
  context: Context,
  arrived: number,
): Promise<Answered> {
  const pressed = asked && (await pressedReply(asked, context));
  if (!pressed) return refused(context.language.say('problem.old-button'));
  const { reply, outcome } = pressed;
  if (!('form' in reply)) return { response: inPlace(interaction.message, reply), outcome };
  // Only a first answer can open a form: one that took this long has been announced as a message already.
  if (performance.now() - arrived > FORM_WITHIN_MS) return refused(context.language.say('problem.slow'));
  return { response: { type: InteractionResponseType.Modal, data: reply.form }, outcome };
}

/** A form that was sent in. */
async function submit(
  asked: CommandRequest | undefined,
  interaction: APIModalSubmitInteraction,
  context: Context,
): Promise<Answered> {
  const form = asked?.verb === 'submit' ? asked : undefined;
  const reply = await form?.subcommand.submit?.(texts(form.values), context);
  if (!reply) return refused(context.language.say('problem.old-button'));
  return { response: inPlace(interaction.message, reply), outcome: 'answered' };
}

/** What only the asker sees is exchanged in place; a message that everyone sees is left as it is. */
function inPlace(shown: APIMessage | undefined, reply: Reply): APIInteractionResponse {
  if (!((shown?.flags ?? 0) & MessageFlags.Ephemeral)) return message(ephemeral(reply));
  return {
    type: InteractionResponseType.UpdateMessage,
    data: { content: '', embeds: [], components: [], attachments: [], ...reply },
  };
}

/**
 * Anyone may press a button: so it asks only questions, which a command without `since` is not, and what else a command does
 * with buttons of its own, it answers for. Undefined where the command has no such button.
 */
async function pressedReply(
  asked: CommandRequest,
  context: Context,
): Promise<{ reply: Reply | Modal; outcome: AnswerOutcome } | undefined> {
  const { verb, values, subcommand } = asked;
  if (verb === 'press') {
    const reply = await subcommand.press?.(texts(values), context);
    return reply && { reply, outcome: 'answered' };
  }
  return verb === 'submit' || !subcommand.since ? undefined : ask(asked, context);
}

async function complete(
  asked: CommandRequest | undefined,
  context: Context,
): Promise<APIInteractionResponse> {
  const { typing = '', values = {}, subcommand } = asked ?? {};
  const option = subcommand?.options[typing];
  if (!option?.autocomplete) return choices([]);
  return choices(await option.autocomplete(asText(values[typing] ?? ''), texts(values), context));
}

const texts = (values: CommandRequest['values']): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asText(value)]));

const message = (data: Reply): APIInteractionResponse => ({
  type: InteractionResponseType.ChannelMessageWithSource,
  data,
});

const refused = (sentence: string): Answered => ({
  response: message(ephemeralText(sentence)),
  outcome: 'refused',
});

const choices = (list: Parameters<typeof fitChoices>[0]): APIInteractionResponse => ({
  type: InteractionResponseType.ApplicationCommandAutocompleteResult,
  data: { choices: fitChoices(list) },
});
