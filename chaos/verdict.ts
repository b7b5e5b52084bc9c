import type { Discord } from './discord.ts';
import { FAULT_NAMES, type FaultCounts } from './faults.ts';

/** Discord's global rate limit; answers to interactions do not count. Docs: "Rate Limits". */
export const MAX_REQUESTS_PER_SECOND = 50;

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
}

/** The most invalid requests that the bot may make; a run is shorter than two windows of ten minutes. */
export const MAX_INVALID_REQUESTS = 1_000;

/** The result of a run. */
export interface Verdict {
  expected: number;
  posted: number;
  lost: number;
  repeated: number;
  /** The most requests that the sandbox received in any one second. */
  highestPerSecond: number;
  /** The requests that Discord counts as invalid (401, 403, 429), in the whole run. */
  invalid: number;
}

/** Counts the messages of each channel by nonce, which is made of countdown, milestone and date. */
export async function countPosts(
  discord: Discord,
  channels: readonly string[],
  milestones: number,
): Promise<Verdict> {
  const { highestPerSecond, invalid } = await discord.call<{ highestPerSecond: number; invalid: number }>(
    'counters',
  );
  const expected = channels.length * milestones;
  const verdict: Verdict = { expected, posted: 0, lost: 0, repeated: 0, highestPerSecond, invalid };
  for (const channel of channels) {
    const messages = await discord.messages(channel);
    // Without a nonce, two posts differ only in their text, which contains the days left.
    const occurrences = new Set(messages.map(({ content, request }) => request.nonce ?? content));
    const texts = new Set(messages.map(({ content }) => content));
    verdict.posted += messages.length;
    verdict.lost += Math.max(0, milestones - occurrences.size);
    verdict.repeated += messages.length - Math.min(occurrences.size, texts.size);
  }
  return verdict;
}

/** Returns a row only if something happened. */
const optionalRow = (name: string, times: number): [string, number][] => (times > 0 ? [[name, times]] : []);

/** Returns the result as the Markdown table of `docs/what-happens-if.md`. */
export function formatResult(tally: Tally, verdict: Verdict): string {
  const rows: [string, number][] = [
    ['`kill -9` while posting', tally.kills],
    ...optionalRow('suspended until others had taken over', tally.stalls),
    ...optionalRow('PostgreSQL restarted', tally.postgres),
    ['… and away longer than Discord knows a nonce', tally.longAway],
    ['gateway closed (4000)', tally.gateway],
    ...FAULT_NAMES.map((name): [string, number] => [name, tally.faults[name] ?? 0]),
  ];
  return [
    '',
    '| fault | times |',
    '| --- | --- |',
    ...rows.map(([name, times]) => `| ${name} | ${times} |`),
    '',
    `${verdict.expected} posts due, ${verdict.posted} posted, ${verdict.lost} lost, ${verdict.repeated} repeated; at most ${verdict.highestPerSecond} requests in a second, ${verdict.invalid} invalid requests`,
  ].join('\n');
}
