import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessageComponentInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { utcDay } from '../facts/dates.ts';
import { type Command, type Context, findSubcommand, type Options, type Subcommand } from './command.ts';
import { type Asking, contextOf } from './context.ts';
import { type Pressed, readCustomId } from './custom-id.ts';
import { fitChoices } from './limits.ts';
import { asText, refusalSentence } from './options.ts';
import { code, privately, privateSentence, type Reply } from './reply.ts';

/** What answering needs besides the interaction itself. */
export interface AnswerParts extends Asking {
  commands: readonly Command[];
  clock: Clock;
  /** A short number by which a user's report finds the log line. */
  reference: () => string;
  log: Logger;
}

/**
 * Answers an interaction, whichever way it came. Never throws: what goes wrong in a command is logged under a reference
 * number, and the user is told that number.
 */
export async function answer(
  parts: AnswerParts,
  interaction: APIInteraction,
): Promise<APIInteractionResponse> {
  if (interaction.type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
  const now = parts.clock.now();
  const context = contextOf(parts, interaction, now, utcDay(now));
  try {
    switch (interaction.type) {
      case InteractionType.ApplicationCommandAutocomplete:
        return await complete(parts, interaction, context);
      case InteractionType.ApplicationCommand:
        if (interaction.data.type !== ApplicationCommandType.ChatInput) break;
        return message(await run(parts, interaction as APIChatInputApplicationCommandInteraction, context));
      case InteractionType.MessageComponent:
        return await press(parts, interaction, context);
    }
    return message(privateSentence(context.language.say('problem.unknown-command')));
  } catch (error) {
    const reference = parts.reference();
    parts.log.error({ err: error, reference, interaction: interaction.id }, 'a command failed');
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return choices([]);
    return message(privateSentence(context.language.say('problem.bug', { reference })));
  }
}

async function run(
  { commands }: AnswerParts,
  { data }: APIChatInputApplicationCommandInteraction,
  context: Context,
): Promise<Reply> {
  const sub = data.options?.find((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const found = findSubcommand(commands, `${data.name}/${sub?.name}`);
  if (!found) return privateSentence(context.language.say('problem.unknown-command'));
  const options = valuesOf(sub?.options);
  return ask(found.subcommand, 'ask', `/${data.name} ${sub?.name}`, options, context);
}

/** Parses the options and runs the command; a bad option is told in a sentence, with what was typed to be used again. */
async function ask(
  subcommand: Subcommand,
  verb: Pressed['verb'],
  typedName: string,
  values: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<Reply> {
  const parsed = parseOptions(subcommand.options, values);
  if (!parsed.ok) {
    const refused = refusalSentence(context.language, parsed.name, values[parsed.name], parsed.issue);
    const typed = Object.entries(values).map(([name, value]) => `${name}:${asText(value)}`);
    const echo = context.language.say('problem.echo', { typed: code([typedName, ...typed].join(' ')) });
    return privateSentence(`${refused}\n${echo}`);
  }
  if (verb === 'since' && subcommand.since) return subcommand.since(parsed.options as never, context);
  return subcommand.run(parsed.options as never, context);
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
  { commands }: AnswerParts,
  interaction: APIMessageComponentInteraction,
  context: Context,
): Promise<APIInteractionResponse> {
  const pressed = readCustomId(interaction.data.custom_id);
  const found = pressed && findSubcommand(commands, pressed.path);
  // Only questions can be asked by a button: anyone may press it, so a command for admins is not reached this way.
  if (!pressed || !found?.subcommand.since)
    return message(privateSentence(context.language.say('problem.old-button')));
  const reply = await ask(
    found.subcommand,
    pressed.verb,
    `/${pressed.path.replace('/', ' ')}`,
    pressed.options,
    context,
  );
  const isPrivate = Boolean((interaction.message.flags ?? 0) & MessageFlags.Ephemeral);
  if (!isPrivate) return message(privately(reply));
  return {
    type: InteractionResponseType.UpdateMessage,
    data: { content: '', embeds: [], components: [], ...reply },
  };
}

async function complete(
  { commands }: AnswerParts,
  { data }: APIApplicationCommandAutocompleteInteraction,
  context: Context,
): Promise<APIInteractionResponse> {
  const sub = data.options.find((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const found = findSubcommand(commands, `${data.name}/${sub?.name}`);
  const options = (sub?.options ?? []) as APIApplicationCommandInteractionDataBasicOption[];
  const focused = options.find((option) => 'focused' in option && option.focused);
  const option = focused && found?.subcommand.options[focused.name];
  if (!option?.autocomplete) return choices([]);
  const typed = Object.entries(valuesOf(options)).map(([name, value]) => [name, asText(value)]);
  return choices(await option.autocomplete(asText(focused?.value ?? ''), Object.fromEntries(typed), context));
}

function valuesOf(options: readonly unknown[] | undefined): Record<string, unknown> {
  const basic = (options ?? []) as APIApplicationCommandInteractionDataBasicOption[];
  return Object.fromEntries(basic.map((option) => [option.name, option.value]));
}

const message = (data: Reply): APIInteractionResponse => ({
  type: InteractionResponseType.ChannelMessageWithSource,
  data,
});

const choices = (list: Parameters<typeof fitChoices>[0]): APIInteractionResponse => ({
  type: InteractionResponseType.ApplicationCommandAutocompleteResult,
  data: { choices: fitChoices(list) },
});
