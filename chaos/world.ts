import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelRef, CommandReply, Discord } from './discord.ts';
import { createFaultRules, endFaults, type FaultCounts } from './faults.ts';
import { type RunningProcess, startProcess } from './process.ts';

/** The instant at which a run starts; the release is then planned for 2025-06-06. */
export const START = Temporal.Instant.from('2025-05-20T12:00:00Z');
/** When the milestones 7, 1 and 0 are due: 09:00 in New York. */
export const ROUNDS = ['2025-05-30T13:00:00Z', '2025-06-05T13:00:00Z', '2025-06-06T13:00:00Z'].map((at) =>
  Temporal.Instant.from(at),
);
/** When the date of the release with the scheduled events moves, and the day on which they are then. */
export const MOVED_AT = Temporal.Instant.from('2025-05-31T00:00:00Z');
export const MOVED_TO = '2025-06-12';
const MOVING_RELEASE = 'ballerina/release/theatrical/it';

const WHEN = 'timezone:America/New_York time:09:00 milestones:7,1,0';
/** Two countdowns to the same day, so that a channel has two posts to publish in the same minute. */
const COUNTDOWNS = ['release:Ballerina', 'title:Party date:2025-06-06'] as const;
/** News of these kinds of a title becomes known before each round, and fits into one post. */
const FOLLOW = '/countdown follow title:ballerina what:date';
/** A server has at most this many countdowns. The announcement channels are in a server of their own. */
const CHANNELS_PER_SERVER = 25;
/** How many servers have a scheduled event. */
const SERVERS_WITH_EVENTS = 8;
/**
 * A channel publishes one post in an hour, so that the second has to wait for the limit. Discord's five seconds between two
 * starts do not apply: they would hide how soon a process that was killed is back.
 */
const LIMITS = { channel: 1000, publish: 1, identify: 1000 };
/** What countdowns have in turn: three of five have nothing, one cleans up, one is live. */
const EXTRAS = ['', ' keep:newest', ' live:true'] as const;
const extraOf = (index: number) => EXTRAS[Math.max(0, (index % 5) - 2)];

/** How many commands run at the same time. */
const CONCURRENT_COMMANDS = 4;
/** How often a command is sent to a bot that does not respond in Discord's three seconds, or asks to try again. */
const MAX_COMMAND_ATTEMPTS = 20;

/** How the bot is run. */
export interface BotRun {
  env: Readonly<Record<string, string>>;
  /** Called with each line of its log. */
  onLogLine: (line: string) => void;
}

/** The size of a world. */
export interface WorldSize {
  /** The number of channels with one countdown. */
  countdowns: number;
  /** The number of announcement channels with two countdowns. */
  announcements: number;
  /** The number of people with a reminder. */
  people: number;
  /** The number of channels that follow a title, at most as many as a server has countdowns. */
  follows: number;
}

/** What the bot was asked for in a world: where it posts, whom it reminds, and which servers have a scheduled event. */
export interface ChaosWorld {
  channels: readonly string[];
  /** The channels in which only the newest post stays. */
  kept: readonly string[];
  /** The channels with a live message. */
  live: readonly string[];
  announcements: readonly string[];
  people: readonly string[];
  follows: readonly string[];
  servers: readonly string[];
}

/** Starts the bot as a separate process, at the sandbox's current time. */
export async function startBot(discord: Discord, { env, onLogLine }: BotRun): Promise<RunningProcess> {
  const fixed = {
    DISCORD_TOKEN: 'a-token-of-the-chaos',
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'info',
    CONCIERGE_NOW: (await discord.now()).toString(),
  };
  return startProcess('src/main.ts', [], { ...fixed, ...env }, onLogLine);
}

/** How many people ask the bot something at the same time. */
const ASKING = 4;

/** Asks the bot something, as people do at any time. Whether the answers arrive does not matter. */
export function askSomething(discord: Discord): void {
  for (let asking = 0; asking < ASKING; asking += 1)
    void discord.call('command', { text: '/ballerina release' }).catch(() => {});
}

/** A command that orders something. */
interface Order {
  text: string;
  guild?: string | undefined;
  channel?: string;
  user?: string;
}

/** What the bot replies to an order that it has carried out, now or at an earlier attempt. */
const DONE = /Countdown added|Following|Reminder (set|changed)|scheduled event|already/;

/**
 * Sends an order until the bot has carried it out. On a slow machine it may miss Discord's three seconds, and repeating an order
 * changes nothing. Throws for any other error, and when the order is never carried out.
 */
async function sendOrder(discord: Discord, order: Order): Promise<void> {
  let problem = '';
  for (let attempt = 1; attempt <= MAX_COMMAND_ATTEMPTS; attempt += 1) {
    try {
      const { reply } = await discord.call<CommandReply>('command', order);
      problem = [reply?.content, ...(reply?.embeds ?? []).map(({ title }) => title)].join(' ');
      if (DONE.test(problem)) return;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      if (!problem.includes('did not respond')) throw error;
    }
  }
  throw new Error(`${order.text}: ${problem}`);
}

/**
 * Creates servers, channels and people, and asks the bot for countdowns, reminders and scheduled events by command. Opening direct
 * messages and creating events meet faults meanwhile.
 */
export async function createWorld(
  discord: Discord,
  size: WorldSize,
  run: BotRun,
  { random, faults }: { random: () => number; faults: FaultCounts },
): Promise<ChaosWorld> {
  const channels = await addChannels(discord, size.countdowns);
  const { guilds } = await discord.state();
  const servers = guilds.slice(0, SERVERS_WITH_EVENTS).map(({ id }) => id);
  const announcements = await addAnnouncementChannels(discord, guilds.at(-1)?.id ?? '', size.announcements);
  const follows = refsOf(guilds.at(-2)).slice(0, size.follows);
  const people = await addPeople(discord, servers[0] ?? '', size.people);
  const orders: Order[] = [
    ...people.map((user) => ({ text: `/remind me ${COUNTDOWNS[0]} ${WHEN}`, guild: servers[0], user })),
    ...servers.map((guild) => ({ text: `/countdown event release:${MOVING_RELEASE}`, guild })),
    ...announcements.flatMap((channel) => COUNTDOWNS.map((text) => addCommand(channel, text))),
    ...channels.map((channel, index) => addCommand(channel, `${COUNTDOWNS[0]}${extraOf(index)}`)),
    ...follows.map(({ guild, id }) => ({ text: `${FOLLOW} channel:${id}`, guild, channel: id })),
  ];

  const bot = await startBot(discord, run);
  await bot.waitForLine(/"ready"/);
  await discord.call('faults', createFaultRules(random, ['opening DMs', 'events']));
  const sendNext = async () => {
    for (let order = orders.shift(); order; order = orders.shift()) await sendOrder(discord, order);
  };
  await Promise.all(Array.from({ length: CONCURRENT_COMMANDS }, sendNext));
  await endFaults(discord, faults);
  await bot.kill();
  const ids = (refs: readonly ChannelRef[]) => refs.map(({ id }) => id);
  const having = (extra: string) => ids(channels.filter((_, index) => extraOf(index) === extra));
  const [none, kept, live] = EXTRAS.map(having);
  return {
    channels: none ?? [],
    kept: kept ?? [],
    live: live ?? [],
    announcements: ids(announcements),
    people,
    follows: ids(follows),
    servers,
  };
}

const addCommand = ({ guild, id }: ChannelRef, what: string): Order => ({
  text: `/countdown add ${what} channel:${id} ${WHEN}`,
  guild,
  channel: id,
});

async function addChannels(discord: Discord, count: number): Promise<ChannelRef[]> {
  await discord.call('world', {
    guilds: Math.max(SERVERS_WITH_EVENTS, Math.ceil(count / CHANNELS_PER_SERVER) + 3),
    channelsEach: CHANNELS_PER_SERVER,
    limits: LIMITS,
  });
  const { guilds } = await discord.state();
  return guilds.flatMap(refsOf).slice(0, count);
}

const refsOf = (guild: { id: string; channels: readonly { id: string }[] } | undefined): ChannelRef[] =>
  guild ? guild.channels.map(({ id }) => ({ guild: guild.id, id })) : [];

async function addAnnouncementChannels(
  discord: Discord,
  guild: string,
  count: number,
): Promise<ChannelRef[]> {
  for (let number = 0; number < count; number += 1)
    await discord.call('world', { addChannel: { name: `news-${number}`, guild, type: 'announcement' } });
  const { guilds } = await discord.state();
  const channels = guilds.find(({ id }) => id === guild)?.channels ?? [];
  return channels.filter(({ name }) => name.startsWith('news-')).map(({ id }) => ({ guild, id }));
}

async function addPeople(discord: Discord, guild: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, number) => `person-${number}`);
  for (const name of names) await discord.call('world', { addMember: { name, guild } });
  const { guilds } = await discord.state();
  const members = guilds.find(({ id }) => id === guild)?.members ?? [];
  return members.filter(({ name }) => names.includes(name)).map(({ id }) => id);
}

/** Returns how many posts and direct messages the bot has tried to send. */
export async function countAttempts(discord: Discord): Promise<number> {
  const { requests } = await discord.call<{ requests: Record<string, number> }>('counters');
  return requests['POST /channels/:id/messages'] ?? 0;
}

/** The time limit for half of the due messages, in seconds of real time. Faults are drawn during it. */
const HALF_TIMEOUT_S = 30;

/**
 * Waits until the bot has tried to send half of the due messages, and two seconds longer. So a slow machine sends some during the
 * faults too. `before` is the number of earlier attempts.
 */
export async function waitForHalf(discord: Discord, size: WorldSize, before: number): Promise<void> {
  const due = size.countdowns + size.announcements * 2 + size.people + size.follows;
  await waitUntil(async () => (await countAttempts(discord)) - before >= due / 2, HALF_TIMEOUT_S);
  await delay(2_000);
}

/** Waits until a check succeeds, but for no longer than `seconds`. Returns whether it did. */
export async function waitUntil(isDone: () => Promise<boolean>, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await isDone()) return true;
    if (Date.now() >= end) return false;
    await delay(500);
  }
}
