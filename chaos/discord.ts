import { startProcess } from './process.ts';

/** A message as the sandbox lists it. */
export interface PostedMessage {
  id: string;
  content: string;
  timestamp: string;
  edited: string | null;
  flags: number;
  request: { nonce?: string };
}

/** A channel and its server, by id. */
export interface ChannelRef {
  guild: string;
  id: string;
}

/** A scheduled event of a server. */
export interface ServerEvent {
  scheduled_start_time: string;
}

/** What the sandbox says of itself. */
export interface SandboxState {
  now: string;
  guilds: {
    id: string;
    channels: { id: string; name: string }[];
    members: { id: string; name: string }[];
    events: ServerEvent[];
  }[];
  commands: { name: string }[];
  bot: { id: string };
}

/** The reply to a command; undefined where the bot sent none. */
export interface CommandReply {
  reply?: { content: string; embeds: { title?: string }[] };
}

/** The sandbox without the bot, as a separate process. */
export interface Discord {
  apiUrl: string;
  /** Makes a control call of the sandbox: GET without a body, POST with one. */
  call<T>(path: string, body?: unknown): Promise<T>;
  state(): Promise<SandboxState>;
  now(): Promise<Temporal.Instant>;
  turnTo(instant: Temporal.Instant): Promise<void>;
  messages(channel: string): Promise<PostedMessage[]>;
  /** Returns the direct messages of the bot with a user. */
  directs(user: string): Promise<PostedMessage[]>;
  /** Deletes the commands, as another release of the bot with none would. */
  deleteCommands(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the sandbox on a free port, with its clock at an instant. */
export async function startDiscord(at: Temporal.Instant): Promise<Discord> {
  const server = startProcess('sandbox/main.ts', ['--server-only', '--port', '0', '--at', at.toString()]);
  const ready = await server.waitForLine(/^Sandbox ready: /);
  const url = ready.replace('Sandbox ready: ', '').trim();
  const apiUrl = `${url}/api`;

  async function call<T>(path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/sandbox/${path}`, init);
    const json = (await response.json()) as T & { error?: string };
    if (json.error) throw new Error(`${path}: ${json.error}`);
    return json;
  }
  const state = () => call<SandboxState>('state');

  return {
    apiUrl,
    call,
    state,
    now: async () => Temporal.Instant.from((await state()).now),
    async turnTo(instant) {
      await call('clock', { to: instant.toString() });
    },
    messages: (channel) => call<PostedMessage[]>(`messages?channel=${channel}`),
    directs: (user) => call<PostedMessage[]>(`messages?channel=dm&user=${user}`),
    async deleteCommands() {
      const { bot } = await state();
      const headers = { authorization: 'Bot chaos', 'content-type': 'application/json' };
      const path = `${apiUrl}/v10/applications/${bot.id}/commands`;
      const { ok } = await fetch(path, { method: 'PUT', body: '[]', headers });
      if (!ok) throw new Error('The commands could not be deleted.');
    },
    stop: () => server.kill(),
  };
}
