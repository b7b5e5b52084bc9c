import { join } from 'node:path';
import type { Logger } from 'pino';
import { startBot } from '../src/app/start-bot.ts';
import { parseConfig } from '../src/config.ts';
import type { Clock } from '../src/lib/clock.ts';

/** A running bot, as the sandbox sees it. */
export interface RunningBot {
  /** The URL on which it listens for interactions; undefined when it receives them over the gateway. */
  readonly endpoint: string | undefined;
  /** Resolves when the bot has nothing to do. */
  whenIdle(): Promise<void>;
  stop(): Promise<void>;
}

/** What a bot is started with. */
export interface BotOptions {
  readonly apiUrl: string;
  /** The folder of the bot's data. */
  readonly state: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly interactions: 'gateway' | 'http';
  /** Further environment variables. */
  readonly env: Readonly<Record<string, string>>;
}

/** Environment variables that the bot inherits. A real token or database must never reach it. */
const INHERITED_VARIABLES = ['CONCIERGE_DATA'] as const;

/** Starts the real bot in this process, connected to the sandbox. Only this file imports the bot. */
export async function startOwnBot(options: BotOptions): Promise<RunningBot> {
  const config = parseConfig({
    DISCORD_TOKEN: 'sandbox',
    DISCORD_API_URL: options.apiUrl,
    DATABASE_URL: `sqlite:${join(options.state, 'concierge.sqlite')}`,
    INTERACTIONS: options.interactions,
    // Any free port.
    HTTP_PORT: '0',
    ...Object.fromEntries(INHERITED_VARIABLES.map((name) => [name, process.env[name]])),
    ...options.env,
  });
  return startBot({ config, clock: options.clock, log: options.log });
}
