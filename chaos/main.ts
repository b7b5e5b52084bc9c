import { parseArgs } from 'node:util';
import { startDiscord } from './discord.ts';
import { createRandom } from './faults.ts';
import { runManyProcesses } from './many-processes.ts';
import { runOneProcess } from './one-process.ts';
import { formatResult, MAX_INVALID_REQUESTS, MAX_REQUESTS_PER_SECOND, type Tally } from './verdict.ts';
import { START } from './world.ts';

/**
 * `npm run chaos`: runs one bot process, or several on one PostgreSQL, while Discord misbehaves. Processes are killed at
 * random moments while hundreds of posts are due in the same minute. Exits with 1 unless every channel has exactly one
 * message for each milestone, and no second had more requests than Discord allows.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    countdowns: { type: 'string' },
    kills: { type: 'string' },
    processes: { type: 'string', default: '3' },
    restarts: { type: 'string' },
    stalls: { type: 'string' },
  },
});
const { short, postgres } = values;
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const defaults = postgres
  ? { countdowns: short ? 150 : 1_000, kills: short ? 3 : 24, restarts: short ? 1 : 2, stalls: short ? 0 : 2 }
  : { countdowns: short ? 50 : 200, kills: short ? 4 : 24, restarts: 0, stalls: 0 };
const plan = {
  countdowns: Number(values.countdowns ?? defaults.countdowns),
  kills: Number(values.kills ?? defaults.kills),
  restarts: Number(values.restarts ?? defaults.restarts),
  stalls: Number(values.stalls ?? defaults.stalls),
  processes: Number(values.processes),
  random: createRandom(seed),
  say: (line: string) => void process.stdout.write(`${line}\n`),
};

async function main(): Promise<void> {
  const { say, countdowns, kills, processes, restarts, stalls } = plan;
  const command = `npm run chaos -- --seed ${seed}${postgres ? ' --postgres' : ''}${short ? ' --short' : ''}`;
  say(
    postgres
      ? `seed ${seed}: ${countdowns} countdowns due in the same minute, ${processes} processes; ${kills} kills, ${stalls} stalls, PostgreSQL restarted ${restarts} times. Repeat with: ${command}`
      : `seed ${seed}: ${countdowns} countdowns due in the same minute, 3 times; ${kills} kills. Repeat with: ${command}`,
  );
  const discord = await startDiscord(START);
  const tally: Tally = { kills: 0, stalls: 0, postgres: 0, longAway: 0, gateway: 0, faults: {} };
  try {
    const verdict = await (postgres ? runManyProcesses : runOneProcess)(discord, tally, plan);
    say(formatResult(tally, verdict));
    const hasFailed =
      verdict.lost + verdict.repeated > 0 ||
      verdict.highestPerSecond > MAX_REQUESTS_PER_SECOND ||
      verdict.invalid > MAX_INVALID_REQUESTS;
    process.exitCode = hasFailed ? 1 : 0;
  } finally {
    await discord.stop();
  }
}

await main();
