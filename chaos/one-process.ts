import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import { createFaultRules, endFaults } from './faults.ts';
import type { RunningProcess } from './process.ts';
import { settle } from './settle.ts';
import { checkLogLine, countResults, type Tally, type Verdict, waitForMessages } from './verdict.ts';
import {
  askSomething,
  countAttempts,
  createWorld,
  ROUNDS,
  startBot,
  type WorldSize,
  waitForHalf,
} from './world.ts';

/** The size of a run with one process. */
export interface OneProcessOptions {
  size: WorldSize;
  kills: number;
  random: () => number;
  say: (line: string) => void;
}

/** The longest time between a start and a kill. At 45 posts a second, the bot sends only some of the posts in it. */
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
  { size, kills, random, say }: OneProcessOptions,
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'concierge-chaos-'));
  const run = {
    env: { DATABASE_URL: `sqlite:${join(folder, 'bot.sqlite')}` },
    onLogLine: (line: string) => checkLogLine(tally, line),
  };
  const between = (low: number, high: number) => low + random() * (high - low);

  /** Kills and restarts the bot repeatedly while it posts. Returns the last one, which runs. */
  async function killRepeatedly(): Promise<RunningProcess> {
    let bot = await startBot(discord, run);
    for (let kill = 0; kill < Math.ceil(kills / ROUNDS.length); kill += 1) {
      await bot.waitForLine(/"ready"/);
      askSomething(discord);
      await delay(between(0, MAX_UPTIME_MS));
      if (random() < GATEWAY_CLOSE_PROBABILITY) {
        await closeGateway(discord, tally);
      }
      await bot.kill();
      tally.kills += 1;
      if (random() < LONG_AWAY_PROBABILITY) {
        // Discord forgets the nonce meanwhile, so the bot has to search for what was cut off.
        await discord.turnTo((await discord.now()).add({ minutes: 7 }));
        tally.longAway += 1;
      }
      bot = await startBot(discord, run);
    }
    return bot;
  }

  try {
    const world = await createWorld(discord, size, run, { random, faults: tally.faults });
    for (const [index, due] of ROUNDS.entries()) {
      const milestones = index + 1;
      await discord.turnTo(due.subtract({ seconds: 2 }));
      if (index > 0) await discord.deleteCommands();
      await discord.call('faults', createFaultRules(random));
      const attempts = await countAttempts(discord);
      const bot = await killRepeatedly();
      await bot.waitForLine(/"ready"/);
      askSomething(discord);
      await waitForHalf(discord, size, attempts);
      await endFaults(discord, tally.faults);
      await waitForMessages(discord, world, milestones, TIMEOUT_S);
      await bot.kill();
      const start = async () => {
        const next = await startBot(discord, run);
        await next.waitForLine(/"ready"/);
        return next.kill;
      };
      await settle({ discord, world, start, milestones, hasMoved: index > 0 });
      say(`${due}: done, ${tally.kills} kills so far`);
    }
    return await countResults(discord, world, ROUNDS.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Closes the bot's gateway connection and keeps the fault rules. */
async function closeGateway(discord: Discord, tally: Tally): Promise<void> {
  const rules = await discord.call<{ fired: number; reaction: unknown }[]>('faults');
  const kept = rules.map(({ fired: _, reaction: __, ...rule }) => rule);
  await endFaults(discord, tally.faults);
  await discord.call('faults', [...kept, { gateway: { close: 4000 } }]);
  tally.gateway += 1;
}
