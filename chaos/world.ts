import { setTimeout as delay } from 'node:timers/promises';
import type { Discord } from './discord.ts';
import { type RunningProcess, startProcess } from './process.ts';

/** The instant at which a run starts; the release is then planned for 2025-06-06. */
export const START = Temporal.Instant.from('2025-05-20T12:00:00Z');
/** When the milestones 7, 1 and 0 are due: 09:00 in New York. */
export const ROUNDS = ['2025-05-30T13:00:00Z', '2025-06-05T13:00:00Z', '2025-06-06T13:00:00Z'].map((at) =>
  Temporal.Instant.from(at),
);
const MILESTONES = '7,1,0';
const CHANNELS_PER_SERVER = 25;
/** How many commands run at the same time. */
const CONCURRENT_COMMANDS = 4;

/** Starts the bot as a separate process, at the sandbox's current time. */
export async function startBot(
  discord: Discord,
  env: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  return startProcess('src/main.ts', [], {
    DISCORD_TOKEN: 'chaos',
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'info',
    CONCIERGE_NOW: (await discord.now()).toString(),
    ...env,
  });
}

/** How often a command is sent to a bot that does not respond in Discord's three seconds. */
const MAX_COMMAND_ATTEMPTS = 20;

/**
 * Sends a command until the bot responds. On a slow machine it may miss Discord's three seconds, and repeating an order that
 * took effect changes nothing. Throws for any other error, and when it never responds.
 */
async function sendCommand(discord: Discord, command: object): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await discord.call('command', command);
      return;
    } catch (error) {
      const isSlow = error instanceof Error && error.message.includes('did not respond');
      if (!isSlow || attempt === MAX_COMMAND_ATTEMPTS) throw error;
    }
  }
}

/** Creates servers and adds a countdown in `count` channels by command. Returns the ids of the channels. */
export async function addCountdowns(
  discord: Discord,
  count: number,
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  await discord.call('world', {
    guilds: Math.ceil(count / CHANNELS_PER_SERVER) + 1,
    channelsEach: CHANNELS_PER_SERVER,
    limits: { channel: 1000 },
  });
  const channels = (await discord.channels()).slice(0, count);
  const bot = await startBot(discord, env);
  await bot.waitForLine(/"ready"/);
  const left = [...channels];
  const addNext = async () => {
    for (let channel = left.shift(); channel; channel = left.shift()) {
      const text = `/countdown add release:Ballerina channel:${channel.id} timezone:America/New_York time:09:00 milestones:${MILESTONES}`;
      await sendCommand(discord, { text, guild: channel.guild, channel: channel.id });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_COMMANDS }, addNext));
  await bot.kill();
  return channels.map(({ id }) => id);
}

/** Waits until each channel has `count` messages, but for no longer than `seconds`. */
export async function waitForMessages(
  discord: Discord,
  channels: readonly string[],
  count: number,
  seconds: number,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let left = [...channels];
  while (left.length > 0 && Date.now() < end) {
    const incomplete: string[] = [];
    for (const channel of left) {
      if ((await discord.messages(channel)).length < count) incomplete.push(channel);
    }
    left = incomplete;
    await delay(1_000);
  }
}
