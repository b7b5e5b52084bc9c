import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BotName, FLOOR, OURS, startBot, tokenOf, waitUntilReady } from './bots.ts';
import type { Harness } from './harness.ts';
import { startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { median } from './statistics.ts';
import { formatCount } from './table.ts';
import { residentMB } from './usage.ts';

/** Both use their library's default caches. Sapphire caches the same servers as bare discord.js, so it is left out. */
const MEASURED: readonly BotName[] = [OURS, FLOOR];
const CHANNELS = 50;
const FULL = { servers: [1, 1_000, 10_000], rounds: 2, idleMs: 15_000 };
const SHORT = { servers: [1, 1_000], rounds: 1, idleMs: 1_000 };
/** The target is for this number of servers. */
const TARGET_SERVERS = 10_000;
const MAX_RATIO = 0.5;
/** The memory is read this often after the idle time. */
const SAMPLES = 5;
const SAMPLE_INTERVAL_MS = 200;

/** Measures the resident memory of an idle bot, after a pause in which Node gives memory back. */
export async function measureMemory({ short, folder, say }: Harness): Promise<Row[]> {
  const { servers, rounds, idleMs } = short ? SHORT : FULL;
  const sizes = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const count of servers) {
      for (const bot of MEASURED) {
        say(`memory: round ${round + 1} of ${rounds}, ${bot} in ${count} servers`);
        const key = keyOf(bot, count);
        const size = await measureResident(
          bot,
          count,
          idleMs,
          join(folder, `memory-${tokenOf(bot)}-${count}-${round}`),
        );
        sizes.set(key, [...(sizes.get(key) ?? []), size]);
      }
    }
  }
  const figures = (count: number) =>
    Object.fromEntries(MEASURED.map((bot) => [bot, sizes.get(keyOf(bot, count)) ?? []]));
  const [fewServers = 0, manyServers = 0] = [servers.at(-2), servers.at(-1)];
  const growth = MEASURED.map((bot) => {
    const [few, many] = [figures(fewServers)[bot] ?? [], figures(manyServers)[bot] ?? []];
    return [bot, many.map((size, at) => ((size - (few[at] ?? 0)) * 1000) / (manyServers - fewServers))];
  });
  return [
    ...servers.map(
      (count): Row => ({
        what: `idle in ${formatCount(count)} servers of ${CHANNELS} channels`,
        unit: 'MB',
        figures: figures(count),
        ...(count === TARGET_SERVERS && { target: { of: OURS, to: FLOOR, atMost: MAX_RATIO } }),
      }),
    ),
    {
      what: `growth for each server, from ${formatCount(fewServers)} to ${formatCount(manyServers)}`,
      unit: 'kB',
      figures: Object.fromEntries(growth),
      // The short form has fewer servers, so it compares the growth instead.
      ...(short && { target: { of: OURS, to: FLOOR, atMost: MAX_RATIO } }),
    },
  ];
}

const keyOf = (bot: BotName, count: number) => `${bot}|${count}`;

async function measureResident(bot: BotName, count: number, idleMs: number, folder: string): Promise<number> {
  mkdirSync(folder);
  const discord = await startMeasuringDiscord(count, CHANNELS);
  const complete = discord.complete(tokenOf(bot));
  const running = startBot(bot, { apiUrl: discord.apiUrl, folder });
  try {
    await Promise.all([complete, waitUntilReady(running)]);
    await delay(idleMs);
    const samples: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      samples.push(residentMB(running.child.pid ?? 0));
      await delay(SAMPLE_INTERVAL_MS);
    }
    return median(samples);
  } finally {
    await running.kill();
    await discord.stop();
  }
}
