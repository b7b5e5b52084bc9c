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

/** What is done with what Discord sends. */
export interface WebhookHandlers {
  /** The client by which late answers are sent. */
  rest: REST;
  answerer: InteractionHandler;
  /** Called when the bot was invited to a server, or invited again with other permissions. */
  authorized: (guildId: string) => Promise<void>;
}

/** What the routes work with. */
export interface WebhookAppOptions extends WebhookHandlers {
  isSigned: SignatureCheck;
  replays: ReplayGuard;
  tasks: TaskTracker;
  log: Logger;
}

/** Sends the response; the work on the request may go on after that. */
type Send = (response: Response) => void;
/** Processes a genuine request. */
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
      // A stop waits until the response is written, or its reader has gone away.
      const written = promise.then(() => finished(outgoing)).catch(() => {});
      options.tasks.track('a request of Discord could not be answered', Promise.all([work, written]));
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
  const body = await readBody(incoming);
  // Nobody is there to read this.
  if (body === 'cut off') return send(empty(408));
  if (body === 'too large') return send(empty(413));
  if (!isGenuine(options, incoming.headers, body)) return send(empty(401));
  const json = parseJson(body);
  if (json === undefined) return send(empty(400));
  try {
    await receive(options, json, send);
  } catch (error) {
    // Has no effect if a response was sent before.
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
  const shape = interactionShape.safeParse(json);
  if (!shape.success) return send(empty(400));
  const interaction = shape.data as unknown as APIInteraction;
  if (interaction.type !== InteractionType.Ping && !replays.isFirst(interaction.id)) return send(empty(401));
  await respond(rest, interaction, answerer, async (answered) => {
    const { body, files } = answerRequest(answered);
    if (!files) return send(Response.json(body));
    // A response here is JSON alone: an answer with files is a request of our own, and 202 says so.
    send(empty(202));
    await createCallbackSender(rest, interaction)(answered);
  });
}

async function receiveEvent(
  { authorized, log }: WebhookAppOptions,
  json: unknown,
  send: Send,
): Promise<void> {
  const shape = eventShape.safeParse(json);
  if (!shape.success) return send(empty(400));
  // Discord expects an immediate confirmation.
  send(empty(204));
  const { event } = shape.data;
  const guild = event?.data?.guild?.id;
  if (event?.type === ApplicationWebhookEventType.ApplicationAuthorized && guild) await authorized(guild);
  // It names a person, never a server. Their reminders continue as long as direct messages reach them.
  if (event?.type === ApplicationWebhookEventType.ApplicationDeauthorized) log.info('deauthorized by a user');
}

function isGenuine(
  { isSigned, replays, log }: WebhookAppOptions,
  headers: IncomingHttpHeaders,
  body: Buffer,
): boolean {
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  if (!isSigned(signature, timestamp, body)) return false;
  if (!replays.isRecent(timestamp)) {
    warnOfClock(replays, log, timestamp);
    return false;
  }
  return replays.isFirst(signature.toLowerCase());
}

/** A request that Discord signed and that is old: a replay of a recorded one, or this machine's clock is wrong. */
function warnOfClock(replays: ReplayGuard, log: Logger, timestamp: string): void {
  // Once, so that a replay sent again and again does not fill the log.
  if (!replays.isFirst('warned of the clock')) return;
  log.warn(
    { timestamp },
    'refused a signed request with an old time stamp: is the clock of this machine right?',
  );
}
