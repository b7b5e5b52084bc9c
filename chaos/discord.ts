import { startProcess } from './process.ts';

/** A message as the sandbox lists it. */
export interface PostedMessage {
  id: string;
  content: string;
  timestamp: string;
  request: { nonce?: string };
}

/** A channel and its server, by id. */
export interface ChannelRef {
  guild: string;
  id: string;
}

/** The sandbox without the bot, as a separate process. */
export interface Discord {
  apiUrl: string;
  /** Makes a control call of the sandbox: GET without a body, POST with one. */
  call<T>(path: string, body?: unknown): Promise<T>;
  now(): Promise<Temporal.Instant>;
  turnTo(instant: Temporal.Instant): Promise<void>;
  channels(): Promise<ChannelRef[]>;
  messages(channel: string): Promise<PostedMessage[]>;
  stop(): Promise<void>;
}

interface SandboxState {
  now: string;
  guilds: { id: string; channels: { id: string }[] }[];
}

/** Starts the sandbox on a free port, with its clock at an instant. */
export async function startDiscord(at: Temporal.Instant): Promise<Discord> {
  const server = startProcess('sandbox/main.ts', ['--server-only', '--port', '0', '--at', at.toString()]);
  const ready = await server.waitForLine(/^Sandbox ready: /);
  const url = ready.replace('Sandbox ready: ', '').trim();

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

  return {
    apiUrl: `${url}/api`,
    call,
    now: async () => Temporal.Instant.from((await call<SandboxState>('state')).now),
    async turnTo(instant) {
      await call('clock', { to: instant.toString() });
    },
    async channels() {
      const { guilds } = await call<SandboxState>('state');
      return guilds.flatMap((guild) => guild.channels.map(({ id }) => ({ guild: guild.id, id })));
    },
    messages: (channel) => call<PostedMessage[]>(`messages?channel=${channel}`),
    stop: () => server.kill(),
  };
}
