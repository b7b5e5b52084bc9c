import type { APIApplicationCommand, APIEmbed, APIMessage } from 'discord-api-types/v10';
import type { WorldChange } from './control/change-world.ts';
import type { Counters } from './counters.ts';
import type { ActiveFaultRule, FaultRuleInput } from './rules/faults.ts';

/** What a person sees of an answer. One of the fields is set, according to what the bot did. */
export interface Reply {
  reply?: Pick<
    APIMessage,
    'id' | 'channel_id' | 'content' | 'embeds' | 'components' | 'attachments' | 'flags'
  >;
  ephemeral?: boolean;
  /** Real time to the answer in milliseconds. */
  ms?: number;
  modal?: { custom_id: string; title: string; components: object[] };
  /** The interaction that opened the modal. */
  interaction?: string;
  error?: string;
}

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
  request: unknown;
}

export interface SandboxState {
  now: string;
  /** The earliest instant at which something is due; null when the bot waits for none. */
  next: string | null;
  guilds: {
    id: string;
    name: string;
    owner: string;
    locale: string;
    bot: boolean;
    unavailable: boolean;
    /** `botPermissions` is what the bot may do there, as Discord writes permissions. */
    channels: { id: string; name: string; type: number; botPermissions: string }[];
    roles: { id: string; name: string; mentionable: boolean; permissions: string }[];
    members: { id: string; name: string; bot: boolean; roles: string[]; permissions: string }[];
    events: object[];
  }[];
  commands: APIApplicationCommand[];
  bot: { id: string; name: string };
  nonceWindowSeconds: number;
}

interface Where {
  channel?: string;
  context?: 'guild' | 'dm' | 'private';
  user?: string;
  guild?: string;
  locale?: string;
  install?: 'guild' | 'user';
}

/** The control calls, over HTTP as anyone else makes them. A refusal is an answer with `error`, and does not reject. */
export interface SandboxClient {
  command(body: string | ({ text: string } & Where)): Promise<Reply>;
  autocomplete(
    body: string | ({ text: string } & Where),
  ): Promise<{ choices?: { name: string; value: string | number }[]; error?: string }>;
  click(body: {
    message: string;
    customId: string;
    values?: string[];
    user?: string;
    locale?: string;
  }): Promise<Reply>;
  modal(body: {
    customId?: string;
    interaction?: string;
    fields: Record<string, string | string[]>;
  }): Promise<Reply>;
  messages(channel: string, guild?: string): Promise<ListedMessage[]>;
  /** The direct messages with a member. */
  directs(user: string): Promise<ListedMessage[]>;
  /** Turns the clock forward, past everything due on the way. Rejects when the clock refuses. */
  turn(to: string | Temporal.Instant): Promise<{ now: string }>;
  world(change: WorldChange): Promise<SandboxState>;
  faults(rules: readonly FaultRuleInput[]): Promise<ActiveFaultRule[]>;
  state(): Promise<SandboxState>;
  counters(): Promise<Counters>;
}

/** The control calls of the sandbox at `url`, which may also be another process. */
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
  /** For calls whose failure is a mistake in the test or script, not an answer. */
  async function must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await call<T & { error?: string }>(method, path, body);
    if (answer.error !== undefined) throw new Error(`${method} /sandbox${path}: ${answer.error}`);
    return answer;
  }
  const asBody = (body: string | object) => (typeof body === 'string' ? { text: body } : body);
  return {
    command: (body) => call('POST', '/command', asBody(body)),
    autocomplete: (body) => call('POST', '/autocomplete', asBody(body)),
    click: (body) => call('POST', '/click', body),
    modal: (body) => call('POST', '/modal', body),
    messages: (channel, guild) =>
      must('GET', `/messages?${new URLSearchParams({ channel, ...(guild === undefined ? {} : { guild }) })}`),
    directs: (user) => must('GET', `/messages?${new URLSearchParams({ channel: 'dm', user })}`),
    turn: (to) => must('POST', '/clock', { to: String(to) }),
    world: (change) => must('POST', '/world', change),
    faults: (rules) => must('POST', '/faults', rules),
    state: () => must('GET', '/state'),
    counters: () => must('GET', '/counters'),
  };
}
