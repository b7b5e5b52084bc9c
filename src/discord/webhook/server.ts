import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Clock } from '../../lib/clock.ts';
import { type ListenAddress, listen } from '../../lib/listen.ts';
import { createLimit } from '../../lib/log-limit.ts';
import { StartError } from '../../lib/start-error.ts';
import { createTaskTracker } from '../../lib/task-tracker.ts';
import { createWebhookApp, type WebhookHandlers } from './app.ts';
import { createReplayGuard } from './replay-guard.ts';
import { createSignatureCheck } from './signature.ts';

/** The options of the webhook server. */
export interface WebhookServerOptions extends ListenAddress, WebhookHandlers {
  /** The application's public key, 64 hexadecimal digits. */
  publicKey: string;
  /** The machine's clock, not the bot's: the timestamps are Discord's. */
  realTime: Pick<Clock, 'now'>;
  /** The time within which a request must have arrived completely. */
  requestTimeoutMs?: number;
  /** How many connections are accepted at a time; others are closed at once. */
  maxConnections?: number;
  log: Logger;
}

/** The server to which Discord sends interactions and events instead of the gateway. */
export interface WebhookServer {
  /** `http://127.0.0.1:8080`, without the path. */
  url: string;
  /** Resolves when no request is being answered. */
  whenIdle(): Promise<void>;
  /** Stops listening and responds to the requests that have arrived. */
  close(): Promise<void>;
}

/** Discord waits three seconds for a response: a slower request is not worth reading. */
const REQUEST_TIMEOUT_MS = 3_000;
/** Longer than the usual minute of load balancers: then they close idle connections, and no request meets a closing one. */
const KEEP_ALIVE_MS = 75_000;

/** Far more than Discord or a load balancer opens, and few enough for the memory and the file descriptors of a process. */
const MAX_CONNECTIONS = 1_000;
const SIGNATURE_CHECK_EVERY_MS = 1_000;

/**
 * Starts the server for interactions (`POST /interactions`) and webhook events (`POST /events`). Rejects with a sentence if the
 * port cannot be used. Accepts only requests with Discord's signature that are recent and not replayed; others get 401.
 */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const { host, port, publicKey, realTime, log, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const tasks = createTaskTracker(log);
  const isSigned = createSignatureCheck(publicKey);
  const closing = new AbortController();
  const app = createWebhookApp({
    ...options,
    isSigned,
    replays: createReplayGuard(realTime.now),
    isSignatureCheckDue: createLimit(SIGNATURE_CHECK_EVERY_MS),
    tasks,
    closing: closing.signal,
  });
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(500, requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    // `readBody` handles the rest of a body that is too large, so the adapter must not.
    getRequestListener(app.fetch, { autoCleanupIncoming: false }),
  );
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  const url = await listen(server, { host, port }).catch((error: Error) => {
    const sentence = `The server for interactions cannot listen on ${host}:${port} (${error.message}). Choose another HTTP_PORT or HTTP_HOST.`;
    throw new StartError('passing', sentence, { cause: error });
  });
  log.info({ url }, 'listening for interactions');
  return {
    url,
    whenIdle: tasks.whenIdle,
    close() {
      closing.abort();
      return close(server, tasks.finished);
    },
  };
}

async function close(server: Server, finished: () => Promise<void>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  await finished();
  server.closeAllConnections();
  await closed;
}
