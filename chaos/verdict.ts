import type { Discord } from './discord.ts';
import { FAULT_NAMES, type FaultName } from './faults.ts';

/** Discord's limit for all requests together but the answers to interactions. Docs: "Rate Limits". */
export const MOST_PER_SECOND = 50;

/** What was done to the bot. */
export interface Tally {
  kills: number;
  /** How often a process stood still until others had taken over what it had in hand. */
  stalls: number;
  /** How often PostgreSQL went away and came back. */
  postgres: number;
  /** Kills after which the bot stayed away longer than Discord knows a nonce. */
  longAway: number;
  gateway: number;
  faults: Partial<Record<FaultName, number>>;
}

/** What came of it. */
export interface Verdict {
  expected: number;
  posted: number;
  lost: number;
  repeated: number;
  /** The most requests that arrived in any one second, as Discord's side counts them. */
  highestPerSecond: number;
}

/** Counts each channel's messages by what they are for: by nonce, which is made of countdown, milestone and date. */
export async function judge(
  discord: Discord,
  channels: readonly string[],
  milestones: number,
): Promise<Verdict> {
  const { highestPerSecond } = await discord.call<{ highestPerSecond: number }>('counters');
  const expected = channels.length * milestones;
  const verdict: Verdict = { expected, posted: 0, lost: 0, repeated: 0, highestPerSecond };
  for (const channel of channels) {
    const messages = await discord.messages(channel);
    // Without a nonce nothing tells two posts apart but their words, which name the days left.
    const kinds = new Set(messages.map(({ content, request }) => request.nonce ?? content));
    const words = new Set(messages.map(({ content }) => content));
    verdict.posted += messages.length;
    verdict.lost += Math.max(0, milestones - kinds.size);
    verdict.repeated += messages.length - Math.min(kinds.size, words.size);
  }
  return verdict;
}

/** What was not tried has no row. */
const only = (name: string, times: number): [string, number][] => (times > 0 ? [[name, times]] : []);

/** The table for people, as it stands in docs/what-happens-if.md. */
export function table(tally: Tally, verdict: Verdict): string {
  const rows: [string, number][] = [
    ['`kill -9` while posting', tally.kills],
    ...only('stood still until others had taken over', tally.stalls),
    ...only('PostgreSQL gone and back', tally.postgres),
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
    `${verdict.expected} posts due, ${verdict.posted} posted, ${verdict.lost} lost, ${verdict.repeated} repeated; at most ${verdict.highestPerSecond} requests in a second`,
  ].join('\n');
}
