import '../lib/zod-config.ts';
import { existsSync } from 'node:fs';
import { ConfigError, parseConfig } from '../config.ts';
import { DataError } from '../knowledge/load.ts';
import { systemClock } from '../lib/clock.ts';
import { StartError } from '../lib/start-error.ts';
import { createLogger } from '../ops/logger.ts';
import type { Bot } from './bot.ts';
import { startBot } from './start-bot.ts';

/** The exit codes, from `sysexits.h`. The systemd unit does not restart the bot after a lasting failure. */
const EXIT_CODES = { passing: 75, lasting: 78 } as const;
/** The exit code after a bug: a restart may help. */
const EXIT_BUG = 1;

/** Ends the process. */
type Exit = (code: number) => never;

/**
 * Starts the bot from the environment and the file `.env`. Where it cannot start or go on, it says why in a sentence and exits
 * with a code that tells passing from lasting causes.
 */
export async function runBot(env: NodeJS.ProcessEnv, exit: Exit): Promise<Bot> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const config = parseConfig(env);
    const log = createLogger(config);
    const onFatal = (reason: string) => {
      log.fatal(reason);
      exit(EXIT_CODES.lasting);
    };
    return await startBot({ config, clock: systemClock(config.startAt), log, onFatal });
  } catch (error) {
    const { text, exitCode } = describeFailure(error);
    console.error(text);
    return exit(exitCode);
  }
}

/** Returns why the start failed: a sentence if the error is an expected one, otherwise its stack. */
function describeFailure(error: unknown): { text: string; exitCode: number } {
  if (error instanceof StartError) return { text: error.message, exitCode: EXIT_CODES[error.kind] };
  if (error instanceof ConfigError) return { text: error.message, exitCode: EXIT_CODES.lasting };
  if (error instanceof DataError) {
    const text = `${error.message}\n${error.problems.length} mistake(s) in the data: correct them and start again.`;
    return { text, exitCode: EXIT_CODES.lasting };
  }
  return {
    text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    exitCode: EXIT_BUG,
  };
}
