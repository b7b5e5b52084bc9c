import { parseArgs } from 'node:util';
import { startDiscord } from './discord.ts';
import { seeded } from './faults.ts';
import { manyProcesses } from './many-processes.ts';
import { oneProcess } from './one-process.ts';
import { MOST_PER_SECOND, type Tally, table } from './verdict.ts';
import { START } from './world.ts';

/**
 * Breaks the bot on purpose: as its own process, or as several on one PostgreSQL, against a Discord that misbehaves. It is
 * killed at random moments while hundreds of posts are due in the same minute. Every channel must end with exactly one
 * message for each milestone.
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
const usual = postgres
  ? { countdowns: short ? 150 : 1_000, kills: short ? 3 : 24, restarts: short ? 1 : 2, stalls: short ? 0 : 2 }
  : { countdowns: short ? 50 : 200, kills: short ? 4 : 24, restarts: 0, stalls: 0 };
const plan = {
  countdowns: Number(values.countdowns ?? usual.countdowns),
  kills: Number(values.kills ?? usual.kills),
  restarts: Number(values.restarts ?? usual.restarts),
  stalls: Number(values.stalls ?? usual.stalls),
  processes: Number(values.processes),
  random: seeded(seed),
  say: (line: string) => void process.stdout.write(`${line}\n`),
};

async function main(): Promise<void> {
  const { say, countdowns, kills, processes, restarts, stalls } = plan;
  const again = `npm run chaos -- --seed ${seed}${postgres ? ' --postgres' : ''}${short ? ' --short' : ''}`;
  say(
    postgres
      ? `seed ${seed}: ${countdowns} countdowns due in the same minute, ${processes} processes; ${kills} kills, ${stalls} stalls, PostgreSQL restarted ${restarts} times. Again with: ${again}`
      : `seed ${seed}: ${countdowns} countdowns due in the same minute, 3 times; ${kills} kills. Again with: ${again}`,
  );
  const discord = await startDiscord(START);
  const tally: Tally = { kills: 0, stalls: 0, postgres: 0, longAway: 0, gateway: 0, faults: {} };
  try {
    const verdict = await (postgres ? manyProcesses : oneProcess)(discord, tally, plan);
    say(table(tally, verdict));
    const broken = verdict.lost + verdict.repeated > 0 || verdict.highestPerSecond > MOST_PER_SECOND;
    process.exitCode = broken ? 1 : 0;
  } finally {
    await discord.stop();
  }
}

await main();
