import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import { FAULT_NAMES, faultRules } from './faults.ts';
import { judge, type Tally, type Verdict } from './verdict.ts';
import { complete, order, ROUNDS, startBot } from './world.ts';

export interface OneProcess {
  countdowns: number;
  kills: number;
  random: () => number;
  say: (line: string) => void;
}

/** The bot lives at most this long while it posts: at 46 a second, each life gets to some of the posts only. */
const LONGEST_LIFE_MS = 900;
/** How long a round may take, in seconds of real time, after the last kill: the retries of what failed pause between tries. */
const PATIENCE_S = 150;

/**
 * One process with its file, against a Discord that misbehaves: it is killed at random moments while hundreds of posts are
 * due in the same minute, three times.
 */
export async function oneProcess(
  discord: Discord,
  tally: Tally,
  { countdowns, kills, random, say }: OneProcess,
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'concierge-chaos-'));
  const env = { DATABASE_URL: `sqlite:${join(folder, 'bot.sqlite')}` };
  const between = (low: number, high: number) => low + random() * (high - low);

  /** One due minute: the bot is killed and started again and again while it posts, then left alone until it is done. */
  async function round(due: Temporal.Instant, channels: readonly string[], number: number): Promise<void> {
    await discord.turnTo(due.subtract({ seconds: 2 }));
    await discord.call('faults', faultRules(random));
    let bot = await startBot(discord, env);
    for (let kill = 0; kill < Math.ceil(kills / ROUNDS.length); kill += 1) {
      await bot.line(/"ready"/);
      await delay(between(0, LONGEST_LIFE_MS));
      if (random() < 0.3) tally.gateway += await closeGateway(discord);
      await bot.kill();
      tally.kills += 1;
      if (random() < 0.25) {
        // Longer away than Discord knows a nonce: what was cut off has to be searched for.
        await discord.turnTo((await discord.now()).add({ minutes: 7 }));
        tally.longAway += 1;
      }
      bot = await startBot(discord, env);
    }
    await delay(4_000);
    await noteFaults(discord, tally);
    await discord.call('faults', []);
    await complete(discord, channels, number, PATIENCE_S);
    await bot.kill();
  }

  try {
    const channels = await order(discord, countdowns, env);
    for (const [at, due] of ROUNDS.entries()) {
      await round(due, channels, at + 1);
      say(`${due}: done, ${tally.kills} kills so far`);
    }
    return await judge(discord, channels, ROUNDS.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function closeGateway(discord: Discord): Promise<number> {
  const rules = (await discord.call<{ fired: number }[]>('faults')) ?? [];
  const kept = rules.map(({ fired: _, ...rule }) => rule);
  await discord.call('faults', [...kept, { gateway: { close: 4000 } }]);
  return 1;
}

/** Adds up which faults have happened. The rules that are in force stand in the order of the names. */
export async function noteFaults(discord: Discord, tally: Tally): Promise<void> {
  const rules = await discord.call<{ fired: number }[]>('faults');
  FAULT_NAMES.forEach((name, at) => {
    tally.faults[name] = (tally.faults[name] ?? 0) + (rules[at]?.fired ?? 0);
  });
}
