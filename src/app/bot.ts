import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Clock } from '../lib/clock.ts';

/** A running bot. */
export interface Bot {
  /** Where it listens for interactions; undefined where they come over the gateway. */
  endpoint: string | undefined;
  /** Reads the data folder again, as it does by itself when a file changes. */
  reload(): Promise<void>;
  /** Resolves when the bot has no work in progress: for clocks that are turned. */
  whenIdle(): Promise<void>;
  /** Takes nothing new, finishes the work in progress and closes the store. */
  stop(): Promise<void>;
}

/** What a bot is started with. */
export interface BotOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Called when the bot cannot go on. */
  onFatal?: (reason: string) => void;
}
