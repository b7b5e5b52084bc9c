import { once } from 'node:events';
import { join } from 'node:path';
import { type RunningProcess, startProcess } from '../chaos/process.ts';
import packageJson from '../package.json' with { type: 'json' };

/** The measured bots. Each is a separate process on the same Node; its name is also its token. */
const FILES = {
  Concierge: 'src/main.ts',
  'bare discord.js': 'bench/peers/bare.js',
  Sapphire: 'bench/peers/sapphire/main.js',
  'no library': 'bench/discord/echo.ts',
} as const;
/** The name of a measured bot. */
export type BotName = keyof typeof FILES;
/** The bots that are compared. */
export const BOT_NAMES: readonly BotName[] = ['Concierge', 'bare discord.js', 'Sapphire'];
/** A client without any library: it shows how much time the measurement itself takes. */
export const ECHO: BotName = 'no library';

/** The bot that the others are compared with. */
export const FLOOR: BotName = 'bare discord.js';
/** The bot of this project. */
export const OURS: BotName = 'Concierge';

/** How a bot is started. */
export interface BotOptions {
  apiUrl: string;
  /** The folder for its data. */
  folder: string;
  /** A file with the answers of the peers. */
  answers?: string;
  /** Additional environment variables. */
  env?: Readonly<Record<string, string>>;
}

/** The compile cache and the Node options of `npm start`. */
const [, COMPILE_CACHE = '', NODE_OPTIONS = ''] =
  /NODE_COMPILE_CACHE=(\S+) exec node (.*) src\/main\.ts$/.exec(packageJson.scripts.start) ?? [];
const START_ENV = { NODE_COMPILE_CACHE: COMPILE_CACHE, NODE_OPTIONS };

/** Returns the token of a bot: its name without spaces. */
export const tokenOf = (bot: BotName): string => bot.replaceAll(' ', '-');

/** Starts a bot as its users would. */
export function startBot(bot: BotName, { apiUrl, folder, answers, env }: BotOptions): RunningProcess {
  return startProcess(FILES[bot], [], {
    DISCORD_TOKEN: tokenOf(bot),
    DISCORD_API_URL: apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'concierge.sqlite')}`,
    ...(answers && { BENCH_ANSWERS: answers }),
    ...(bot === OURS && START_ENV),
    ...env,
  });
}

/** Resolves when a bot prints that it is ready. */
export const waitUntilReady = (running: RunningProcess): Promise<string> => running.waitForLine(/ready/);

/** Stops a bot with SIGTERM, and waits until it has exited. */
export async function stopBot({ child }: RunningProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
