import type { Bot } from './app/bot.ts';

/**
 * The bot's program. Signals are handled before anything else is loaded: the first process of a container ignores a signal
 * without a handler. SIGTERM and SIGINT stop the bot, a second one exits at once, and SIGHUP reloads the data.
 */
async function main(): Promise<void> {
  let bot: Bot | undefined;
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    // A bot that is still starting has no work in progress.
    void (bot?.stop() ?? Promise.resolve()).then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Unless it means that the terminal was closed. It must not end a bot that is still starting.
  if (!process.stdout.isTTY) process.on('SIGHUP', () => void bot?.reload());
  const { runBot } = await import('./app/run-bot.ts');
  bot = await runBot(process.env, (code) => process.exit(code));
}

void main();
