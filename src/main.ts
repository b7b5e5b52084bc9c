import './lib/zod-config.ts';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Config, ConfigError, parseConfig } from './config.ts';
import type { GatewayConnection, GatewayOptions } from './discord/gateway.ts';
import { LIMITS } from './discord/message/limits.ts';
import { openKnowledgeBase } from './knowledge/knowledge-base.ts';
import { DataError } from './knowledge/load.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { createLogger } from './ops/logger.ts';
import { startOpsServer } from './ops/server.ts';
import { openStore } from './store/store.ts';

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

export interface BotOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Called when the bot cannot go on. */
  failed?: (reason: string) => void;
}

/**
 * The gateway has this long before anything else is read: reading keeps the processor to itself for as long as connecting
 * takes. Where Discord is slow, posts that are due do not wait for it any longer. Real time.
 */
const CONNECTS_FIRST_MS = 1_000;

/**
 * Starts the bot: first what a start may fail at, then the connection, then everything else. Throws where the data or the store
 * cannot be used, or Discord refuses the token.
 */
export async function startBot({ config, clock, log, failed = () => {} }: BotOptions): Promise<Bot> {
  const library = openKnowledgeBase({ folder: config.dataFolder, limits: LIMITS, clock, log });
  // Closed in turn, the last first, where the start fails on the way.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => library.close());
  const ops = await startOpsServer({ at: config.ops, paths: commandPaths, log });
  opened.defer(ops.close);
  const store = await openStore(config.database, { postsPerSecond: config.postsPerSecond, log });
  opened.defer(store.close);
  const takesGateway = config.interactions === 'gateway' && config.role !== 'deliver';
  if (takesGateway) await store.acquireStartupSlot();
  const connecting = takesGateway ? await connect({ ...config, failed, log }) : undefined;
  opened.defer(async () => connecting?.close());
  const { compose } = await import('./app/compose.ts');
  const bot = await compose({ config, clock, log, failed, library, ops, store, connecting });
  opened.move();
  return bot;
}

async function connect(parts: GatewayOptions): Promise<GatewayConnection> {
  const { connectGateway } = await import('./discord/gateway.ts');
  const connecting = connectGateway(parts);
  await Promise.race([connecting.ready, delay(CONNECTS_FIRST_MS, undefined, { ref: false })]);
  return connecting;
}

async function commandPaths(): Promise<string[]> {
  const { commands } = await import('../commands/index.ts');
  return commands.flatMap(({ name, subcommands }) => subcommands.map((sub) => `${name}/${sub.name}`));
}

/** Starts from the environment, and stops on a signal; a second signal forces it. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = createLogger(config);
  const end = (reason: string) => {
    log.fatal(reason);
    process.exit(1);
  };
  let bot: Bot | undefined;
  // In a terminal this signal says that the terminal closes. Anywhere else it must not end a bot that has only just started.
  if (!process.stdout.isTTY) process.on('SIGHUP', () => void bot?.reload());
  bot = await startBot({ config, clock: systemClock(config.startAt), log, failed: end });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void bot.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
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
