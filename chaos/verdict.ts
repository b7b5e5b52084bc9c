import { type Count, postsAmong } from './count.ts';
import type { Discord, PostedMessage } from './discord.ts';
import { FAULT_NAMES, type FaultCounts, ROUTE_NAMES } from './faults.ts';
import { countKept, countLive } from './upkeep-counts.ts';
import { type ChaosWorld, MOVED_TO, waitUntil } from './world.ts';

/** Discord's global rate limit; answers to interactions do not count. Docs: "Rate Limits". */
const MAX_REQUESTS_PER_SECOND = 50;
/** The most invalid requests that the bot may make; a run is shorter than two windows of ten minutes. */
const MAX_INVALID_REQUESTS = 1_000;
/** The flag of a message that was published. Docs: "Message", message flags. */
const CROSSPOSTED = 1 << 0;
/** The bot's token, and those of interactions, which begin with "interaction:" in base64. */
const SECRETS = /a-token-of-the-chaos|aW50ZXJhY3Rpb246/;

/** What was done to the bot. */
export interface Tally {
  kills: number;
  /** How often a process was suspended until others had taken over its work. */
  stalls: number;
  /** How often PostgreSQL was stopped or crashed, and started again. */
  postgres: number;
  /** Kills after which the bot was away for longer than Discord knows a nonce. */
  longAway: number;
  gateway: number;
  faults: FaultCounts;
  /** The lines of the log that contain a token. */
  leaks: string[];
}

/** Returns a tally of nothing. */
export const createTally = (): Tally => ({
  kills: 0,
  stalls: 0,
  postgres: 0,
  longAway: 0,
  gateway: 0,
  faults: {},
  leaks: [],
});

/** Notes a line of the bot's log that contains a token. */
export function checkLogLine(tally: Tally, line: string): void {
  if (SECRETS.test(line)) tally.leaks.push(line);
}

/** The result of a run. */
export interface Verdict {
  /** What is counted, by its name in the result. */
  counts: Readonly<
    Record<'posts' | 'clean-up' | 'live' | 'reminders' | 'news' | 'publications' | 'events', Count>
  >;
  /** Whether Discord has the bot's commands. */
  hasCommands: boolean;
  /** The most requests that the sandbox received in any one second. */
  highestPerSecond: number;
  /** The requests that Discord counts as invalid (401, 403, 429), in the whole run. */
  invalid: number;
}

/** Returns why a run has failed; nothing if it has not. */
export function findFailures({ leaks }: Tally, verdict: Verdict): string[] {
  const { counts, hasCommands, highestPerSecond, invalid } = verdict;
  return [
    ...Object.entries(counts).flatMap(([name, { lost, repeated, wronglyDeleted = 0 }]) =>
      lost + repeated + wronglyDeleted > 0
        ? [`${name}: ${lost} lost, ${repeated} repeated, ${wronglyDeleted} wrongly deleted`]
        : [],
    ),
    ...(hasCommands ? [] : ['the commands are not registered']),
    ...(highestPerSecond > MAX_REQUESTS_PER_SECOND ? [`${highestPerSecond} requests in a second`] : []),
    ...(invalid > MAX_INVALID_REQUESTS ? [`${invalid} invalid requests`] : []),
    ...leaks.slice(0, 3).map((line) => `a token in the log: ${line}`),
  ];
}

/** Where messages are due, and how many. */
interface Place {
  read: () => Promise<PostedMessage[]>;
  expected: number;
}

function listPlaces(discord: Discord, world: ChaosWorld, milestones: number) {
  const channel = (id: string, expected: number): Place => ({ read: () => discord.messages(id), expected });
  return {
    posts: [
      ...world.channels.map((id) => channel(id, milestones)),
      ...world.announcements.map((id) => channel(id, milestones * 2)),
    ],
    news: world.follows.map((id) => channel(id, milestones)),
    reminders: world.people.map((id): Place => ({ read: () => discord.directs(id), expected: milestones })),
  };
}

/** Counts what the bot has done in a world. `milestones` is how many of each countdown were due. */
export async function countResults(
  discord: Discord,
  world: ChaosWorld,
  milestones: number,
): Promise<Verdict> {
  const { highestPerSecond, invalid } = await discord.call<{ highestPerSecond: number; invalid: number }>(
    'counters',
  );
  const { posts, reminders, news } = listPlaces(discord, world, milestones);
  return {
    counts: {
      posts: await countMessages(posts),
      'clean-up': await countKept(discord, world, milestones),
      live: await countLive(discord, world, milestones),
      reminders: await countMessages(reminders),
      news: await countMessages(news),
      publications: await countPublications(discord, world, milestones),
      events: await countEvents(discord, world),
    },
    hasCommands: await hasCommands(discord),
    highestPerSecond,
    invalid,
  };
}

/** Waits until each channel and each person has as many messages as are due, but for no longer than `seconds`. */
export async function waitForMessages(
  discord: Discord,
  world: ChaosWorld,
  milestones: number,
  seconds: number,
): Promise<void> {
  const { posts, reminders, news } = listPlaces(discord, world, milestones);
  let left = [...posts, ...reminders, ...news];
  await waitUntil(async () => {
    const incomplete: Place[] = [];
    for (const place of left) if ((await countMessages([place])).lost > 0) incomplete.push(place);
    left = incomplete;
    return left.length === 0;
  }, seconds);
}

/** Returns whether all posts are published, the scheduled events are where they belong, and the commands are registered. */
export async function isSettled(
  discord: Discord,
  world: ChaosWorld,
  { milestones, hasMoved }: { milestones: number; hasMoved: boolean },
): Promise<boolean> {
  if ((await countPublications(discord, world, milestones)).lost > 0) return false;
  if ((await countKept(discord, world, milestones)).lost > 0) return false;
  if ((await countLive(discord, world, milestones)).lost > 0) return false;
  if (hasMoved && (await countEvents(discord, world)).lost > 0) return false;
  return hasCommands(discord);
}

const hasCommands = async (discord: Discord) => (await discord.state()).commands.length > 0;

/** Counts the posts by nonce, which is made of countdown, milestone and date. */
async function countMessages(places: readonly Place[]): Promise<Count> {
  const total: Count = { expected: 0, made: 0, lost: 0, repeated: 0 };
  for (const { read, expected } of places) {
    const posts = postsAmong(await read());
    const occurrences = new Set(posts.map(({ request }) => request.nonce));
    // Two posts of one countdown differ in their text, which contains the days left.
    const texts = new Set(posts.map(({ content }) => content));
    total.expected += expected;
    total.made += posts.length;
    total.lost += Math.max(0, expected - occurrences.size);
    total.repeated += posts.length - Math.min(occurrences.size, texts.size);
  }
  return total;
}

async function countPublications(
  discord: Discord,
  { announcements }: ChaosWorld,
  milestones: number,
): Promise<Count> {
  const expected = announcements.length * milestones * 2;
  const messages = postsAmong((await Promise.all(announcements.map(discord.messages))).flat());
  // Discord itself publishes a message only once.
  const made = messages.filter(({ flags }) => flags & CROSSPOSTED).length;
  return { expected, made, lost: Math.max(0, expected - made), repeated: 0 };
}

/** Counts the servers' scheduled events: one each, on the day to which the date has moved. */
async function countEvents(discord: Discord, { servers }: ChaosWorld): Promise<Count> {
  const total: Count = { expected: servers.length, made: 0, lost: 0, repeated: 0 };
  for (const { id, events } of (await discord.state()).guilds) {
    if (!servers.includes(id)) continue;
    total.made += events.length;
    total.repeated += Math.max(0, events.length - 1);
    if (!events.some(({ scheduled_start_time: start }) => start.startsWith(MOVED_TO))) total.lost += 1;
  }
  return total;
}

/** Returns a row only if something happened. */
const optionalRow = (name: string, times: number): [string, number][] => (times > 0 ? [[name, times]] : []);

/** Returns the result as the Markdown tables of `docs/what-happens-if.md`. */
export function formatResult(tally: Tally, verdict: Verdict): string {
  const done: [string, number][] = [
    ['`kill -9` while posting', tally.kills],
    ...optionalRow('suspended until others had taken over', tally.stalls),
    ...optionalRow('PostgreSQL restarted', tally.postgres),
    ['… and away longer than Discord knows a nonce', tally.longAway],
    ['gateway closed (4000)', tally.gateway],
  ];
  const cells = (name: (typeof FAULT_NAMES)[number]) =>
    ROUTE_NAMES.map((route) => tally.faults[name]?.[route] ?? 0).join(' | ');
  const results = Object.entries(verdict.counts).map(
    ([name, { expected, made, lost, repeated, wronglyDeleted = 0 }]) =>
      `| ${name} | ${expected} | ${made} | ${lost} | ${repeated} | ${wronglyDeleted} |`,
  );
  return [
    '',
    '| what | times |',
    '| --- | --- |',
    ...done.map(([name, times]) => `| ${name} | ${times} |`),
    '',
    `| fault | ${ROUTE_NAMES.join(' | ')} |`,
    `| --- |${' --- |'.repeat(ROUTE_NAMES.length)}`,
    ...FAULT_NAMES.map((name) => `| ${name} | ${cells(name)} |`),
    '',
    '| result | due | made | lost | repeated | wrongly deleted |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results,
    '',
    `At most ${verdict.highestPerSecond} requests in a second, ${verdict.invalid} invalid requests.`,
  ].join('\n');
}
