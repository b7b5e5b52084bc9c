import { once } from 'node:events';
import { Client, type ClientOptions, GatewayIntentBits, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { expectDescribed } from './described-answers.ts';

/**
 * Discord's limits on real time, out of reach: how long a response takes depends on the machine. Tests of these limits set
 * their own.
 */
export const PATIENT = { answerMs: 60_000, deferredMs: 60_000, identifyMs: 0 };

/** Starts a sandbox without the bot, at noon of a day in 2024. It stops after the test. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    serverOnly: true,
    at: '2024-01-20T12:00:00Z',
    clock: 'manual',
    ...options,
    timing: { ...PATIENT, ...options.timing },
  });
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** Starts an unmodified discord.js bot, and waits until it is ready. It stops after the test. */
export async function botIn(
  sandbox: Sandbox,
  onInteraction: (interaction: Interaction) => unknown = () => {},
  options: Partial<ClientOptions> & { token?: string } = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...options,
    rest: { api: sandbox.apiUrl, ...options.rest },
  });
  onTestFinished(() => client.destroy());
  client.on('interactionCreate', async (interaction) => onInteraction(interaction));
  const ready = once(client, 'clientReady');
  await client.login(options.token ?? 'a-token');
  await ready;
  return client as Client<true>;
}

/** A response of the API. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  body: any;
  headers: Headers;
}

/** Sends a request to the API. The answer must be one that Discord describes. */
export async function request(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: 'Bot x' },
): Promise<Answer> {
  const form = body instanceof FormData;
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method,
    headers: { ...headers, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status } = response;
  const answer = { status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  expectDescribed({ method, path, status, body: answer.body });
  return answer;
}

/** A WebSocket to the gateway. */
export interface Wire {
  socket: WebSocket;
  send(op: number, d: unknown): void;
  /** Returns the next payload that passes the test. Drops those before it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  next(test: (payload: any) => boolean): Promise<any>;
  closed: Promise<number>;
}

/** Opens a WebSocket to the gateway. */
export async function dial(
  sandbox: Sandbox,
  path = '/gateway',
  headers?: Record<string, string>,
): Promise<Wire> {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}${path}?v=10&encoding=json`, { headers });
  onTestFinished(() => socket.terminate());
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  const inbox: any[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    inbox.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  return {
    socket,
    closed,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    async next(test) {
      for (;;) {
        while (inbox.length > 0) {
          const payload = inbox.shift();
          if (test(payload)) return payload;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The data of IDENTIFY. */
export const IDENTIFY = { token: 'x', intents: 1, properties: { os: 'linux', browser: 'x', device: 'x' } };

/** Opens a WebSocket, identifies, and waits for READY. */
export async function identified(sandbox: Sandbox, identify: object = {}) {
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, ...identify });
  const ready = await wire.next((payload) => payload.t === 'READY');
  return { wire, ready: ready.d, seq: ready.s as number };
}

/** Returns the id of a channel of the first server. */
export async function channelId(sandbox: Sandbox, name = 'general'): Promise<string> {
  const { guilds } = await sandbox.state();
  const id = guilds[0]?.channels.find((channel) => channel.name === name)?.id;
  if (id === undefined) throw new Error(`no channel ${name}`);
  return id;
}

/** Starts a sandbox without rate limits. Returns it with the path of a channel's messages, and a function that posts. */
export async function messageChannel(name = 'general') {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off' });
  const path = `/channels/${await channelId(sandbox, name)}/messages`;
  const post = (body: unknown) => request(sandbox, 'POST', path, body);
  return { sandbox, path, post };
}

/** A scheduled event that Discord takes. */
export const PREMIERE = {
  name: 'Premiere',
  privacy_level: 2,
  entity_type: 3,
  scheduled_start_time: '2024-02-01T00:00:00Z',
  scheduled_end_time: '2024-02-01T03:00:00Z',
  entity_metadata: { location: 'Rome' },
};

/** The path of the scheduled events of the sandbox's first server. */
export const eventsPath = async (sandbox: Sandbox): Promise<string> =>
  `/guilds/${(await sandbox.state()).guilds[0]?.id}/scheduled-events`;
