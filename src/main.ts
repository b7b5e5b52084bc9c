import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { commands } from '../commands/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import { startAnswering } from './answering.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { DataError } from './data.ts';
import { refreshAll, startDelivering } from './delivering.ts';
import { countdownsIn } from './delivery/countdowns.ts';
import { eventOrdersIn } from './delivery/event-orders.ts';
import { countInvalidRequests } from './delivery/invalid-requests.ts';
import type { Runner } from './delivery/runner.ts';
import { askApplication } from './discord/application.ts';
import { openPosts, openRest } from './discord/rest.ts';
import { restEvents } from './discord/scheduled-events.ts';
import { queueMoves, storeAnswers } from './ops/checks.ts';
import { openLog } from './ops/log.ts';
import { startOps } from './ops/server.ts';
import type { Parts } from './parts.ts';
import { openLibrary } from './reload.ts';
import { insist } from './store/insist.ts';
import { openStore } from './store/store.ts';
import { warmUp } from './warm-up.ts';

/** A running bot. */
export interface Bot {
  /** Where it listens for interactions; undefined where they come over the gateway. */
  endpoint: string | undefined;
  /** Reads the data folder again, as it does by itself when a file changes. */
  reload(): Promise<void>;
  /** Resolves when the bot has nothing in hand: for clocks that are turned. */
  quiet(): Promise<void>;
  /** Takes nothing new, finishes what is in hand and closes the store. */
  stop(): Promise<void>;
}

export interface BotParts {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Called when the bot cannot go on. */
  failed?: (reason: string) => void;
}

/** What is in hand at a stop has this long to finish; service managers kill what takes much longer. */
const STOP_WITHIN_MS = 8_000;

/** Composes the parts and starts them. Throws where the data or the store cannot be used, or Discord refuses the token. */
export async function startBot({ config, clock, log, failed = () => {} }: BotParts): Promise<Bot> {
  const library = openLibrary(config.dataFolder, clock, log);
  // Closed in turn, the last first, where the start fails on the way.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => library.close());
  const paths = commands.flatMap(({ name, subcommands }) => subcommands.map((sub) => `${name}/${sub.name}`));
  const ops = await startOps({ at: config.ops, paths, log });
  opened.defer(ops.close);
  const { meters } = ops;
  const store = await openStore(config.database, { postsPerSecond: config.postsPerSecond, log });
  opened.defer(store.close);

  let runner: Runner | undefined;
  const ring = () => runner?.ring();
  const knowledge = library.now;
  const countdowns = countdownsIn(store, () => knowledge().facts, ring);
  const events = eventOrdersIn(store, knowledge, ring);
  const stopping = new AbortController();
  library.watch(async ({ facts }) => {
    if (config.role !== 'deliver') void warmUp(facts, clock, log, stopping.signal);
    await insist(() => refreshAll(store.queue, facts, clock.now()), stopping.signal);
    ring();
  });
  const rest = openRest(config, meters);
  const hasGateway = config.interactions === 'gateway' && config.role !== 'deliver';
  const application = hasGateway ? undefined : await askApplication(rest, config.apiUrl);
  const invalid = countInvalidRequests(meters.invalid);
  const posts = openPosts(config, meters, () => invalid.note(clock.now()));
  const eventCalls = restEvents(posts, store.pace, () => invalid.note(clock.now()));
  const { version } = packageJson;
  const shared = { config, version, clock, log, failed, meters, store, countdowns, events, eventCalls };
  const known = { knowledge, dataState: library.state };
  const parts: Parts = { ...shared, ...known, rest, posts, invalid, application };
  // Posts need no gateway: what is due is not kept waiting by it.
  if (config.role !== 'answer') runner = await startDelivering(parts);
  opened.defer(async () => runner?.stop());
  const answering = config.role === 'deliver' ? undefined : await startAnswering(parts, commands);

  ops.watch({
    checks: {
      store: storeAnswers(store),
      ...answering?.checks,
      ...(runner && { queue: queueMoves({ queue: store.queue, runner, clock }) }),
    },
    backlog: () => store.queue.backlog(clock.now()),
  });
  opened.move();
  if (answering) void warmUp(knowledge().facts, clock, log, stopping.signal);
  log.info({ role: config.role, interactions: config.interactions }, 'ready');

  return {
    endpoint: answering?.endpoint,
    reload: library.reload,
    async quiet() {
      await library.quiet();
      await answering?.quiet();
      await runner?.quiet();
    },
    async stop() {
      stopping.abort();
      library.close();
      await ops.close();
      const ended = Promise.all([answering?.stop(), runner?.stop()]);
      const inTime = await Promise.race([
        ended.then(() => true),
        delay(STOP_WITHIN_MS, false, { ref: false }),
      ]);
      await store.close();
      // What was cut off stands in the ledger as being sent, and is taken up at the next start.
      if (inTime) log.info('stopped');
      else log.warn('stopped before everything in hand was finished');
    },
  };
}

/** Starts from the environment, and stops on a signal; a second signal forces it. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = openLog(config);
  const end = (reason: string) => {
    log.fatal(reason);
    process.exit(1);
  };
  const bot = await startBot({ config, clock: systemClock(config.startAt), log, failed: end });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void bot.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // In a terminal this signal says that the terminal closes.
  if (!process.stdout.isTTY) process.on('SIGHUP', () => void bot.reload());
}

/** What went wrong at the start, for an operator: a sentence where it is known, else the error itself. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DataError) {
    return `${error.message}\n${error.problems.length} mistake(s) in the data: mend them and start again.`;
  }
  return error instanceof Error
    ? error.cause
      ? error.message
      : (error.stack ?? error.message)
    : String(error);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(startFailure(error));
    process.exit(1);
  });
}
