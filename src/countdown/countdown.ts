import { z } from 'zod';
import { DAY_PATTERN } from '../facts/dates.ts';
import { followSchema } from './follow/follow.ts';
import { newsProgressSchema } from './follow/news.ts';

/** The most countdowns of a server. */
export const MAX_COUNTDOWNS = 25;
/** The most milestones of a countdown. */
export const MAX_MILESTONES = 10;
/** The most days that a milestone may be before the date. */
export const MAX_MILESTONE_DAYS = 365;
/** The same in minutes, for milestones of a date with an hour. */
export const MAX_MILESTONE_MINUTES = MAX_MILESTONE_DAYS * 24 * 60;
/** The longest title of a server's own date, in UTF-16 units. */
export const MAX_TITLE_LENGTH = 80;

/** Why nothing is posted to a channel; each reason has a message that tells what to do. */
export const PAUSE_REASONS = [
  'channel-gone',
  'no-access',
  'no-permission',
  'thread-locked',
  'direct-closed',
  'guild-gone',
  'bug',
] as const;
/** One of the reasons. */
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Why the content of one post was refused; each reason has a message that tells what to do. */
export const CONTENT_REFUSALS = ['automod', 'link', 'invalid'] as const;
/** One of the reasons. */
export type ContentRefusal = (typeof CONTENT_REFUSALS)[number];

/** What happens to older posts: only the newest stays, or none after the day. Without a choice, all stay. */
const KEPT_POSTS = ['newest', 'none'] as const;
/** One of the choices. */
export type KeptPosts = (typeof KEPT_POSTS)[number];

const snowflake = z.string().regex(/^\d{17,20}$/);
const day = z.string().regex(DAY_PATTERN);
const timeZone = z.string();
const time = z.string().regex(/^\d{2}:\d{2}$/);
/** A day, or a day with its hour: "2026-12-24T20:00". */
const toldDate = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/);
const milestones = z.array(z.number().int().min(0).max(MAX_MILESTONE_DAYS));
const minutesBefore = z.array(z.number().int().min(1).max(MAX_MILESTONE_MINUTES)).min(1);

/** The `release` of a countdown to a date of the server's own. No slot of the facts has this id. */
export const OWN = 'own';

/** A date of the server's own: only an edit moves it. */
const ownDateSchema = z.strictObject({
  title: z.string().min(1).max(MAX_TITLE_LENGTH).describe('What the server calls it'),
  date: day.describe('When it is'),
  time: time.optional().describe('The local time at which it starts, if it has one'),
  movedOn: day.optional().describe('When it was moved, if the channel is to be notified'),
});
/** A date of the server's own. */
export type OwnDate = z.output<typeof ownDateSchema>;

/** A countdown as it was ordered: what it counts to, where it posts, and when. Written only by commands. */
export const countdownSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]{10}$/)
    .describe('The id of the countdown in buttons and in the ledger'),
  channelId: snowflake.describe('The channel of its posts'),
  personal: z.literal(true).optional().describe('Whether it is a person’s reminder, in a direct message'),
  publish: z
    .boolean()
    .optional()
    .describe('Whether its posts are published to the channels that follow this one'),
  release: z
    .string()
    .describe(
      'The release that is counted to, "own" for a date of the server’s own, or the title that is followed',
    ),
  own: ownDateSchema.optional().describe('The date of the server’s own'),
  follow: followSchema.optional().describe('The news that is posted, if it counts to nothing'),
  anniversary: z.boolean().describe('Whether it counts to the anniversaries of a release that is past'),
  timeZone: timeZone.describe('The time zone of its posts'),
  time: time.describe('The local time of its posts'),
  milestones: milestones.describe('Days before, the farthest first'),
  minutesBefore: minutesBefore
    .optional()
    .describe('Minutes before the start of a date with an hour, the farthest first'),
  roleId: snowflake.optional().describe('The role that is mentioned'),
  locale: z.string().describe('The language of its posts'),
  sentence: z.string().optional().describe('The sentence of its posts, if it is not the bot’s'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional()
    .describe('The colour of its pictures, if it is not gold'),
  pictureOff: z.literal(true).optional().describe('Whether its posts come without a picture'),
  createdAt: z.string().describe('When it was added'),
  since: z.string().optional().describe('When it was last changed: posts that were due before are skipped'),
  owed: z
    .strictObject({
      key: z.string().describe('Which post'),
      due: z.string().describe('When it was due'),
    })
    .optional()
    .describe('The post that was due, and not yet made, when it was changed'),
  pausedAt: z.string().optional().describe('When an admin paused it'),
  keep: z.enum(KEPT_POSTS).optional().describe('Which of its posts stay, if not all'),
  live: z
    .literal(true)
    .optional()
    .describe('Whether one message is edited each day in place of the milestones'),
});
/** A countdown as it was ordered. */
export type Countdown = z.output<typeof countdownSchema>;

/** How far a countdown has come. Written only by delivery, so that edits and posts never overwrite each other. */
export const progressSchema = z.strictObject({
  told: toldDate.nullable().describe('The date that was last announced in the channel, with its hour'),
  settledThrough: z.string().describe('Everything due up to this instant was posted or skipped'),
  unsure: z.string().optional().describe('When a post was due that may or may not have been made'),
  paused: z.enum(PAUSE_REASONS).optional().describe('Why the channel refuses posts'),
  pausedIn: snowflake.optional().describe('The channel that refused a post'),
  silence: z.string().optional().describe('A random name for the time since that refusal'),
  recheck: z
    .strictObject({
      since: z.string().describe('From when on the channel is checked again'),
      count: z.number().int().min(0).describe('How often it was checked again'),
    })
    .optional(),
  news: newsProgressSchema.optional(),
});
/** How far a countdown has come. */
export type Progress = z.output<typeof progressSchema>;

/** The settings of new countdowns where the command does not say. Written only by commands. */
export const defaultsSchema = z.strictObject({
  timeZone: timeZone.describe('The time zone of new countdowns'),
  time: time.describe('The local time of their posts'),
  milestones: milestones.min(1).describe('Their days before, the farthest first'),
  roleId: snowflake.optional().describe('The role that they mention'),
  locale: z.string().optional().describe('The language of their posts, if it is not the server’s'),
});
/** The settings of new countdowns. */
export type Defaults = z.output<typeof defaultsSchema>;

/** A countdown and how far it has come. */
export interface CountdownState {
  countdown: Countdown;
  progress: Progress;
}

/** Returns the progress of a new countdown: it knows the date of today's facts, and nothing before now is due. */
export function newProgress(date: string | null, now: Temporal.Instant): Progress {
  return { told: date, settledThrough: now.toString() };
}

/** Returns why a countdown is silent, if it is. A refusal counts for its channel alone: an edit may have chosen another. */
export function silence(
  { channelId }: Pick<Countdown, 'channelId'>,
  { paused, pausedIn = channelId }: Progress,
): PauseReason | undefined {
  return pausedIn === channelId ? paused : undefined;
}
