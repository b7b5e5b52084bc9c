import type {
  APIEmbed,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
} from 'discord-api-types/v10';
import type { z } from 'zod';
import type { Repositories } from '../delivery/repositories.ts';
import type { Choice } from '../discord/message/limits.ts';
import type { Modal } from '../discord/message/modal.ts';
import type { Reply } from '../discord/message/reply.ts';
import type { EventIsGone } from '../discord/posting/scheduled-events.ts';
import type { SendTestPost } from '../discord/posting/test-sender.ts';
import type { OpenDm } from '../discord/rest/dm-channel.ts';
import type { Links } from '../discord/rest/links.ts';
import type { Day } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Language, MessageKey } from '../i18n/translator.ts';
import type { DataState } from '../knowledge/knowledge.ts';
import type { ReadOwnerData } from '../privacy/owner-data.ts';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** A channel that came with an interaction, and what the bot may do there. */
export interface ResolvedChannel {
  id: string;
  type: ChannelType;
  name: string;
  /** The bot's permissions in it, as Discord sends them with resolved channels; null where it did not. */
  permissions: bigint | null;
  /** Whether it is a thread in which only moderators may go on. */
  locked: boolean;
}

/** A role that came with an interaction. */
export interface ResolvedRole {
  id: string;
  name: string;
  mentionable: boolean;
}

/** The server in which a command was used. */
export interface Guild {
  id: string;
  /** The language of the server, for what is posted there. */
  locale: string;
  /** What the member who asked may do. */
  permissions: bigint;
  /** What the bot may do where it was used. */
  appPermissions: bigint;
}

/** What the bot can tell of itself. */
export interface BotInfo {
  version: string;
  startedAt: Temporal.Instant;
  /** When the facts were read, and what is wrong with their files. */
  data(): DataState;
  links(): Promise<Links>;
}

/** Everything a command may look at. Handed in, so that a command runs without Discord. */
export interface Context extends Repositories {
  /** All commands, for telling what there is. */
  commands: readonly Command[];
  facts: Facts;
  catalogue: Catalogue;
  /** Answers questions in plain words, from the same facts. */
  questions: QuestionAnswerer;
  language: Language;
  now: Temporal.Instant;
  /** The UTC day of now: what is known by it is known. */
  today: Day;
  /** The person who asks. */
  userId: string;
  /** When Discord took down what the person did. */
  requestedAt: Temporal.Instant;
  /** The server, or null in a direct message or where only the person installed the bot. */
  guild: Guild | null;
  channels: ReadonlyMap<string, ResolvedChannel>;
  roles: ReadonlyMap<string, ResolvedRole>;
  /** What the message says whose button was pressed. */
  message: readonly APIEmbed[];
  /** Posts what a countdown posts next, marked as a test. */
  postTest: SendTestPost;
  openDirect: OpenDm;
  eventIsGone: EventIsGone;
  /** Everything that is stored about an owner. */
  stored: ReadOwnerData;
  self: BotInfo;
}

export type OptionType = 'string' | 'boolean' | 'channel' | 'role';

/** An option: what Discord shows, how it is parsed, and what is offered while it is typed. */
export interface Option<T = unknown> {
  type: OptionType;
  description: MessageKey;
  required?: boolean;
  schema: z.ZodType<T>;
  choices?: readonly { name: MessageKey; value: string }[];
  channelTypes?: readonly ChannelType[];
  maxLength?: number;
  /** What is offered for what was typed so far; `options` are the others, as typed and unparsed. */
  autocomplete?(
    typed: string,
    options: Readonly<Record<string, string>>,
    context: Context,
  ): Choice[] | Promise<Choice[]>;
}

export type Options = Readonly<Record<string, Option>>;
/** The parsed options of a subcommand, by name. */
export type Parsed<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never };

export interface Subcommand<O extends Options = Options> {
  name: string;
  description: MessageKey;
  options: O;
  /** Answers. What is expected to go wrong is a reply too; what throws is a bug. */
  run(options: Parsed<O>, context: Context): Reply | Promise<Reply>;
  /** Tells what changed since the day asked about, where the command knows days. */
  since?(options: Parsed<O>, context: Context): Reply | Promise<Reply>;
  /**
   * Takes a step that a button of the command's own asks for: turns a page, carries out what was confirmed. What comes with
   * the button is unparsed, and whoever pressed it has not been asked for permission.
   */
  press?(values: Readonly<Record<string, string>>, context: Context): Reply | Modal | Promise<Reply | Modal>;
  /** Takes in the form that a button of the command's own has opened. Its values are unparsed too. */
  submit?(values: Readonly<Record<string, string>>, context: Context): Reply | Promise<Reply>;
}

/** A slash command: what it is called, where it may be used, and its subcommands. */
export interface Command {
  name: string;
  description: MessageKey;
  contexts: readonly InteractionContextType[];
  integrationTypes: readonly ApplicationIntegrationType[];
  /** The permissions a member needs, unless the server decides otherwise. */
  memberPermissions?: bigint;
  subcommands: readonly Subcommand[];
}

/** Checks a subcommand's options against its own handler, and forgets their types for the list of all. */
export function subcommand<const O extends Options>(definition: Subcommand<O>): Subcommand {
  return definition as unknown as Subcommand;
}

/** The subcommand at a path such as "ballerina/cast". */
export function findSubcommand(
  commands: readonly Command[],
  path: string,
): { command: Command; subcommand: Subcommand } | undefined {
  const [name, sub] = path.split('/');
  const command = commands.find((one) => one.name === name);
  const found = command?.subcommands.find((one) => one.name === sub);
  return command && found && { command, subcommand: found };
}
