import './lib/zod-config.ts';
import { existsSync } from 'node:fs';
import type { Bot } from './app/bot.ts';
import { startBot } from './app/start-bot.ts';
import { ConfigError, parseConfig } from './config.ts';
import { DataError } from './knowledge/load.ts';
import { systemClock } from './lib/clock.ts';
import { createLogger } from './ops/logger.ts';

/** Starts the bot from the environment and stops it on SIGTERM or SIGINT; a second signal exits at once. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = createLogger(config);
  const exit = (reason: string) => {
    log.fatal(reason);
    process.exit(1);
  };
  let bot: Bot | undefined;
  // SIGHUP reloads the data, unless it means that the terminal was closed. It must not end a bot that is still starting.
  if (!process.stdout.isTTY) process.on('SIGHUP', () => void bot?.reload());
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    // A bot that is still starting has no work in progress.
    void (bot?.stop() ?? Promise.resolve()).then(() => process.exit(0));
  };
  // Set before the start: a signal right after "ready" must stop the bot in order.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  bot = await startBot({ config, clock: systemClock(config.startAt), log, onFatal: exit });
}

/** Returns why the start failed, for an operator: a sentence if the error is an expected one, otherwise its stack. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DataError) {
    return `${error.message}\n${error.problems.length} mistake(s) in the data: correct them and start again.`;
  }
  return error instanceof Error
    ? error.cause
      ? error.message
      : (error.stack ?? error.message)
    : String(error);
}

main().catch((error: unknown) => {
  console.error(startFailure(error));
  process.exit(1);
});
