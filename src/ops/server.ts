import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { type ListenAddress, listen } from '../lib/listen.ts';
import type { Check } from './health-checks.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import type { PrometheusMetrics } from './prometheus.ts';

/** How the operators' server is started. */
export interface OpsServerOptions {
  /** Where it listens; undefined if operators have not asked for it: then nothing is counted. */
  at: ListenAddress | undefined;
  log: Logger;
}

/** What the server reports while the bot runs. */
export interface OpsSources {
  /** By name, each part that must work for the bot to do its job. A part that this process does not run has none. */
  checks: Readonly<Record<string, Check>>;
  /** Returns how many countdowns are due and not processed. */
  backlog: () => Promise<number>;
  /** The newest source of the facts as of today. */
  newestSource: () => { date: string; days: number } | undefined;
}

/** The operators' view of the bot. */
export interface OpsServer {
  metrics: Metrics;
  /** `http://127.0.0.1:9090`; undefined if it does not listen. */
  url: string | undefined;
  /** Names the commands, such as `ballerina/cast`, by which answers are counted; others are counted together. */
  setCommandPaths(paths: readonly string[]): void;
  /** Called when the bot is composed: from now on its parts are checked. Until then it is alive, but not ready. */
  watch(sources: OpsSources): void;
  /** Stops listening. The first step of a stop: a readiness probe must see that the bot stops. */
  close(): Promise<void>;
}

/** A check that takes longer has failed. Less than a probe waits. */
const CHECK_TIMEOUT_MS = 2_500;

/**
 * Listens for operators: `/healthz` (the process is alive), `/readyz` (it can do its work, or what is wrong) and `/metrics`.
 * Started before everything else, since a start may have to wait for the database. The answers never repeat an error's own
 * message, which may hold an address or a name.
 */
export async function startOpsServer({ at, log }: OpsServerOptions): Promise<OpsServer> {
  if (!at)
    return { metrics: noMetrics, url: undefined, setCommandPaths() {}, watch() {}, close: async () => {} };
  const { createPrometheusMetrics } = await import('./prometheus.ts');
  const { getRequestListener } = await import('@hono/node-server');
  const prometheus = createPrometheusMetrics();
  let sources: OpsSources | undefined;

  const app = await createApp(prometheus, () => sources);
  // The host name stands in for the Host header, which a probe with HTTP/1.0 leaves out.
  const options = { hostname: at.host, overrideGlobalObjects: false };
  const server = createServer(getRequestListener(app.fetch, options));
  const url = await listen(server, at).catch((error: Error) => {
    const sentence = `Operators cannot look at ${at.host}:${at.port} (${error.message}). Choose another OPS_PORT or OPS_HOST, or leave OPS_PORT out.`;
    throw new Error(sentence, { cause: error });
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
      const report = await readiness(sources()?.checks);
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

/** Runs each check by itself, so that an operator sees all that is wrong at once. */
async function readiness(
  checks: OpsSources['checks'] = { start: async () => 'the bot is starting' },
): Promise<{ ready: boolean }> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const problem = await withTimeout(check()).catch(() => 'it does not answer');
      return [name, problem ?? 'ok'] as const;
    }),
  );
  return { ready: parts.every(([, state]) => state === 'ok'), ...Object.fromEntries(parts) };
}

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
