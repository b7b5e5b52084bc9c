import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { type ListenAddress, listen } from '../lib/listen.ts';
import { StartError } from '../lib/start-error.ts';
import type { Check } from './health-checks.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import type { PrometheusMetrics } from './prometheus.ts';

/** The options of the operators' server. */
export interface OpsServerOptions {
  /** Where it listens; undefined if `OPS_PORT` is not set: then nothing is counted. */
  at: ListenAddress | undefined;
  log: Logger;
}

/** The sources of what the server reports. */
export interface OpsSources {
  /** A check for each part that this process needs, by name. */
  checks: Readonly<Record<string, Check>>;
  /** What operators should know though the bot works, by name: it is shown beside the checks. */
  notices: Readonly<Record<string, Check>>;
  /** Returns how many countdowns are due and not processed. */
  backlog: () => Promise<number>;
  /** The newest source of the facts as of today. */
  newestSource: () => { date: string; days: number } | undefined;
}

/** The HTTP server for operators: health, readiness and metrics. */
export interface OpsServer {
  metrics: Metrics;
  /** `http://127.0.0.1:9090`; undefined if it does not listen. */
  url: string | undefined;
  /** Sets the command paths, such as `ballerina/cast`, that have series of their own; others are counted together. */
  setCommandPaths(paths: readonly string[]): void;
  /** Sets what is reported, once the bot is composed. Until then the process is alive, but not ready. */
  watch(sources: OpsSources): void;
  /** Stops listening. Call it first at a stop, so that readiness probes fail. */
  close(): Promise<void>;
}

/** A check that takes longer counts as failed. Shorter than the timeout of common probes. */
const CHECK_TIMEOUT_MS = 2_500;

/** Longer than a minute between two scrapes: no request meets a connection that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Monitoring opens a few; a leak there must not use up the file descriptors of the bot. */
const MAX_CONNECTIONS = 100;
const REQUEST_TIMEOUT_MS = 5_000;

/**
 * Starts the server: `/healthz` (the process is alive), `/readyz` (it can work, or what is wrong) and `/metrics`. Start it first,
 * since a start may wait for the database. Rejects with a sentence if the port cannot be used. Responses never contain error
 * messages, which may include an address or a name.
 */
export async function startOpsServer({ at, log }: OpsServerOptions): Promise<OpsServer> {
  if (!at)
    return { metrics: noMetrics, url: undefined, setCommandPaths() {}, watch() {}, close: async () => {} };
  const { createPrometheusMetrics } = await import('./prometheus.ts');
  const { getRequestListener } = await import('@hono/node-server');
  const prometheus = createPrometheusMetrics();
  let sources: OpsSources | undefined;

  const app = await createApp(prometheus, () => sources);
  // `hostname` replaces a missing Host header, as in a probe with HTTP/1.0.
  const options = { hostname: at.host, overrideGlobalObjects: false };
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    getRequestListener(app.fetch, options),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const url = await listen(server, at).catch((error: Error) => {
    const sentence = `The server for operators cannot listen on ${at.host}:${at.port} (${error.message}). Choose another OPS_PORT or OPS_HOST, or unset OPS_PORT.`;
    throw new StartError('passing', sentence, { cause: error });
  });
  log.info({ url }, 'listening for operators');
  return {
    metrics: prometheus.metrics,
    url,
    setCommandPaths: prometheus.setCommandPaths,
    watch(watched) {
      sources = watched;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function createApp(
  { contentType, text }: PrometheusMetrics,
  sources: () => OpsSources | undefined,
): Promise<Hono> {
  const { Hono } = await import('hono');
  return new Hono()
    .use(async (context, next) => {
      await next();
      context.res.headers.set('cache-control', 'no-store');
    })
    .get('/healthz', (context) => context.json({ alive: true }))
    .get('/readyz', async (context) => {
      const report = await readiness(sources());
      return context.json(report, report.ready ? 200 : 503);
    })
    .get('/metrics', async (context) => {
      const known = sources();
      const backlog = known && (await withTimeout(known.backlog()).catch(() => undefined));
      return context.body(await text(backlog, known?.newestSource()), 200, { 'content-type': contentType });
    })
    .notFound((context) => context.json({ error: 'not found' }, 404))
    .onError((_, context) => context.json({ error: 'failed' }, 500));
}

const STARTING: Pick<OpsSources, 'checks' | 'notices'> = {
  checks: { start: async () => 'the bot is starting' },
  notices: {},
};

/** Runs all checks, so that an operator sees everything that is wrong at once. A notice is shown where there is one. */
async function readiness({ checks, notices } = STARTING): Promise<{ ready: boolean }> {
  const [parts, notes] = await Promise.all([runChecks(checks), runChecks(notices)]);
  return {
    ready: parts.every(([, state]) => state === OK),
    ...Object.fromEntries(parts),
    ...Object.fromEntries(notes.filter(([, state]) => state !== OK)),
  };
}

const OK = 'ok';

/** Returns the name of each check with its problem, or "ok". */
function runChecks(checks: OpsSources['checks']): Promise<[name: string, state: string][]> {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, string]> => {
      const problem = await withTimeout(check()).catch(() => 'it does not answer');
      return [name, problem ?? OK];
    }),
  );
}

/** Rejects if the work takes longer than `CHECK_TIMEOUT_MS`. */
async function withTimeout<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const timeout = delay(CHECK_TIMEOUT_MS, undefined, { signal: done.signal }).then(() => {
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    done.abort();
  }
}
