import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BotName, FLOOR, OURS, saysReady, startProcess, tokenOf } from './bots.ts';
import type { Harness } from './harness.ts';
import { startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { median } from './statistics.ts';
import { counted } from './table.ts';
import { residentMB } from './usage.ts';

/** Both keep what their library keeps by default; a framework on top of it keeps the same servers. */
const MEASURED: readonly BotName[] = [OURS, FLOOR];
const CHANNELS = 50;
const FULL = { servers: [1, 1_000, 10_000], rounds: 2, idleMs: 15_000 };
const SHORT = { servers: [1, 1_000], rounds: 1, idleMs: 1_000 };
/** The target speaks of this many servers. */
const MANY = 10_000;
const AT_MOST = 0.5;
/** Looked at so often, over the last part of the idle time. */
const LOOKS = 5;
const LOOK_MS = 200;

/**
 * The resident size of an idle bot in so many servers. Node gives memory back when it has been idle for a while, so each is
 * left alone first.
 */
export async function memory({ short, folder, say }: Harness): Promise<Row[]> {
  const { servers, rounds, idleMs } = short ? SHORT : FULL;
  const sizes = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const count of servers) {
      for (const bot of MEASURED) {
        say(`memory: round ${round + 1} of ${rounds}, ${bot} in ${count} servers`);
        const key = keyOf(bot, count);
        const size = await sizeOf(
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
  const [least = 0, most = 0] = [servers.at(-2), servers.at(-1)];
  const growth = MEASURED.map((bot) => {
    const [few, many] = [figures(least)[bot] ?? [], figures(most)[bot] ?? []];
    return [bot, many.map((size, at) => ((size - (few[at] ?? 0)) * 1000) / (most - least))];
  });
  return [
    ...servers.map(
      (count): Row => ({
        what: `idle in ${counted(count)} servers of ${CHANNELS} channels`,
        unit: 'MB',
        figures: figures(count),
        ...(count === MANY && { target: { of: OURS, to: FLOOR, atMost: AT_MOST } }),
      }),
    ),
    {
      what: `growth for each server, from ${counted(least)} to ${counted(most)}`,
      unit: 'kB',
      figures: Object.fromEntries(growth),
      // In the short form it stands for the many servers, which take longer to connect.
      ...(short && { target: { of: OURS, to: FLOOR, atMost: AT_MOST } }),
    },
  ];
}

const keyOf = (bot: BotName, count: number) => `${bot}|${count}`;

async function sizeOf(bot: BotName, count: number, idleMs: number, folder: string): Promise<number> {
  mkdirSync(folder);
  const discord = await startMeasuringDiscord(count, CHANNELS);
  const complete = discord.complete(tokenOf(bot));
  const running = startProcess(bot, { apiUrl: discord.apiUrl, folder });
  try {
    await Promise.all([complete, saysReady(running)]);
    await delay(idleMs);
    const looks: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      looks.push(residentMB(running.child.pid ?? 0));
      await delay(LOOK_MS);
    }
    return median(looks);
  } finally {
    await running.kill();
    await discord.stop();
  }
}
