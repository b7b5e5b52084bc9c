import type { BotOptions, RunningBot } from './bot.ts';

/** The bot of a sandbox, before and after it is started. */
export interface BotRunner {
  /** Starts the bot. Returns its endpoint; undefined when it receives interactions over the gateway. */
  start(options: BotOptions): Promise<string | undefined>;
  /** Resolves when the bot has nothing to do. A bot in another process cannot be asked. */
  whenIdle(): Promise<void>;
  /** Stops the bot, if it was started. */
  stop(): Promise<void>;
}

/** Creates a runner whose bot is not started. */
export function createBotRunner(): BotRunner {
  let bot: RunningBot | undefined;
  return {
    async start(options) {
      // Loaded here: a sandbox without a bot starts faster.
      const { startOwnBot } = await import('./bot.ts');
      bot = await startOwnBot(options);
      return bot.endpoint;
    },
    async whenIdle() {
      await bot?.whenIdle();
    },
    async stop() {
      await bot?.stop();
    },
  };
}
