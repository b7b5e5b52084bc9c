import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from '../test/postgres-server.ts';
import type { Discord } from './discord.ts';
import { faultRules } from './faults.ts';
import { noteFaults } from './one-process.ts';
import type { Running } from './process.ts';
import { judge, type Tally, type Verdict } from './verdict.ts';
import { complete, order, ROUNDS, startBot } from './world.ts';

export interface ManyProcesses {
  processes: number;
  countdowns: number;
  kills: number;
  /** How often PostgreSQL is ended and started again: by turns as an operator does, and as a power cut does. */
  restarts: number;
  /** How often a process stands still until it has lost what it had in hand, and then goes on as if nothing had been. */
  stalls: number;
  random: () => number;
  say: (line: string) => void;
}

/** The processes start in this time, or a little later; then everything is due. */
const SETTLE_S = 10;
/** Longer than the silence after which others take over what a process had in hand. */
const STALL_MS = [18_000, 30_000] as const;
/** How long it may take after the last kill: what a killed process had in hand is lost for up to 15 seconds. */
const PATIENCE_S = 240;

/**
 * Any number of processes on one PostgreSQL, each with its share of the servers: they are killed at random moments and
 * started again, and the database goes away and comes back, while everything is due in the same minute.
 */
export async function manyProcesses(
  discord: Discord,
  tally: Tally,
  { processes, countdowns, kills, restarts, stalls, random, say }: ManyProcesses,
): Promise<Verdict> {
  const between = (low: number, high: number) => low + random() * (high - low);
  const postgres = await startPostgres({ durable: true });
  const env = { DATABASE_URL: postgres.url };
  const bots: Running[] = [];
  let isOver = false;

  /** One that ends by itself, as it does where the database goes away while it starts, is started again: a service manager's work. */
  async function start(shard: number): Promise<void> {
    const bot = await startBot(discord, { ...env, SHARDS: String(shard), SHARD_COUNT: String(processes) });
    if (isOver) return bot.kill();
    bots[shard] = bot;
    bot.child.once('exit', async () => {
      await delay(between(0, 1_000));
      if (!isOver) await start(shard);
    });
  }

  const stalled = new Set<Running>();
  /** One of those that run, at random. */
  function one(): Running | undefined {
    const running = bots.filter(
      (bot) => bot.child.exitCode === null && bot.child.signalCode === null && !stalled.has(bot),
    );
    return running[Math.floor(random() * running.length)];
  }

  async function killOne(): Promise<void> {
    let bot = one();
    for (; !bot; bot = one()) await delay(50);
    await bot.kill();
    tally.kills += 1;
  }

  function stallOne(): void {
    const bot = one();
    if (!bot) return;
    stalled.add(bot);
    bot.child.kill('SIGSTOP');
    tally.stalls += 1;
    setTimeout(
      () => {
        stalled.delete(bot);
        bot.child.kill('SIGCONT');
      },
      between(...STALL_MS),
    ).unref();
  }

  async function restartPostgres(): Promise<void> {
    const hard = tally.postgres % 2 === 1;
    await (hard ? postgres.crash() : postgres.stop());
    await delay(between(500, 6_000));
    await postgres.start();
    tally.postgres += 1;
    say(`PostgreSQL is back after ${hard ? 'a crash' : 'a stop'}, ${tally.kills} kills so far`);
  }

  try {
    const channels = await order(discord, countdowns, env);
    const [due] = ROUNDS as [Temporal.Instant];
    await discord.turnTo(due.subtract({ seconds: SETTLE_S }));
    for (let shard = 0; shard < processes; shard += 1) await start(shard);
    await Promise.all(bots.map((bot) => bot.line(/"ready"/)));
    await discord.call('faults', faultRules(random));
    // A process that starts slowly has a clock that is late: the first post tells that its time has come.
    while (!(await hasPosts(discord))) await delay(50);
    say(`${due}: ${channels.length} posts are due`);

    for (let kill = 1; kill <= kills; kill += 1) {
      await delay(between(300, 2_000));
      if (tally.stalls < stalls) stallOne();
      await killOne();
      if (kill % Math.ceil(kills / (restarts + 1)) === 0 && tally.postgres < restarts)
        await restartPostgres();
    }
    await delay(4_000);
    await noteFaults(discord, tally);
    await discord.call('faults', []);
    await complete(discord, channels, 1, PATIENCE_S);
    // Who stood still, and whatever is on its way, has its say too.
    while (stalled.size > 0) await delay(100);
    await delay(3_000);
    say(await timing(discord, channels, due));
    return await judge(discord, channels, 1);
  } finally {
    isOver = true;
    for (const bot of bots) await bot.kill();
    await postgres.end();
  }
}

async function hasPosts(discord: Discord): Promise<boolean> {
  const { requests } = await discord.call<{ requests: Record<string, number> }>('counters');
  return (requests['POST /channels/:id/messages'] ?? 0) > 0;
}

/** How late the last post was, and the longest time without any before it. */
async function timing(discord: Discord, channels: readonly string[], due: Temporal.Instant): Promise<string> {
  const messages = (await Promise.all(channels.map(discord.messages))).flat();
  const late = messages
    .map(({ timestamp }) => Temporal.Instant.from(timestamp).since(due).total('seconds'))
    .sort((a, b) => a - b);
  const pauses = late.map((seconds, at) => seconds - (late[at - 1] ?? 0));
  return `the last post was ${late.at(-1)?.toFixed(1)} s late; at most ${Math.max(...pauses).toFixed(1)} s without any`;
}
