import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { REST } from '@discordjs/rest';
import type { HttpBindings } from '@hono/node-server';
import {
  type APIInteraction,
  ApplicationWebhookEventType,
  ApplicationWebhookType,
  InteractionType,
} from 'discord-api-types/v10';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { TaskTracker } from '../../lib/task-tracker.ts';
import { createCallbackSender, type InteractionHandler, respond } from '../respond.ts';
import { answerRequest } from '../rest/multipart.ts';
import type { ReplayGuard } from './replay-guard.ts';
import { parseJson, readBody } from './request-body.ts';
import type { SignatureCheck } from './signature.ts';

/** The handlers of Discord's requests. */
export interface WebhookHandlers {
  /** The client for deferred responses and for responses with files. */
  rest: REST;
  answerer: InteractionHandler;
  /** Called when the bot was invited to a server, or invited again with other permissions. */
  authorized: (guildId: string) => Promise<void>;
}

/** The services of the routes. */
export interface WebhookAppOptions extends WebhookHandlers {
  isSigned: SignatureCheck;
  replays: ReplayGuard;
  /** Returns true at most once a second: then the signature of a request with an old time stamp is checked. */
  isSignatureCheckDue: () => boolean;
  tasks: TaskTracker;
  /** Aborts at a stop: a request that has not arrived completely is not waited for. Anyone can send one. */
  closing: AbortSignal;
  log: Logger;
}

/** Sends the response. The request may be processed further after that. */
type Send = (response: Response) => void;
/** Processes a request whose signature is valid. */
type Receive = (options: WebhookAppOptions, json: unknown, send: Send) => Promise<void>;

const interactionShape = z.union([
  z.looseObject({ type: z.literal(InteractionType.Ping) }),
  z.looseObject({ type: z.int(), id: z.string(), application_id: z.string(), token: z.string() }),
]);
const eventShape = z.looseObject({
  type: z.enum(ApplicationWebhookType),
  event: z
    .looseObject({
      type: z.string(),
      data: z.looseObject({ guild: z.looseObject({ id: z.string() }).optional() }).optional(),
    })
    .optional(),
});

const ROUTES: Readonly<Record<string, Receive>> = {
  '/interactions': receiveInteraction,
  '/events': receiveEvent,
};

/** Creates the routes for Discord's requests. */
export function createWebhookApp(options: WebhookAppOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const [path, receive] of Object.entries(ROUTES)) {
    app.post(path, ({ env: { incoming, outgoing } }) => {
      const { promise, resolve } = Promise.withResolvers<Response>();
      const work = handleRequest(options, receive, incoming, resolve);
      // A stop waits until the response is written or the connection is closed.
      const written = promise.then(() => finished(outgoing)).catch(() => {});
      options.tasks.track('webhook request failed', Promise.all([work, written]));
      return promise;
    });
    app.all(path, () => new Response(null, { status: 405, headers: { allow: 'POST' } }));
  }
  app.notFound(() => empty(404));
  return app;
}

async function handleRequest(
  options: WebhookAppOptions,
  receive: Receive,
  incoming: IncomingMessage,
  send: Send,
): Promise<void> {
  const body = await readBody(incoming, options.closing);
  // The sender is gone: the status is only for tests and proxies.
  if (body === 'cut off') return send(empty(408));
  if (body === 'too large') return send(empty(413));
  if (!isGenuine(options, incoming.headers, body)) return send(empty(401));
  const json = parseJson(body);
  if (json === undefined) return send(empty(400));
  try {
    await receive(options, json, send);
  } catch (error) {
    // Has no effect if a response was sent already.
    send(empty(500));
    throw error;
  }
}

const empty = (status: number) => new Response(null, { status });

async function receiveInteraction(
  { replays, rest, answerer }: WebhookAppOptions,
  json: unknown,
  send: Send,
): Promise<void> {
  const parsed = interactionShape.safeParse(json);
  if (!parsed.success) return send(empty(400));
  const interaction = parsed.data as unknown as APIInteraction;
  if (interaction.type !== InteractionType.Ping && !replays.isFirst(interaction.id)) return send(empty(401));
  await respond(rest, interaction, answerer, async (response) => {
    const { body, files } = answerRequest(response);
    if (!files) return send(Response.json(body));
    // This HTTP response can only be JSON. With files, it is 202 and the callback is a request of its own.
    send(empty(202));
    await createCallbackSender(rest, interaction)(response);
  });
}

async function receiveEvent(
  { authorized, log }: WebhookAppOptions,
  json: unknown,
  send: Send,
): Promise<void> {
  const parsed = eventShape.safeParse(json);
  if (!parsed.success) return send(empty(400));
  // Discord expects an immediate acknowledgement.
  send(empty(204));
  const { event } = parsed.data;
  const guild = event?.data?.guild?.id;
  if (event?.type === ApplicationWebhookEventType.ApplicationAuthorized && guild) await authorized(guild);
  // This event names a user, never a server. Reminders continue as long as direct messages reach that user.
  if (event?.type === ApplicationWebhookEventType.ApplicationDeauthorized) log.info('deauthorized by a user');
}

/** Checks the time stamp first: it costs nothing, and most of what strangers send has an old one or none. */
function isGenuine(options: WebhookAppOptions, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const { isSigned, replays } = options;
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  if (!replays.isRecent(timestamp)) {
    warnOfOldTimestamp(options, timestamp, () => isSigned(signature, timestamp, body));
    return false;
  }
  return isSigned(signature, timestamp, body) && replays.isFirst(signature.toLowerCase());
}

/**
 * Logs an old request with a valid signature: it is a replay, or this machine's clock is wrong. Checks one signature a second at
 * most, and logs one line a minute at most.
 */
function warnOfOldTimestamp(
  { replays, isSignatureCheckDue, log }: WebhookAppOptions,
  timestamp: string,
  isSigned: () => boolean,
): void {
  if (!isSignatureCheckDue() || !isSigned()) return;
  if (!replays.isFirst('old timestamp')) return;
  log.warn({ timestamp }, 'signed request with an old timestamp rejected: check the clock of this machine');
}
