import { once } from 'node:events';
import { join } from 'node:path';
import { type Running, run } from '../chaos/process.ts';
import packageJson from '../package.json' with { type: 'json' };

/** Who is measured. Each is a process of its own, on the same Node; its name is its token too. */
const FILES = {
  Concierge: 'src/main.ts',
  'bare discord.js': 'bench/peers/bare.js',
  Sapphire: 'bench/peers/sapphire/main.js',
  'no library': 'bench/discord/echo.ts',
} as const;
export type BotName = keyof typeof FILES;
export const BOT_NAMES: readonly BotName[] = ['Concierge', 'bare discord.js', 'Sapphire'];
/** A client without any library: what is measured of it is the measuring itself. */
export const ECHO: BotName = 'no library';

/** The one by which the others are judged: what answering cannot do without. */
export const FLOOR: BotName = 'bare discord.js';
export const OURS: BotName = 'Concierge';

export interface BotSetting {
  apiUrl: string;
  /** Where it may keep its data. */
  folder: string;
  /** A file with what the peers answer. */
  answers?: string;
  /** Further environment. */
  env?: Readonly<Record<string, string>>;
}

/** How `npm start` starts the bot: where compiled code is kept, and what Node is told. */
const [, COMPILED = '', OPTIONS = ''] =
  /NODE_COMPILE_CACHE=(\S+) exec node (.*) src\/main\.ts$/.exec(packageJson.scripts.start) ?? [];
const AS_STARTED = { NODE_COMPILE_CACHE: COMPILED, NODE_OPTIONS: OPTIONS };

/** The name as a token, which may hold no spaces. */
export const tokenOf = (bot: BotName): string => bot.replaceAll(' ', '-');

/** Starts a bot as its users would, at a Discord of ours. */
export function startProcess(bot: BotName, { apiUrl, folder, answers, env }: BotSetting): Running {
  return run(FILES[bot], [], {
    DISCORD_TOKEN: tokenOf(bot),
    DISCORD_API_URL: apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'concierge.sqlite')}`,
    ...(answers && { BENCH_ANSWERS: answers }),
    ...(bot === OURS && AS_STARTED),
    ...env,
  });
}

/** Resolves when a bot says that it is ready: each does in its own words. */
export const saysReady = (running: Running): Promise<string> => running.line(/ready/);

/** Asks a bot to end, and waits until it has. */
export async function stop({ child }: Running): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
