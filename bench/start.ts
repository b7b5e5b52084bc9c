import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BOT_NAMES, type BotName, FLOOR, OURS, saysReady, startProcess, stop, tokenOf } from './bots.ts';
import { SIMPLE_QUESTION } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { sharedClock, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';

const ROUNDS = { full: 15, short: 2 };
const AT_MOST = 1.2;

/** A way of starting a bot. */
interface Way {
  name: string;
  bot: BotName;
  env?: Readonly<Record<string, string>>;
}

interface Started {
  /** From the start of the process until Discord says READY, in milliseconds. */
  ready: number;
  /** … until the answer to an interaction that was waiting for the bot has arrived. */
  answered: number;
}

/**
 * How long a process takes from its start to READY, in turns. Each has been started once before, so that what a first start
 * leaves behind is there: files in the system's memory, registered commands, compiled code where the bot keeps it. The floor
 * keeps none, as its users' bots do not; how it would do if it did is measured beside.
 */
export async function start({ short, folder }: Harness): Promise<Row[]> {
  const ways: Way[] = [
    ...BOT_NAMES.map((bot) => ({ name: bot, bot })),
    {
      name: `${FLOOR}, compiled code kept`,
      bot: FLOOR,
      env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    },
  ];
  const discord = await startMeasuringDiscord();
  const started = new Map<Way, Started[]>(ways.map((way) => [way, []]));
  const home = ({ name }: Way) => join(folder, `start-${name}`);

  async function startOnce(way: Way): Promise<Started> {
    const token = tokenOf(way.bot);
    const events = Promise.all([discord.ready(token), discord.complete(token)]);
    const began = sharedClock();
    const running = startProcess(way.bot, {
      apiUrl: discord.apiUrl,
      folder: home(way),
      ...(way.env && { env: way.env }),
    });
    const said = saysReady(running);
    try {
      const [readyAt] = await events;
      const order = { bot: token, question: SIMPLE_QUESTION, rate: 1, count: 1, after: 0 };
      const { lost } = await discord.ask(order);
      const answered = sharedClock() - began;
      await said;
      return { ready: readyAt - began, answered: lost === 0 ? answered : Number.NaN };
    } finally {
      // Compiled code is kept by a process that ends by itself.
      await stop(running);
    }
  }

  try {
    for (const way of ways) {
      mkdirSync(home(way));
      await startOnce(way);
    }
    for (let round = 0; round < (short ? ROUNDS.short : ROUNDS.full); round += 1) {
      for (const way of ways) started.get(way)?.push(await startOnce(way));
    }
  } finally {
    await discord.stop();
  }
  const figures = (of: (one: Started) => number) =>
    Object.fromEntries([...started].map(([{ name }, list]) => [name, list.map(of)]));
  return [
    {
      what: 'process start to READY',
      unit: 'ms',
      figures: figures(({ ready }) => ready),
      target: { of: OURS, to: FLOOR, atMost: AT_MOST },
    },
    {
      what: 'process start to the first answer',
      unit: 'ms',
      figures: figures(({ answered }) => answered),
    },
  ];
}
