import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Check } from './health-checks.ts';
import { type Metrics, noMetrics } from './metrics.ts';

export interface OpsServerOptions {
  /** Where operators look; undefined: nowhere, and nothing is counted. */
  at: { host: string; port: number } | undefined;
  log: Logger;
}

/** What is asked of the bot while it runs. */
export interface OpsSources {
  /** By name, each part that must be well for the bot to do its work. A part that this process does not run has none. */
  checks: Readonly<Record<string, Check>>;
  /** How many countdowns are due and not done. */
  backlog: () => Promise<number>;
}

/** The operator's view of the bot. */
export interface OpsServer {
  metrics: Metrics;
  /** `http://127.0.0.1:9090`; undefined where nobody looks. */
  url: string | undefined;
  /** Names the commands, such as `ballerina/cast`, by which answers are counted; others are counted together. */
  setCommandPaths(paths: readonly string[]): void;
  /** The bot is composed: from now on its parts are asked. Until then it is alive, but not ready. */
  watch(watched: OpsSources): void;
  /** Stops listening, first of all at a stop: what asks whether the bot is ready hears that it is not. */
  close(): Promise<void>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** A part that does not answer within this time is not well. Less than what asks will wait. */
const PATIENCE_MS = 2_500;
const JSON_TYPE = 'application/json';

/**
 * Listens for operators: `/healthz` (the process is alive), `/readyz` (it can do its work, or what is wrong) and `/metrics`.
 * Started before everything else, since a start may have to wait for the database. What is wrong is told in words of ours:
 * an error's own may hold an address or a name.
 */
export async function startOpsServer({ at, log }: OpsServerOptions): Promise<OpsServer> {
  if (!at)
    return { metrics: noMetrics, url: undefined, setCommandPaths() {}, watch() {}, close: async () => {} };
  const { createPrometheusMetrics } = await import('./prometheus.ts');
  const { metrics, setCommandPaths, contentType, text } = createPrometheusMetrics();
  let watched: OpsSources | undefined;

  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    '/healthz': async () => ({ status: 200, type: JSON_TYPE, body: '{"alive":true}' }),
    '/readyz': () => readiness(watched),
    '/metrics': async () => {
      const backlog = watched && (await inTime(watched.backlog()).catch(() => undefined));
      return { status: 200, type: contentType, body: await text(backlog) };
    },
  };
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const route = reads && Object.hasOwn(routes, path) ? routes[path] : undefined;
    const send = ({ status, type, body }: Answer) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    if (route) route().then(send, () => send({ status: 500, type: JSON_TYPE, body: '{"error":"failed"}' }));
    else send({ status: 404, type: JSON_TYPE, body: '{"error":"not found"}' });
  });
  await listen(server, at);
  const { port } = server.address() as AddressInfo;
  const url = `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`;
  log.info({ url }, 'listening for operators');
  return {
    metrics,
    url,
    setCommandPaths,
    watch(parts) {
      watched = parts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Every part is asked, each by itself: an operator sees all that is wrong at once. */
async function readiness(watched: OpsSources | undefined): Promise<Answer> {
  const checks = Object.entries(watched?.checks ?? { start: async () => 'the bot is starting' });
  const parts = await Promise.all(
    checks.map(async ([name, check]) => {
      const wrong = await inTime(check()).catch(() => 'it does not answer');
      return [name, wrong ?? 'ok'] as const;
    }),
  );
  const ready = parts.every(([, state]) => state === 'ok');
  const body = JSON.stringify({ ready, ...Object.fromEntries(parts) });
  return { status: ready ? 200 : 503, type: JSON_TYPE, body };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = delay(PATIENCE_MS, undefined, { signal: done.signal }).then(() => {
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const sentence = `Operators cannot look at ${host}:${port} (${error.message}). Choose another OPS_PORT or OPS_HOST, or leave OPS_PORT out.`;
      reject(new Error(sentence, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}
