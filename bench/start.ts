import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BOT_NAMES, type BotName, FLOOR, OURS, startBot, stopBot, tokenOf, waitUntilReady } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { type MeasuringDiscord, monotonicMs, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';

const ROUNDS = { full: 15, short: 2 };
const MAX_RATIO = 1.2;

/** A bot, and how it is started. */
interface Variant {
  name: string;
  bot: BotName;
  env?: Readonly<Record<string, string>>;
}

/** The times of one start, in milliseconds from the start of the process. */
interface StartResult {
  /** Until Discord has sent READY. */
  ready: number;
  /** Until the answer to a waiting interaction has arrived; NaN if there was none. */
  answered: number;
}

/**
 * Measures how long each bot takes from its start to READY, in turns. Each is started once before, which fills the file cache,
 * registers the commands and writes the compile cache. The floor has no compile cache, as its users' bots have none. It is
 * measured with one too.
 */
export async function measureStart({ short, folder }: Harness): Promise<Row[]> {
  const variants: Variant[] = [
    ...BOT_NAMES.map((bot) => ({ name: bot, bot })),
    {
      name: `${FLOOR}, compiled code kept`,
      bot: FLOOR,
      env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    },
  ];
  const discord = await startMeasuringDiscord();
  const results = new Map<Variant, StartResult[]>(variants.map((variant) => [variant, []]));
  const folderOf = ({ name }: Variant) => join(folder, `start-${name}`);
  try {
    for (const variant of variants) {
      mkdirSync(folderOf(variant));
      await startOnce(discord, variant, folderOf(variant));
    }
    for (let round = 0; round < (short ? ROUNDS.short : ROUNDS.full); round += 1) {
      for (const variant of variants) {
        results.get(variant)?.push(await startOnce(discord, variant, folderOf(variant)));
      }
    }
  } finally {
    await discord.stop();
  }
  const figures = (value: (result: StartResult) => number) =>
    Object.fromEntries([...results].map(([{ name }, list]) => [name, list.map(value)]));
  return [
    {
      what: 'process start to READY',
      unit: 'ms',
      figures: figures(({ ready }) => ready),
      target: { of: OURS, to: FLOOR, atMost: MAX_RATIO },
    },
    {
      what: 'process start to the first answer',
      unit: 'ms',
      figures: figures(({ answered }) => answered),
    },
  ];
}

async function startOnce(
  discord: MeasuringDiscord,
  { bot, env }: Variant,
  folder: string,
): Promise<StartResult> {
  const token = tokenOf(bot);
  const connected = Promise.all([discord.ready(token), discord.complete(token)]);
  const startedAt = monotonicMs();
  const running = startBot(bot, { apiUrl: discord.apiUrl, folder, ...(env && { env }) });
  const isReady = waitUntilReady(running);
  try {
    const [readyAt] = await connected;
    const load = { bot: token, question: SIMPLE_QUESTION, rate: 1, count: 1, after: 0 };
    const { lost } = await discord.ask(load);
    const answered = monotonicMs() - startedAt;
    await isReady;
    return { ready: readyAt - startedAt, answered: lost === 0 ? answered : Number.NaN };
  } finally {
    // Node writes the compile cache only when a process exits by itself.
    await stopBot(running);
  }
}
