import { join } from 'node:path';
import type { Logger } from 'pino';
import { startBot } from '../src/app/start-bot.ts';
import { parseConfig } from '../src/config.ts';
import type { Clock } from '../src/lib/clock.ts';

/** The bot as the sandbox sees it. */
export interface RunningBot {
  /** Where it listens for interactions; undefined where it takes them over the gateway. */
  readonly endpoint: string | undefined;
  /** Resolves when the bot has no work in progress. */
  whenIdle(): Promise<void>;
  stop(): Promise<void>;
}

/** What a person may set for the bot in the sandbox's own environment; a real token or database must never come in. */
const INHERITED_VARIABLES = ['CONCIERGE_DATA'] as const;

/** Starts the real bot in this process, in front of a Discord that is not. This is all the sandbox knows of the bot. */
export function startOwnBot(options: {
  apiUrl: string;
  /** The folder for the bot's own data. */
  state: string;
  clock: Clock;
  log: Logger;
  interactions: 'gateway' | 'http';
  env: Readonly<Record<string, string>>;
}): Promise<RunningBot> {
  const config = parseConfig({
    DISCORD_TOKEN: 'sandbox',
    DISCORD_API_URL: options.apiUrl,
    DATABASE_URL: `sqlite:${join(options.state, 'concierge.sqlite')}`,
    INTERACTIONS: options.interactions,
    // Any free one.
    HTTP_PORT: '0',
    ...Object.fromEntries(INHERITED_VARIABLES.map((name) => [name, process.env[name]])),
    ...options.env,
  });
  return startBot({ config, clock: options.clock, log: options.log });
}
