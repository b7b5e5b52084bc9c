import type { ResponseLike } from '@discordjs/rest';
import type { MakeRequest } from '../src/discord/rest/request-guard.ts';
import { ANSWERS, type Answer, type AnswerName } from './faults.ts';
import { type Life, never } from './machine.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

const BOT = '700000000000000001';
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** Discord knows a nonce again for this long: "the past few minutes". */
const NONCE_MS = 150_000;
/** The bot's client gives up after this time. */
const TIMEOUT_MS = 15_000;
/** A failure comes quickly; a late answer takes its time. */
const FAILURE_MS = 10;
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
/** All permissions but the one to administrate, which would leave nothing to deny. */
const EVERYTHING = ((1n << 47n) - 1n) & ~8n;

/** A message of the bot. */
export interface Message {
  id: string;
  atMs: number;
  channelId: string;
  content: string;
  /** The nonce in its button, by which the bot finds it again. */
  mark: string | undefined;
  nonce: string;
  isPublished: boolean;
}

/** A channel of a server, or of direct messages. */
export interface Channel {
  id: string;
  guildId: string | undefined;
  state: 'open' | 'no-permission' | 'no-access' | 'gone';
  isReadable: boolean;
  messages: Message[];
}

/** Discord, in memory: what delivery asks of it, and no more. */
export interface Discord {
  channels: Map<string, Channel>;
  roles: Map<string, Set<string>>;
  /** Discord does not answer until then. */
  outageUntilMs: number;
  addChannel(id: string, guildId: string | undefined): Channel;
  /** Returns what sends the requests of a process. */
  connect(life: Life): MakeRequest;
}

/** What Discord works with. */
export interface DiscordOptions {
  time: VirtualTime;
  trace: Trace;
  /** Draws the failure of a request. */
  draw: (isPost: boolean) => AnswerName | undefined;
  /** Draws how long an answer takes, in milliseconds. */
  drawDelay: () => number;
  onPosted: (message: Message) => void;
  /** Called when a post is refused for its content. */
  onRefused: (nonce: string) => void;
}

interface Reply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}
const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const refuse = (status: number, code: number) => json({ code, message: `error ${code}` }, status);

/** Creates a Discord without servers. */
export function createDiscord(options: DiscordOptions): Discord {
  const discord: Discord = {
    channels: new Map(),
    roles: new Map(),
    outageUntilMs: 0,
    addChannel(id, guildId) {
      const channel: Channel = { id, guildId, state: 'open', isReadable: true, messages: [] };
      discord.channels.set(id, channel);
      return channel;
    },
    connect: (life) => (url, init) => {
      if (life.isDead) return never();
      const path = url.slice(url.indexOf('/v10/') + 4);
      const method = String(init.method ?? 'GET').toUpperCase();
      return answerRequest(discord, options, life, { method, path, body: init.body });
    },
  };
  return discord;
}

function answerRequest(
  discord: Discord,
  options: DiscordOptions,
  life: Life,
  request: Request,
): Promise<ResponseLike> {
  const { time, trace, drawDelay, onRefused } = options;
  const handle = () => route(discord, options, request);
  const { promise, resolve, reject } = Promise.withResolvers<ResponseLike>();
  const fail = (code: string) => reject(Object.assign(new Error(code), { code }));
  life.onDeath.push(() => fail('ECONNRESET'));
  const later = (ms: number, work: () => void) => time.at(time.now() + ms, () => life.isDead || work());
  const answer = (reply: Reply) => resolve(toResponse(reply, time.now()));
  const name = drawFailure(discord, options, request);
  trace.add(`${request.method} ${request.path.split('?')[0]} ${name ?? 'ok'}`);
  if (!name) {
    later(drawDelay(), () => answer(handle()));
    return promise;
  }
  trace.mark(`answer: ${name}`);
  const fault: Answer = ANSWERS[name];
  const { when, lateMs, hang, network } = fault;
  if (fault.code === 200000) onRefused(nonceOf(request.body));
  // A request that has left takes effect, whether its process lives or not.
  if (when === 'after') time.at(time.now() + drawDelay(), handle);
  later(hang ? TIMEOUT_MS : (lateMs ?? FAILURE_MS), () => {
    if (hang) reject(new DOMException('aborted', 'AbortError'));
    else if (network) fail(network);
    else answer(lateMs === undefined ? failure(fault, isPost(request)) : handle());
  });
  return promise;
}

const isPost = ({ method, path }: Request) => method === 'POST' && path.endsWith('/messages');

/** A start, and the check of the clock, wait for Discord in real time: they meet no outage. */
function drawFailure(
  { outageUntilMs }: Discord,
  { time, draw }: DiscordOptions,
  request: Request,
): AnswerName | undefined {
  const isOut = time.now() < outageUntilMs && !/^\/(gateway|applications)/.test(request.path);
  return isOut ? 'HTML page with 502' : draw(isPost(request));
}

function failure({ status = 500, code, html, empty, cut, limitS }: Answer, isOfPost: boolean): Reply {
  // The library would wait for a short one by a clock of its own.
  if (limitS !== undefined) {
    const wait = isOfPost ? limitS : Math.max(limitS, 90);
    const headers = { 'retry-after': String(wait), 'x-ratelimit-scope': 'shared', via: '1.1 google' };
    return { ...json({ message: 'limited', retry_after: wait, global: false }, 429), headers };
  }
  if (html) return { status, body: '<html></html>', headers: { 'content-type': 'text/html' } };
  if (empty) return { status, body: '' };
  if (cut) return { status, body: '{"id": "12' };
  return json({ message: 'failed', ...(code === null ? {} : { code: code ?? 0 }) }, status);
}

const toResponse = ({ status, body, headers }: Reply, nowMs: number) =>
  new Response(body, {
    status,
    headers: { 'content-type': 'application/json', date: new Date(nowMs).toUTCString(), ...headers },
  });

interface Request {
  method: string;
  path: string;
  body: unknown;
}

const nonceOf = (body: unknown) => String((JSON.parse(String(body ?? '{}')) as { nonce?: unknown }).nonce);

function route(discord: Discord, options: DiscordOptions, request: Request): Reply {
  const [path = '', query = ''] = request.path.split('?');
  const [, kind, id = '', part, third, last] = path.split('/');
  if (kind === 'gateway') return json({ url: 'wss://sim' });
  if (kind === 'applications') return json({ id: BOT, verify_key: '0'.repeat(64), bot: { id: BOT } });
  if (kind === 'users' && part === 'channels') return openDirect(discord, request.body);
  if (kind === 'users') return json({ id: BOT });
  if (kind === 'guilds') return guildReply(discord, id, part);
  const channel = discord.channels.get(id);
  if (!channel || channel.state === 'gone') return refuse(404, 10003);
  if (part === undefined) return channelReply(channel);
  if (channel.state === 'no-access') return refuse(403, 50001);
  if (last === 'crosspost') return crosspost(channel, third ?? '');
  if (request.method === 'GET') return listMessages(channel, new URLSearchParams(query));
  return post(channel, options, request.body);
}

function openDirect(discord: Discord, body: unknown): Reply {
  const { recipient_id: person } = JSON.parse(String(body)) as { recipient_id: string };
  const id = `9${person.slice(1)}`;
  if (!discord.channels.has(id)) discord.addChannel(id, undefined);
  return json({ id });
}

function guildReply(discord: Discord, id: string, part: string | undefined): Reply {
  const roles = discord.roles.get(id);
  if (!roles) return refuse(404, 10004);
  if (part === 'members') return json({ roles: [], communication_disabled_until: null });
  if (part === 'channels') return json([]);
  if (part !== 'roles') return json({ id, name: 'A server' });
  const all = [id, ...roles].map((role) => ({ id: role, permissions: String(EVERYTHING) }));
  return json(all);
}

function channelReply({ id, guildId, state, messages }: Channel): Reply {
  if (state === 'no-access') return refuse(403, 50001);
  const deny = state === 'no-permission' ? SEND : 0n;
  return json({
    id,
    type: guildId === undefined ? 1 : 5,
    guild_id: guildId,
    last_message_id: messages.at(-1)?.id ?? null,
    permission_overwrites: deny ? [{ id: guildId, type: 0, allow: String(VIEW), deny: String(deny) }] : [],
  });
}

function crosspost(channel: Channel, id: string): Reply {
  const message = channel.messages.find((candidate) => candidate.id === id);
  if (!message) return refuse(404, 10008);
  if (message.isPublished) return refuse(400, 40033);
  message.isPublished = true;
  return json({ id });
}

function listMessages({ messages, isReadable }: Channel, query: URLSearchParams): Reply {
  if (!isReadable) return json([]);
  const after = BigInt(query.get('after') ?? 0);
  const first = messages.filter(({ id }) => BigInt(id) > after).slice(0, Number(query.get('limit')));
  return json(
    first
      .reverse()
      .map(({ id, mark }) => ({ id, components: mark === undefined ? [] : [{ custom_id: mark }] })),
  );
}

function post(channel: Channel, { time, onPosted, trace }: DiscordOptions, sent: unknown): Reply {
  if (channel.state === 'no-permission') return refuse(403, 50013);
  const body = JSON.parse(String(sent)) as { content: string; nonce: string; components?: unknown };
  const known = channel.messages.findLast(({ nonce }) => nonce === body.nonce);
  if (known && time.now() - known.atMs <= NONCE_MS) {
    trace.mark('Discord knew the nonce');
    return json({ id: known.id });
  }
  const id = String(
    ((BigInt(time.now()) - BigInt(DISCORD_EPOCH_MS)) << 22n) | BigInt(channel.messages.length % 4096),
  );
  const mark = body.components === undefined ? undefined : JSON.stringify(body.components);
  const message: Message = {
    id,
    atMs: time.now(),
    channelId: channel.id,
    content: body.content,
    mark,
    nonce: body.nonce,
    isPublished: false,
  };
  channel.messages.push(message);
  trace.add(`message ${id} in ${channel.id} nonce ${body.nonce}`);
  onPosted(message);
  return json({ id });
}
