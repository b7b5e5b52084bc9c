import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import { countFaults, createFaultRules } from './faults.ts';
import { countPosts, type Tally, type Verdict } from './verdict.ts';
import { addCountdowns, ROUNDS, startBot, waitForMessages } from './world.ts';

/** The size of a run with one process. */
export interface OneProcessOptions {
  countdowns: number;
  kills: number;
  random: () => number;
  say: (line: string) => void;
}

/** The longest time between a start and a kill. At 46 posts a second, the bot sends only some of the posts in it. */
const MAX_UPTIME_MS = 900;
/** How long a round may take after the last kill, in seconds of real time: retries wait between attempts. */
const TIMEOUT_S = 150;
/** How often the gateway is closed before a kill, and how often the bot stays away longer than Discord knows a nonce. */
const GATEWAY_CLOSE_PROBABILITY = 0.3;
const LONG_AWAY_PROBABILITY = 0.25;

/**
 * Runs one process on SQLite while Discord misbehaves. The process is killed at random moments while hundreds of posts are
 * due in the same minute, three times.
 */
export async function runOneProcess(
  discord: Discord,
  tally: Tally,
  { countdowns, kills, random, say }: OneProcessOptions,
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'concierge-chaos-'));
  const env = { DATABASE_URL: `sqlite:${join(folder, 'bot.sqlite')}` };
  const between = (low: number, high: number) => low + random() * (high - low);

  /** Runs one due minute: kills and restarts the bot repeatedly while it posts, then waits until all posts are there. */
  async function runRound(due: Temporal.Instant, channels: readonly string[], round: number): Promise<void> {
    await discord.turnTo(due.subtract({ seconds: 2 }));
    await discord.call('faults', createFaultRules(random));
    let bot = await startBot(discord, env);
    for (let kill = 0; kill < Math.ceil(kills / ROUNDS.length); kill += 1) {
      await bot.waitForLine(/"ready"/);
      await delay(between(0, MAX_UPTIME_MS));
      if (random() < GATEWAY_CLOSE_PROBABILITY) {
        await closeGateway(discord);
        tally.gateway += 1;
      }
      await bot.kill();
      tally.kills += 1;
      if (random() < LONG_AWAY_PROBABILITY) {
        // Discord forgets the nonce meanwhile, so the bot has to search for what was cut off.
        await discord.turnTo((await discord.now()).add({ minutes: 7 }));
        tally.longAway += 1;
      }
      bot = await startBot(discord, env);
    }
    await delay(4_000);
    await countFaults(discord, tally.faults);
    await discord.call('faults', []);
    await waitForMessages(discord, channels, round, TIMEOUT_S);
    await bot.kill();
  }

  try {
    const channels = await addCountdowns(discord, countdowns, env);
    for (const [index, due] of ROUNDS.entries()) {
      await runRound(due, channels, index + 1);
      say(`${due}: done, ${tally.kills} kills so far`);
    }
    return await countPosts(discord, channels, ROUNDS.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Closes the bot's gateway connection and keeps the fault rules. */
async function closeGateway(discord: Discord): Promise<void> {
  const rules = (await discord.call<{ fired: number }[]>('faults')) ?? [];
  const kept = rules.map(({ fired: _, ...rule }) => rule);
  await discord.call('faults', [...kept, { gateway: { close: 4000 } }]);
}
