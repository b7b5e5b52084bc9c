import type { APIApplicationCommand, APIEmbed, APIMessage } from 'discord-api-types/v10';
import type { GivenFiles } from './control/given-files.ts';
import type { WorldChange } from './control/world-change.ts';
import type { Counters } from './counters.ts';
import type { ObservedFaultRule } from './rules/fault-reactions.ts';
import type { FaultRuleInput } from './rules/faults.ts';

/** What a user sees as the answer to a command, a click or a modal: a message, a modal, or an error. */
export interface Reply {
  reply?: Pick<
    APIMessage,
    'id' | 'channel_id' | 'content' | 'embeds' | 'components' | 'attachments' | 'flags'
  >;
  ephemeral?: boolean;
  /** Real time until the response in milliseconds. */
  ms?: number;
  modal?: { custom_id: string; title: string; components: object[] };
  /** The interaction that opened the modal. */
  interaction?: string;
  error?: string;
}

/** A message of a channel, with the JSON that the bot sent (`request`). */
export interface ListedMessage {
  id: string;
  channel: string;
  channelId: string;
  content: string;
  embeds: APIEmbed[];
  attachments: APIMessage['attachments'];
  components: NonNullable<APIMessage['components']>;
  /** Who was pinged, by ids. */
  mentions: { users: string[]; roles: string[]; everyone: boolean };
  flags: number;
  timestamp: string;
  edited: string | null;
  pinned: boolean;
  request: unknown;
}

/** The state of the world. */
export interface SandboxState {
  now: string;
  /** The next instant at which something is due; null when there is none. */
  next: string | null;
  guilds: {
    id: string;
    name: string;
    owner: string;
    locale: string;
    /** Whether the bot is a member. */
    bot: boolean;
    unavailable: boolean;
    /** `botPermissions` are the permissions of the bot, as Discord writes permissions. */
    channels: { id: string; name: string; type: number; botPermissions: string }[];
    roles: { id: string; name: string; mentionable: boolean; permissions: string }[];
    members: { id: string; name: string; bot: boolean; roles: string[]; permissions: string }[];
    events: object[];
  }[];
  commands: APIApplicationCommand[];
  bot: { id: string; name: string; activity: string | null };
  nonceWindowSeconds: number;
}

/** Who runs a command, and where. All fields have defaults. */
interface CallerFields {
  channel?: string;
  context?: 'guild' | 'dm' | 'private';
  user?: string;
  guild?: string;
  locale?: string;
  install?: 'guild' | 'user';
}

/** A command line, alone or with its caller. */
type CommandInput =
  | string
  | ({
      text: string;
      /** For a command of the context menu: the id of a message, or the name or id of a user. */
      target?: string;
      files?: GivenFiles;
    } & CallerFields);

/** What a user of Discord does. An error is in the field `error`: these calls do not reject. */
interface UserActions {
  command(input: CommandInput): Promise<Reply>;
  autocomplete(
    input: CommandInput,
  ): Promise<{ choices?: { name: string; value: string | number }[]; error?: string }>;
  click(input: {
    message: string;
    customId: string;
    values?: string[];
    user?: string;
    locale?: string;
  }): Promise<Reply>;
  modal(input: {
    customId?: string;
    interaction?: string;
    fields: Record<string, string | boolean | string[]>;
    files?: GivenFiles;
  }): Promise<Reply>;
}

/** What can be read. These calls reject when a name is unknown. */
interface SandboxQueries {
  messages(channel: string, guild?: string): Promise<ListedMessage[]>;
  /** Returns the direct messages of a member. */
  directs(user: string): Promise<ListedMessage[]>;
  state(): Promise<SandboxState>;
  counters(): Promise<Counters>;
}

/** What can be changed. These calls reject when they are refused. */
interface SandboxControls {
  /** Turns the clock forward, past everything that is due on the way. */
  turn(to: string | Temporal.Instant): Promise<{ now: string }>;
  world(change: WorldChange): Promise<SandboxState>;
  /** Replaces all fault rules. */
  faults(rules: readonly FaultRuleInput[]): Promise<ObservedFaultRule[]>;
}

/** The control calls as functions. */
export interface SandboxClient extends UserActions, SandboxQueries, SandboxControls {}

/** Creates a client of the sandbox at `url`, which may run in another process. */
export function createClient(url: string): SandboxClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return (await response.json()) as T;
  }
  /** Rejects for an error, because it is a mistake of the test or script. */
  async function callOrThrow<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await call<T & { error?: string }>(method, path, body);
    if (answer.error !== undefined) throw new Error(`${method} /sandbox${path}: ${answer.error}`);
    return answer;
  }
  const toBody = (input: CommandInput) => (typeof input === 'string' ? { text: input } : input);
  return {
    command: (input) => call('POST', '/command', toBody(input)),
    autocomplete: (input) => call('POST', '/autocomplete', toBody(input)),
    click: (input) => call('POST', '/click', input),
    modal: (input) => call('POST', '/modal', input),
    messages: (channel, guild) => {
      const query = new URLSearchParams({ channel, ...(guild === undefined ? {} : { guild }) });
      return callOrThrow('GET', `/messages?${query}`);
    },
    directs: (user) => callOrThrow('GET', `/messages?${new URLSearchParams({ channel: 'dm', user })}`),
    state: () => callOrThrow('GET', '/state'),
    counters: () => callOrThrow('GET', '/counters'),
    turn: (to) => callOrThrow('POST', '/clock', { to: String(to) }),
    world: (change) => callOrThrow('POST', '/world', change),
    faults: (rules) => callOrThrow('POST', '/faults', rules),
  };
}
