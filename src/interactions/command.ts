import type { ApplicationIntegrationType, ChannelType, InteractionContextType } from 'discord-api-types/v10';
import type { z } from 'zod';
import type { Part } from '../answers/parts.ts';
import type { Choice } from '../discord/message/limits.ts';
import type { Modal } from '../discord/message/modal.ts';
import type { Reply } from '../discord/message/reply.ts';
import type { MessageKey } from '../i18n/translator.ts';
import type { Context } from './context.ts';

/** The types of options that the commands use. */
export type OptionType = 'string' | 'boolean' | 'channel' | 'role';

/** An option: what Discord shows, how its value is parsed, and what autocomplete offers for it. */
export interface Option<T = unknown> {
  type: OptionType;
  description: MessageKey;
  required?: boolean;
  schema: z.ZodType<T>;
  choices?: readonly { name: MessageKey; value: string }[];
  channelTypes?: readonly ChannelType[];
  maxLength?: number;
  /** Returns the choices for what was typed so far. `options` are the other options, unparsed. */
  autocomplete?(
    typed: string,
    options: Readonly<Record<string, string>>,
    context: Context,
  ): Choice[] | Promise<Choice[]>;
}

/** The options of a subcommand, by name. */
export type Options = Readonly<Record<string, Option>>;

/** The parsed values of a subcommand's options, by name. */
export type OptionValues<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** A subcommand: what Discord shows of it, and its handlers. */
export interface Subcommand<O extends Options = Options> {
  name: string;
  description: MessageKey;
  options: O;
  /** Returns the reply, also for expected failures. What it throws is a bug. */
  run(options: OptionValues<O>, context: Context): Reply | Promise<Reply>;
  /** Returns what changed since `as_of`; only commands that answer from the facts have it. */
  since?(options: OptionValues<O>, context: Context, page: number): Reply | Promise<Reply>;
  /** Returns a part of an answer, such as its sources; only commands that answer from the facts have it. */
  read?(
    options: OptionValues<O>,
    context: Context,
    which: { part: Part; page: number },
  ): Reply | Promise<Reply>;
  /** Handles a button of the command's own. The values are unparsed, and the user's permissions have not been checked. */
  press?(values: Readonly<Record<string, string>>, context: Context): Reply | Modal | Promise<Reply | Modal>;
  /** Handles a modal that the command opened. The values are unparsed, and permissions have not been checked. */
  submit?(values: Readonly<Record<string, string>>, context: Context): Reply | Promise<Reply>;
}

/** A command: its name, where it may be used, and its subcommands. */
export interface Command {
  name: string;
  description: MessageKey;
  /** People call its only subcommand by the command's name alone: `/countdowns`. */
  isPlain?: true;
  /** People call its only subcommand under this name, in the menu of a message. The option `text` is the text of that message. */
  menuName?: string;
  contexts: readonly InteractionContextType[];
  integrationTypes: readonly ApplicationIntegrationType[];
  /** The permissions that a member needs, unless the server overrides them. */
  memberPermissions?: bigint;
  subcommands: readonly Subcommand[];
}

/** Returns the definition, its handlers checked against its options; the list of all commands needs no option types. */
export function subcommand<const O extends Options>(definition: Subcommand<O>): Subcommand {
  return definition as unknown as Subcommand;
}

/** Returns the paths of all subcommands, such as "ballerina/cast". */
export function commandPaths(commands: readonly Command[]): string[] {
  return commands.flatMap((command) => command.subcommands.map(({ name }) => `${command.name}/${name}`));
}

/** Returns what people call a subcommand by: "/ballerina cast", "/countdowns", or a name in the menu of a message. */
export function calledBy({ name, isPlain, menuName }: Command, subcommand: Subcommand): string {
  return menuName ?? (isPlain ? `/${name}` : `/${name} ${subcommand.name}`);
}

/** Finds the subcommand at a path such as "ballerina/cast". */
export function findSubcommand(commands: readonly Command[], path: string): Subcommand | undefined {
  const [commandName, subcommandName] = path.split('/');
  const command = commands.find(({ name }) => name === commandName);
  return command?.subcommands.find(({ name }) => name === subcommandName);
}
