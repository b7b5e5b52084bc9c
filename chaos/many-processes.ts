import { setTimeout as delay } from 'node:timers/promises';
import { type PostgresServer, startPostgres } from '../test/postgres-server.ts';
import { type Cluster, createCluster } from './cluster.ts';
import { postsAmong } from './count.ts';
import type { Discord } from './discord.ts';
import { createFaultRules, endFaults } from './faults.ts';
import { settle } from './settle.ts';
import { checkLogLine, countResults, type Tally, type Verdict, waitForMessages } from './verdict.ts';
import {
  askSomething,
  type ChaosWorld,
  countAttempts,
  createWorld,
  MOVED_AT,
  ROUNDS,
  type WorldSize,
  waitForHalf,
} from './world.ts';

/** The size of a run with several processes. */
export interface ManyProcessesOptions {
  processes: number;
  size: WorldSize;
  kills: number;
  /** How often PostgreSQL is restarted: alternately after a clean stop and after a crash. */
  restarts: number;
  /** How often a process is suspended until it has lost its jobs, and then resumed. */
  stalls: number;
  random: () => number;
  say: (line: string) => void;
}

/** What the phases of a run share. */
interface Run {
  discord: Discord;
  tally: Tally;
  options: ManyProcessesOptions;
  postgres: PostgresServer;
  /** Creates another cluster on the same database. */
  createCluster: () => Cluster;
}

/** The processes start this long before the posts are due. */
const LEAD_S = 10;
/** How long all posts may take after the last kill: the jobs of a killed process are lost for up to 15 seconds. */
const TIMEOUT_S = 240;
/** How long the processes run while the date of the scheduled events moves, in milliseconds. */
const MOVE_MS = 6_000;

/**
 * Runs several processes on one PostgreSQL while all posts are due in the same minute and Discord misbehaves. Processes are
 * killed at random moments and started again; the database is stopped, crashed and restarted. Then a date moves.
 */
export async function runManyProcesses(
  discord: Discord,
  tally: Tally,
  options: ManyProcessesOptions,
): Promise<Verdict> {
  const { processes, size, random } = options;
  const postgres = await startPostgres({ durable: true });
  const onLogLine = (line: string) => checkLogLine(tally, line);
  const botRun = { env: { DATABASE_URL: postgres.url }, onLogLine };
  const run: Run = {
    discord,
    tally,
    options,
    postgres,
    createCluster: () => createCluster({ discord, processes, run: botRun, random }),
  };
  try {
    const world = await createWorld(discord, size, botRun, { random, faults: tally.faults });
    await postAll(run, world);
    await moveDate(run);
    const start = async () => {
      const cluster = run.createCluster();
      await cluster.start();
      return cluster.stop;
    };
    await settle({ discord, world, start, milestones: 1, hasMoved: true });
    return await countResults(discord, world, 1);
  } finally {
    await postgres.end();
  }
}

/** Has all posts due in the same minute, and kills and restarts what can be killed. */
async function postAll(run: Run, world: ChaosWorld): Promise<void> {
  const { discord, tally, options } = run;
  const { say, random } = options;
  const [due] = ROUNDS as [Temporal.Instant];
  const cluster = run.createCluster();
  try {
    await discord.turnTo(due.subtract({ seconds: LEAD_S }));
    await discord.deleteCommands();
    await discord.call('faults', createFaultRules(random));
    await cluster.start();
    // The clock of a process that starts slowly is late, so wait for the first post.
    while ((await countAttempts(discord)) === 0) await delay(50);
    say(`${due}: the posts are due`);

    await breakThings(run, cluster);
    await waitForHalf(discord, options.size, 0);
    await endFaults(discord, tally.faults);
    await waitForMessages(discord, world, 1, TIMEOUT_S);
    // Suspended processes and late requests may still post.
    await cluster.waitUntilResumed();
    await delay(3_000);
    say(await describeTiming(discord, world.channels, due));
  } finally {
    await cluster.stop();
  }
}

/** Kills and suspends processes and restarts PostgreSQL, spread over the run. */
async function breakThings(run: Run, cluster: Cluster): Promise<void> {
  const { discord, tally } = run;
  const { kills, restarts, stalls, random } = run.options;
  const killsPerRestart = Math.ceil(kills / (restarts + 1));
  for (let kill = 1; kill <= kills; kill += 1) {
    askSomething(discord);
    await delay(300 + random() * 1_700);
    if (tally.stalls < stalls && cluster.suspendRandom()) tally.stalls += 1;
    await cluster.killRandom();
    tally.kills += 1;
    if (kill % killsPerRestart === 0 && tally.postgres < restarts) await restartPostgres(run);
  }
}

async function restartPostgres({ postgres, tally, options: { random, say } }: Run): Promise<void> {
  const isCrash = tally.postgres % 2 === 1;
  await (isCrash ? postgres.crash() : postgres.stop());
  await delay(500 + random() * 5_500);
  await postgres.start();
  tally.postgres += 1;
  say(`PostgreSQL is back after ${isCrash ? 'a crash' : 'a stop'}, ${tally.kills} kills so far`);
}

/** Turns the clock to where a date moves, while Discord misbehaves and a process is killed. */
async function moveDate({ discord, tally, options, createCluster: create }: Run): Promise<void> {
  const cluster = create();
  try {
    await discord.turnTo(MOVED_AT.add({ seconds: 1 }));
    await discord.call('faults', createFaultRules(options.random));
    await cluster.start();
    await delay(options.random() * MOVE_MS);
    await cluster.killRandom();
    tally.kills += 1;
    await delay(MOVE_MS);
    await endFaults(discord, tally.faults);
  } finally {
    await cluster.stop();
  }
}

/** Returns how late the last post was, and the longest time without a post before it. */
async function describeTiming(
  discord: Discord,
  channels: readonly string[],
  due: Temporal.Instant,
): Promise<string> {
  const messages = postsAmong((await Promise.all(channels.map(discord.messages))).flat());
  const delays = messages
    .map(({ timestamp }) => Temporal.Instant.from(timestamp).since(due).total('seconds'))
    .sort((a, b) => a - b);
  const gaps = delays.map((seconds, index) => seconds - (delays[index - 1] ?? 0));
  return `the last post was ${delays.at(-1)?.toFixed(1)} s late; the longest time without a post was ${Math.max(...gaps).toFixed(1)} s`;
}
