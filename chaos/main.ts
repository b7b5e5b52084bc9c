import { parseArgs } from 'node:util';
import { startDiscord } from './discord.ts';
import { createRandom } from './faults.ts';
import { runManyProcesses } from './many-processes.ts';
import { runOneProcess } from './one-process.ts';
import { createTally, findFailures, formatResult } from './verdict.ts';
import { START } from './world.ts';

/**
 * `npm run chaos`: runs one bot process, or several on one PostgreSQL, while Discord misbehaves. Processes are killed at
 * random moments while hundreds of posts are due in the same minute. Exits with 1 unless every channel and every person has exactly
 * one message for each milestone, each post of an announcement channel is published, each scheduled event is on its day, and the
 * bot kept to Discord's limits.
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
const countdowns = Number(values.countdowns ?? defaults.countdowns);
const plan = {
  size: { countdowns, announcements: short ? 3 : 10, people: short ? 4 : 16, follows: short ? 4 : 16 },
  kills: Number(values.kills ?? defaults.kills),
  restarts: Number(values.restarts ?? defaults.restarts),
  stalls: Number(values.stalls ?? defaults.stalls),
  processes: Number(values.processes),
  random: createRandom(seed),
  say: (line: string) => void process.stdout.write(`${line}\n`),
};

async function main(): Promise<void> {
  const { say, kills, processes, restarts, stalls } = plan;
  const command = `npm run chaos -- --seed ${seed}${postgres ? ' --postgres' : ''}${short ? ' --short' : ''}`;
  say(
    postgres
      ? `seed ${seed}: ${countdowns} countdowns due in the same minute, ${processes} processes; ${kills} kills, ${stalls} stalls, PostgreSQL restarted ${restarts} times. Repeat with: ${command}`
      : `seed ${seed}: ${countdowns} countdowns due in the same minute, 3 times; ${kills} kills. Repeat with: ${command}`,
  );
  const discord = await startDiscord(START);
  const tally = createTally();
  try {
    const verdict = await (postgres ? runManyProcesses : runOneProcess)(discord, tally, plan);
    say(formatResult(tally, verdict));
    const failures = findFailures(tally, verdict);
    for (const failure of failures) say(`FAILED: ${failure}`);
    process.exitCode = failures.length > 0 ? 1 : 0;
  } finally {
    await discord.stop();
  }
}

await main();
