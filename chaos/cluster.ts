import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import type { RunningProcess } from './process.ts';
import { type BotRun, startBot } from './world.ts';

/** What a cluster needs. */
export interface ClusterOptions {
  discord: Discord;
  /** The number of processes; each runs one shard. */
  processes: number;
  run: BotRun;
  random: () => number;
}

/** Several bot processes that share a database. */
export interface Cluster {
  /** Starts all processes and waits until each is ready. */
  start(): Promise<void>;
  /** Kills a random running process; another one takes its place. */
  killRandom(): Promise<void>;
  /** Suspends a random running process for a while. Returns false if none is running. */
  suspendRandom(): boolean;
  /** Resolves when no process is suspended. */
  waitUntilResumed(): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than the silence after which other processes take over a job. */
const SUSPEND_MS = [18_000, 30_000] as const;
/** A process that exits is restarted within this time, like by a service manager. */
const MAX_RESTART_DELAY_MS = 1_000;

/** Creates a cluster that is not started yet. */
export function createCluster({ discord, processes, run, random }: ClusterOptions): Cluster {
  const between = (low: number, high: number) => low + random() * (high - low);
  const bots: RunningProcess[] = [];
  const suspended = new Set<RunningProcess>();
  let isStopped = false;

  async function startShard(shard: number): Promise<void> {
    const bot = await startBot(discord, {
      ...run,
      env: { ...run.env, SHARDS: String(shard), SHARD_COUNT: String(processes) },
    });
    if (isStopped) return bot.kill();
    bots[shard] = bot;
    bot.child.once('exit', async () => {
      await delay(between(0, MAX_RESTART_DELAY_MS));
      if (!isStopped) await startShard(shard);
    });
  }

  function pickRunning(): RunningProcess | undefined {
    const running = bots.filter(
      (bot) => bot.child.exitCode === null && bot.child.signalCode === null && !suspended.has(bot),
    );
    return running[Math.floor(random() * running.length)];
  }

  return {
    async start() {
      for (let shard = 0; shard < processes; shard += 1) await startShard(shard);
      await Promise.all(bots.map((bot) => bot.waitForLine(/"ready"/)));
    },
    async killRandom() {
      let bot = pickRunning();
      for (; !bot; bot = pickRunning()) await delay(50);
      await bot.kill();
    },
    suspendRandom() {
      const bot = pickRunning();
      if (!bot) return false;
      suspended.add(bot);
      bot.child.kill('SIGSTOP');
      const resume = () => {
        suspended.delete(bot);
        bot.child.kill('SIGCONT');
      };
      setTimeout(resume, between(...SUSPEND_MS)).unref();
      return true;
    },
    async waitUntilResumed() {
      while (suspended.size > 0) await delay(100);
    },
    async stop() {
      isStopped = true;
      for (const bot of bots) await bot.kill();
    },
  };
}
