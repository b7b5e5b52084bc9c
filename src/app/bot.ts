import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Clock } from '../lib/clock.ts';

/** A running bot. */
export interface Bot {
  /** The URL where it listens for interactions; undefined if they come over the gateway. */
  endpoint: string | undefined;
  /** Reloads the data folder, as happens by itself when a file changes. */
  reload(): Promise<void>;
  /** Resolves when the bot has no work in progress: for tests and the sandbox, which move the clock. */
  whenIdle(): Promise<void>;
  /** Accepts no new work, finishes the work in progress and closes the store. */
  stop(): Promise<void>;
}

/** The options of a bot. */
export interface BotOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Called when the bot cannot go on. */
  onFatal?: (reason: string) => void;
}
