import { run } from './process.ts';

/** A message as the sandbox lists it. */
export interface Posted {
  id: string;
  content: string;
  timestamp: string;
  request: { nonce?: string };
}

export interface ChannelName {
  guild: string;
  id: string;
}

/** Discord's side, as a process of its own: the sandbox without the bot. */
export interface Discord {
  apiUrl: string;
  call<T>(path: string, body?: unknown): Promise<T>;
  now(): Promise<Temporal.Instant>;
  turnTo(instant: Temporal.Instant): Promise<void>;
  channels(): Promise<ChannelName[]>;
  messages(channel: string): Promise<Posted[]>;
  stop(): Promise<void>;
}

interface State {
  now: string;
  guilds: { id: string; channels: { id: string }[] }[];
}

/** Starts it at an instant, on a free port. */
export async function startDiscord(at: Temporal.Instant): Promise<Discord> {
  const server = run('sandbox/main.ts', ['--server-only', '--port', '0', '--at', at.toString()]);
  const ready = await server.line(/^Sandbox ready: /);
  const url = ready.replace('Sandbox ready: ', '').trim();

  async function call<T>(path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${url}/sandbox/${path}`, init);
    const json = (await answer.json()) as T & { error?: string };
    if (json.error) throw new Error(`${path}: ${json.error}`);
    return json;
  }

  return {
    apiUrl: `${url}/api`,
    call,
    now: async () => Temporal.Instant.from((await call<State>('state')).now),
    async turnTo(instant) {
      await call('clock', { to: instant.toString() });
    },
    async channels() {
      const { guilds } = await call<State>('state');
      return guilds.flatMap((guild) => guild.channels.map(({ id }) => ({ guild: guild.id, id })));
    },
    messages: (channel) => call<Posted[]>(`messages?channel=${channel}`),
    stop: () => server.kill(),
  };
}
