import { z } from 'zod';
import { DAY_PATTERN } from '../facts/dates.ts';

/** What a server may ask for at most. */
export const MOST_COUNTDOWNS = 25;
export const MOST_MILESTONES = 10;
export const LONGEST_MILESTONE_DAYS = 365;

/** Why a channel is silent, and so what an admin can do about it. */
export const PAUSE_REASONS = ['channel-gone', 'no-access', 'no-permission', 'guild-gone', 'bug'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

const snowflake = z.string().regex(/^\d{17,20}$/);

/** A server's standing order: what is counted to, where it is posted, and when. Written only by commands. */
export const countdownSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]{10}$/)
    .describe('The name of the countdown in buttons and in the ledger'),
  channelId: snowflake.describe('The channel that asked for it'),
  release: z.string().describe('The release that is counted to'),
  anniversary: z.boolean().describe('Whether it counts to the anniversaries of a release that is past'),
  timeZone: z.string().describe('The time zone of its posts'),
  time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .describe('The local time of its posts'),
  milestones: z
    .array(z.number().int().min(0).max(LONGEST_MILESTONE_DAYS))
    .min(1)
    .describe('Days before, the farthest first'),
  roleId: snowflake.optional().describe('The role that is mentioned'),
  locale: z.string().describe("The server's language"),
  createdAt: z.string().describe('When it was added'),
});
export type Countdown = z.output<typeof countdownSchema>;

/** How far a countdown has come. Written only by delivery, so that an edit and a post never overwrite each other. */
export const progressSchema = z.strictObject({
  told: z.string().regex(DAY_PATTERN).nullable().describe('The date that the channel was last told'),
  settledThrough: z.string().describe('Everything due up to this instant is settled'),
  unsure: z.string().optional().describe('When a post was due of which it is not known whether it arrived'),
  paused: z.enum(PAUSE_REASONS).optional().describe('Why nothing is posted until something changes'),
});
export type Progress = z.output<typeof progressSchema>;

/** The countdowns of one server. */
export const guildCountdownsSchema = z.strictObject({
  countdowns: z.array(countdownSchema).max(MOST_COUNTDOWNS),
});
export type GuildCountdowns = z.output<typeof guildCountdownsSchema>;

/** What a countdown knows when it is new: the date of today's facts, and that nothing before now is owed. */
export function newProgress(date: string | null, now: Temporal.Instant): Progress {
  return { told: date, settledThrough: now.toString() };
}
