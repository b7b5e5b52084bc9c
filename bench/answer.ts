import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningProcess } from '../chaos/process.ts';
import {
  ALL_BOTS,
  botsFor,
  createRows,
  createSamples,
  type LoadLevel,
  type Samples,
} from './answer-samples.ts';
import { type BotName, OURS, startBot, tokenOf, waitUntilReady } from './bots.ts';
import { QUESTIONS, type Question } from './discord/questions.ts';
import type { Harness } from './harness.ts';
import { type MeasuringDiscord, startMeasuringDiscord } from './measuring-discord.ts';
import type { Row } from './rows.ts';
import { cpuSeconds } from './usage.ts';

const FULL = {
  levels: [
    { rate: 1, count: 12, isShared: true },
    { rate: 50, count: 150 },
    { rate: 500, count: 1000 },
  ] satisfies LoadLevel[],
  rounds: 3,
  warmUp: 300,
};
const SHORT = { levels: [{ rate: 50, count: 15 }] satisfies LoadLevel[], rounds: 3, warmUp: 30 };
/** Node compiles hot code, so each bot is warmed up: a bot that has run for a day is measured. */
const WARM_UP_RATE = 100;

type Bots = Map<BotName, RunningProcess>;

/** Measures each bot from the gateway's dispatch to the received reply, for each question and load level. */
export async function measureAnswers({ short, folder, say }: Harness): Promise<Row[]> {
  const { rounds, warmUp, levels } = short ? SHORT : FULL;
  const discord = await startMeasuringDiscord();
  const bots: Bots = new Map();
  try {
    const questions = await startBots(discord, bots, { folder, say });
    for (const question of questions) {
      for (const bot of botsFor(question)) {
        await discord.ask({ ...loadFor(bot, question), rate: WARM_UP_RATE, count: warmUp });
      }
    }
    const samples = createSamples();
    for (let round = 0; round < rounds; round += 1) {
      say(`answer: round ${round + 1} of ${rounds}`);
      for (const level of levels) {
        for (const question of questions)
          await askAllBots(discord, bots, samples, { question, level, round });
      }
    }
    return levels.flatMap((level) => createRows(samples, questions, level, short));
  } finally {
    for (const bot of bots.values()) await bot.kill();
    await discord.stop();
  }
}

/** Starts our bot, records its answers, and starts the peers with them. Returns the questions that our bot answers. */
async function startBots(
  discord: MeasuringDiscord,
  bots: Bots,
  { folder, say }: Pick<Harness, 'folder' | 'say'>,
): Promise<Question[]> {
  const start = async (bot: BotName, answers?: string) => {
    const botFolder = join(folder, `answer-${tokenOf(bot)}`);
    mkdirSync(botFolder);
    const running = startBot(bot, {
      apiUrl: discord.apiUrl,
      folder: botFolder,
      ...(answers && { answers }),
    });
    bots.set(bot, running);
    await waitUntilReady(running);
  };
  await start(OURS);
  const { recorded, questions } = await recordAnswers(discord, say);
  const answers = join(folder, 'answers.json');
  writeFileSync(answers, JSON.stringify(recorded));
  for (const bot of ALL_BOTS) if (bot !== OURS) await start(bot, answers);
  return questions;
}

const loadFor = (bot: BotName, question: Question) => ({ bot: tokenOf(bot), question, after: 0 });

interface AnswerBody {
  /** Absent in a deferred answer. */
  data?: { components?: unknown[]; flags?: number; choices?: unknown[] };
}

/** Right after its start, a bot on a slow machine defers its answers. */
const RECORD_ATTEMPTS = 20;
const RECORD_INTERVAL_MS = 1_000;

/** Asks our bot until it answers in time, and returns the answer. Throws if it never does. */
async function recordAnswer(
  discord: MeasuringDiscord,
  question: Question,
): Promise<NonNullable<AnswerBody['data']>> {
  for (let attempt = 0; attempt < RECORD_ATTEMPTS; attempt += 1) {
    const { bodies } = await discord.ask({ ...loadFor(OURS, question), rate: 10, count: 1, keep: true });
    const [body] = bodies as AnswerBody[];
    if (body?.data) return body.data;
    await delay(RECORD_INTERVAL_MS);
  }
  throw new Error(`The bot did not answer ${question.name} in time.`);
}

/** Records what our bot answers, for the peers to send, and which questions it answers at all. */
async function recordAnswers(discord: MeasuringDiscord, say: Harness['say']) {
  const messages: Record<string, object> = {};
  let choices: unknown[] = [];
  const questions: Question[] = [];
  for (const question of QUESTIONS) {
    const data = await recordAnswer(discord, question);
    const { components, flags } = data;
    if (data.choices) choices = data.choices;
    else if (components) messages[question.path] = { components, flags };
    if (data.choices || components) questions.push(question);
    else say(`answer: the bot has no ${question.name}; it is left out`);
  }
  return { recorded: { messages, choices }, questions };
}

/** Asks every bot the same question. The first bot changes from round to round. */
async function askAllBots(
  discord: MeasuringDiscord,
  bots: Bots,
  samples: Samples,
  { question, level, round }: { question: Question; level: LoadLevel; round: number },
): Promise<void> {
  const { rate, count } = level;
  const all = botsFor(question);
  const first = round % all.length;
  const order = [...all.slice(first), ...all.slice(0, first)];
  const ask = async (bot: BotName, after: number) => {
    const pid = bots.get(bot)?.child.pid ?? 0;
    const before = cpuSeconds(pid);
    const result = await discord.ask({ ...loadFor(bot, question), rate, count, after });
    const cpu = ((cpuSeconds(pid) - before) * 1000) / count;
    samples.add(question, level, bot, { ...result, cpu });
  };
  if (level.isShared) {
    await Promise.all(order.map((bot, index) => ask(bot, (index * 1000) / (rate * order.length))));
  } else {
    for (const bot of order) await ask(bot, 0);
  }
}
