import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Discord, startDiscord } from './discord.ts';
import { FAULT_NAMES, faultRules, seeded } from './faults.ts';
import { type Running, run } from './process.ts';
import { judge, type Tally, table } from './verdict.ts';

/**
 * Breaks the bot on purpose: as its own process against a Discord that misbehaves, it is killed at random moments while
 * hundreds of posts are due in the same minute. Every channel must end with exactly one message for each milestone.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    countdowns: { type: 'string' },
    kills: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const countdowns = Number(values.countdowns ?? (values.short ? 50 : 200));
const kills = Number(values.kills ?? (values.short ? 4 : 24));
const random = seeded(seed);
const between = (low: number, high: number) => low + random() * (high - low);

/** The release is planned for 2025-06-06 in this world, and these are the instants of its milestones, 09:00 in New York. */
const START = Temporal.Instant.from('2025-05-20T12:00:00Z');
const MILESTONES = '7,1,0';
const ROUNDS = ['2025-05-30T13:00:00Z', '2025-06-05T13:00:00Z', '2025-06-06T13:00:00Z'].map((at) =>
  Temporal.Instant.from(at),
);
const PER_SERVER = 25;
/** The bot lives at most this long while it posts: at 40 a second, each life gets to some of the posts only. */
const LONGEST_LIFE_MS = 900;
/** How long a round may take, in seconds of real time, after the last kill: the retries of what failed pause between tries. */
const PATIENCE_S = 150;

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'concierge-chaos-'));

async function startBot(discord: Discord): Promise<Running> {
  const bot = run('src/main.ts', [], {
    DISCORD_TOKEN: 'chaos',
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'bot.sqlite')}`,
    LOG_LEVEL: 'info',
    CONCIERGE_NOW: (await discord.now()).toString(),
  });
  return bot;
}

async function order(discord: Discord): Promise<string[]> {
  await discord.call('world', {
    guilds: Math.ceil(countdowns / PER_SERVER) + 1,
    channelsEach: PER_SERVER,
    limits: { channel: 1000 },
  });
  const channels = (await discord.channels()).slice(0, countdowns);
  const bot = await startBot(discord);
  await bot.line(/"ready"/);
  for (const { guild, id } of channels) {
    const text = `/countdown add release:Ballerina channel:${id} timezone:America/New_York time:09:00 milestones:${MILESTONES}`;
    await discord.call('command', { text, guild, channel: id });
  }
  await bot.kill();
  return channels.map(({ id }) => id);
}

/** One due minute: the bot is killed and started again and again while it posts, then left alone until it is done. */
async function round(
  discord: Discord,
  due: Temporal.Instant,
  channels: readonly string[],
  number: number,
  tally: Tally,
): Promise<void> {
  await discord.turnTo(due.subtract({ seconds: 2 }));
  await discord.call('faults', faultRules(random));
  let bot = await startBot(discord);
  for (let kill = 0; kill < Math.ceil(kills / ROUNDS.length); kill += 1) {
    await bot.line(/"ready"/);
    await delay(between(0, LONGEST_LIFE_MS));
    if (random() < 0.3) tally.gateway += await closeGateway(discord);
    await bot.kill();
    tally.kills += 1;
    if (random() < 0.25) {
      // Longer away than Discord knows a nonce: what was cut off has to be searched for.
      await discord.turnTo((await discord.now()).add({ minutes: 7 }));
      tally.longAway += 1;
    }
    bot = await startBot(discord);
  }
  await delay(4_000);
  await noteFaults(discord, tally);
  await discord.call('faults', []);

  const end = Date.now() + PATIENCE_S * 1000;
  while (Date.now() < end && !(await isComplete(discord, channels, number))) await delay(1_000);
  await bot.kill();
}

async function closeGateway(discord: Discord): Promise<number> {
  const rules = (await discord.call<{ fired: number }[]>('faults')) ?? [];
  const kept = rules.map(({ fired: _, ...rule }) => rule);
  await discord.call('faults', [...kept, { gateway: { close: 4000 } }]);
  return 1;
}

async function noteFaults(discord: Discord, tally: Tally): Promise<void> {
  const rules = await discord.call<{ fired: number }[]>('faults');
  FAULT_NAMES.forEach((name, at) => {
    tally.faults[name] = (tally.faults[name] ?? 0) + (rules[at]?.fired ?? 0);
  });
}

async function isComplete(discord: Discord, channels: readonly string[], number: number): Promise<boolean> {
  for (const channel of channels) {
    if ((await discord.messages(channel)).length < number) return false;
  }
  return true;
}

async function main(): Promise<void> {
  say(
    `seed ${seed}: ${countdowns} countdowns due in the same minute, ${ROUNDS.length} times; ${kills} kills. Again with: npm run chaos -- --seed ${seed}${values.short ? ' --short' : ''}`,
  );
  const discord = await startDiscord(START);
  const tally: Tally = { kills: 0, longAway: 0, gateway: 0, faults: {} };
  try {
    const channels = await order(discord);
    for (const [at, due] of ROUNDS.entries()) {
      await round(discord, due, channels, at + 1, tally);
      say(`${due}: done, ${tally.kills} kills so far`);
    }
    const verdict = await judge(discord, channels, ROUNDS.length);
    say(table(tally, verdict));
    process.exitCode = verdict.lost + verdict.repeated > 0 ? 1 : 0;
  } finally {
    await discord.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
