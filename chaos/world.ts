import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import { type Running, run } from './process.ts';

/** The release is planned for 2025-06-06 in this world, and these are the instants of its milestones, 09:00 in New York. */
export const START = Temporal.Instant.from('2025-05-20T12:00:00Z');
export const ROUNDS = ['2025-05-30T13:00:00Z', '2025-06-05T13:00:00Z', '2025-06-06T13:00:00Z'].map((at) =>
  Temporal.Instant.from(at),
);
const MILESTONES = '7,1,0';
const PER_SERVER = 25;
/** So many commands are given at a time. */
const AT_A_TIME = 4;

/** Starts the bot as its own process, with the clock of that Discord. */
export async function startBot(discord: Discord, env: Readonly<Record<string, string>>): Promise<Running> {
  return run('src/main.ts', [], {
    DISCORD_TOKEN: 'chaos',
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'info',
    CONCIERGE_NOW: (await discord.now()).toString(),
    ...env,
  });
}

/** Makes servers, orders a countdown in each of so many channels by command, and answers the channels. */
export async function order(
  discord: Discord,
  countdowns: number,
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  await discord.call('world', {
    guilds: Math.ceil(countdowns / PER_SERVER) + 1,
    channelsEach: PER_SERVER,
    limits: { channel: 1000 },
  });
  const channels = (await discord.channels()).slice(0, countdowns);
  const bot = await startBot(discord, env);
  await bot.line(/"ready"/);
  const left = [...channels];
  const add = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const text = `/countdown add release:Ballerina channel:${one.id} timezone:America/New_York time:09:00 milestones:${MILESTONES}`;
      await discord.call('command', { text, guild: one.guild, channel: one.id });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, add));
  await bot.kill();
  return channels.map(({ id }) => id);
}

/** Waits until each channel has so many messages; no longer than `seconds`. */
export async function complete(
  discord: Discord,
  channels: readonly string[],
  number: number,
  seconds: number,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let left = [...channels];
  while (left.length > 0 && Date.now() < end) {
    const still: string[] = [];
    for (const channel of left) if ((await discord.messages(channel)).length < number) still.push(channel);
    left = still;
    await delay(1_000);
  }
}
