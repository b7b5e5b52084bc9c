import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from '../test/postgres-server.ts';
import { type Cluster, createCluster } from './cluster.ts';
import type { Discord } from './discord.ts';
import { countFaults, createFaultRules } from './faults.ts';
import { countPosts, type Tally, type Verdict } from './verdict.ts';
import { addCountdowns, ROUNDS, waitForMessages } from './world.ts';

/** The size of a run with several processes. */
export interface ManyProcessesOptions {
  processes: number;
  countdowns: number;
  kills: number;
  /** How often PostgreSQL is restarted: alternately after a clean stop and after a crash. */
  restarts: number;
  /** How often a process is suspended until it has lost its jobs, and then resumed. */
  stalls: number;
  random: () => number;
  say: (line: string) => void;
}

/** The processes start this long before the posts are due. */
const LEAD_S = 10;
/** How long all posts may take after the last kill: the jobs of a killed process are lost for up to 15 seconds. */
const TIMEOUT_S = 240;

/**
 * Runs several processes on one PostgreSQL while all posts are due in the same minute and Discord misbehaves. Processes are
 * killed at random moments and started again; the database is stopped, crashed and restarted.
 */
export async function runManyProcesses(
  discord: Discord,
  tally: Tally,
  options: ManyProcessesOptions,
): Promise<Verdict> {
  const { processes, countdowns, random, say } = options;
  const postgres = await startPostgres({ durable: true });
  const env = { DATABASE_URL: postgres.url };
  const cluster = createCluster({ discord, processes, env, random });

  async function restartPostgres(): Promise<void> {
    const isCrash = tally.postgres % 2 === 1;
    await (isCrash ? postgres.crash() : postgres.stop());
    await delay(500 + random() * 5_500);
    await postgres.start();
    tally.postgres += 1;
    say(`PostgreSQL is back after ${isCrash ? 'a crash' : 'a stop'}, ${tally.kills} kills so far`);
  }

  try {
    const channels = await addCountdowns(discord, countdowns, env);
    const [due] = ROUNDS as [Temporal.Instant];
    await discord.turnTo(due.subtract({ seconds: LEAD_S }));
    await cluster.start();
    await discord.call('faults', createFaultRules(random));
    // The clock of a process that starts slowly is late, so wait for the first post.
    while (!(await hasPosts(discord))) await delay(50);
    say(`${due}: ${channels.length} posts are due`);

    await breakThings(cluster, tally, options, restartPostgres);
    await delay(4_000);
    await countFaults(discord, tally.faults);
    await discord.call('faults', []);
    await waitForMessages(discord, channels, 1, TIMEOUT_S);
    // Suspended processes and late requests may still post.
    await cluster.waitUntilResumed();
    await delay(3_000);
    say(await describeTiming(discord, channels, due));
    return await countPosts(discord, channels, 1);
  } finally {
    await cluster.stop();
    await postgres.end();
  }
}

/** Kills and suspends processes and restarts PostgreSQL, spread over the run. */
async function breakThings(
  cluster: Cluster,
  tally: Tally,
  { kills, restarts, stalls, random }: ManyProcessesOptions,
  restartPostgres: () => Promise<void>,
): Promise<void> {
  const killsPerRestart = Math.ceil(kills / (restarts + 1));
  for (let kill = 1; kill <= kills; kill += 1) {
    await delay(300 + random() * 1_700);
    if (tally.stalls < stalls && cluster.suspendRandom()) tally.stalls += 1;
    await cluster.killRandom();
    tally.kills += 1;
    if (kill % killsPerRestart === 0 && tally.postgres < restarts) await restartPostgres();
  }
}

async function hasPosts(discord: Discord): Promise<boolean> {
  const { requests } = await discord.call<{ requests: Record<string, number> }>('counters');
  return (requests['POST /channels/:id/messages'] ?? 0) > 0;
}

/** Returns how late the last post was, and the longest time without a post before it. */
async function describeTiming(
  discord: Discord,
  channels: readonly string[],
  due: Temporal.Instant,
): Promise<string> {
  const messages = (await Promise.all(channels.map(discord.messages))).flat();
  const delays = messages
    .map(({ timestamp }) => Temporal.Instant.from(timestamp).since(due).total('seconds'))
    .sort((a, b) => a - b);
  const gaps = delays.map((seconds, index) => seconds - (delays[index - 1] ?? 0));
  return `the last post was ${delays.at(-1)?.toFixed(1)} s late; the longest time without a post was ${Math.max(...gaps).toFixed(1)} s`;
}
