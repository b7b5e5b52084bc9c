import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Clock } from '../../lib/clock.ts';
import { type ListenAddress, listen } from '../../lib/listen.ts';
import { createTaskTracker } from '../../lib/task-tracker.ts';
import { createWebhookApp, type WebhookHandlers } from './app.ts';
import { createReplayGuard } from './replay-guard.ts';
import { createSignatureCheck } from './signature.ts';

/** How the webhook server is started. */
export interface WebhookServerOptions extends ListenAddress, WebhookHandlers {
  /** The application's public key, hexadecimal. */
  publicKey: string;
  /** The machine's own clock: the time stamps are Discord's, whatever the bot's clock is set to. */
  realTime: Pick<Clock, 'now'>;
  /** A request must arrive completely within this time. */
  requestTimeoutMs?: number;
  log: Logger;
}

/** The server to which Discord sends interactions and events instead of the gateway. */
export interface WebhookServer {
  /** `http://127.0.0.1:8080`, without the path. */
  url: string;
  /** Resolves when no request is being answered. */
  whenIdle(): Promise<void>;
  /** Answers what has arrived, then stops listening. */
  close(): Promise<void>;
}

/** Discord gives an interaction three seconds from sending to answer: a slower body can no longer be answered. */
const REQUEST_TIMEOUT_MS = 3_000;
/** Longer than load balancers keep an idle connection, mostly a minute: they close it first, not during a request. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Listens for interactions (`POST /interactions`) and for Discord's webhook events (`POST /events`). Accepts only requests that
 * have Discord's signature over their time stamp and body, are recent, and arrive for the first time; all others get 401.
 * Rejects with a sentence if the port cannot be used.
 */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const { host, port, publicKey, realTime, log, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const tasks = createTaskTracker(log);
  const isSigned = createSignatureCheck(publicKey);
  const app = createWebhookApp({ ...options, isSigned, replays: createReplayGuard(realTime.now), tasks });
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(500, requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    // The body is read here, not by the adapter: what is left of one that is too large is let pass.
    getRequestListener(app.fetch, { autoCleanupIncoming: false }),
  );
  const url = await listen(server, { host, port }).catch((error: Error) => {
    const sentence = `Discord cannot be listened for at ${host}:${port} (${error.message}). Choose another HTTP_PORT or HTTP_HOST.`;
    throw new Error(sentence, { cause: error });
  });
  log.info({ url }, 'listening for interactions');
  return { url, whenIdle: tasks.whenIdle, close: () => close(server, tasks.finished) };
}

async function close(server: Server, finished: () => Promise<void>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  await finished();
  server.closeAllConnections();
  await closed;
}
