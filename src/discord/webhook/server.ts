import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { REST } from '@discordjs/rest';
import {
  type APIInteraction,
  ApplicationWebhookEventType,
  ApplicationWebhookType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { createTaskTracker } from '../../lib/task-tracker.ts';
import { createCallbackSender, type InteractionHandler, respond } from '../respond.ts';
import { answerRequest } from '../rest/multipart.ts';
import { createReplayGuard, type ReplayGuard } from './replay-guard.ts';
import { parseJson, readBody } from './request-body.ts';
import { createSignatureCheck } from './signature.ts';

export interface WebhookServerOptions {
  host: string;
  /** 0 is any free one. */
  port: number;
  /** The application's public key, hexadecimal. */
  publicKey: string;
  /** By which late answers are sent. */
  rest: REST;
  answerer: InteractionHandler;
  /** The bot was invited to a server, or invited again with other permissions. */
  authorized: (guildId: string) => Promise<void>;
  /** The machine's own clock: the time stamps are Discord's, wherever the bot's clock was set. */
  realTime: Pick<Clock, 'now'>;
  /** A request must have come whole by then. */
  patienceMs?: number;
  log: Logger;
}

/** Where Discord sends what people do, in place of the gateway. */
export interface WebhookServer {
  /** `http://127.0.0.1:8080`, without the path. */
  url: string;
  /** Resolves when no interaction is being answered. */
  whenIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Discord gives an interaction three seconds from sending to answer, so a body that trickles in is nobody's. */
const PATIENCE_MS = 3_000;
/** Longer than load balancers keep an idle connection, which is mostly a minute: they close it first, not amid a request. */
const KEEP_ALIVE_MS = 75_000;

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

type Receive = (json: unknown, response: ServerResponse) => Promise<void>;

/**
 * Listens for interactions (`POST /interactions`) and for Discord's webhook events (`POST /events`). Takes only what bears
 * Discord's signature over its time stamp and body, is recent, and comes for the first time; anything else gets 401.
 * Rejects with a sentence where the port cannot be had.
 */
export async function startWebhookServer(parts: WebhookServerOptions): Promise<WebhookServer> {
  const { host, port, publicKey, rest, answerer, authorized, realTime, log } = parts;
  const { patienceMs = PATIENCE_MS } = parts;
  const isSigned = createSignatureCheck(publicKey);
  const fresh = createReplayGuard(realTime.now);
  const { track, finished, whenIdle } = createTaskTracker(log);

  const routes: Readonly<Record<string, Receive>> = {
    async '/interactions'(json, response) {
      const shape = interactionShape.safeParse(json);
      if (!shape.success) return end(response, 400);
      const interaction = shape.data as unknown as APIInteraction;
      if (interaction.type !== InteractionType.Ping && !fresh.isFirst(interaction.id))
        return end(response, 401);
      await respond(rest, interaction, answerer, async (answered) => {
        const { body, files } = answerRequest(answered);
        if (!files) return end(response, 200, body);
        // A response here is JSON alone: with files beside it, the answer is a request of our own, and this says so.
        end(response, 202);
        await createCallbackSender(rest, interaction)(answered);
      });
    },
    async '/events'(json, response) {
      const shape = eventShape.safeParse(json);
      if (!shape.success) return end(response, 400);
      // Discord wants to hear at once that it arrived.
      end(response, 204);
      const { event } = shape.data;
      const guild = event?.data?.guild?.id;
      if (event?.type === ApplicationWebhookEventType.ApplicationAuthorized && guild) await authorized(guild);
      // It names a person, never a server. Their reminders go on for as long as direct messages reach them.
      if (event?.type === ApplicationWebhookEventType.ApplicationDeauthorized) log.info('deauthorized');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '';
    const receive = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!receive) return end(response, 404);
    if (request.method !== 'POST') return end(response.setHeader('allow', 'POST'), 405);
    const body = await readBody(request);
    if (body === 'cut off') return;
    if (body === 'too large') return end(response, 413);
    if (!isGenuine(request.headers, body)) return end(response, 401);
    const json = parseJson(body);
    if (json === undefined) return end(response, 400);
    try {
      await receive(json, response);
    } catch (error) {
      if (!response.headersSent) end(response, 500);
      throw error;
    }
  }

  function isGenuine(headers: IncomingMessage['headers'], body: Buffer): boolean {
    const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = headers;
    if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
    if (!isSigned(signature, timestamp, body)) return false;
    if (!fresh.isRecent(timestamp)) {
      tellOfClock(fresh, log, timestamp);
      return false;
    }
    return fresh.isFirst(signature.toLowerCase());
  }

  const server = createServer({
    requestTimeout: patienceMs,
    headersTimeout: patienceMs,
    connectionsCheckingInterval: Math.min(500, patienceMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.on('request', (request, response) =>
    track('a request of Discord could not be answered', handle(request, response)),
  );
  await listen(server, host, port);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  log.info({ url }, 'listening for interactions');
  return {
    url,
    whenIdle,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await finished();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Signed by Discord, and yet old: sent again by someone who recorded it, or this machine's clock is wrong. */
function tellOfClock(fresh: ReplayGuard, log: Logger, timestamp: string): void {
  // Whoever sends it again and again does not fill the log.
  if (!fresh.isFirst('told of the clock')) return;
  log.warn({ timestamp }, 'refused a signed request of another time: is the clock of this machine right?');
}

function end(response: ServerResponse, status: number, json?: object): void {
  if (json) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(json && JSON.stringify(json));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const sentence = `Discord cannot be listened for at ${host}:${port} (${error.message}). Choose another HTTP_PORT or HTTP_HOST.`;
      reject(new Error(sentence, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}
