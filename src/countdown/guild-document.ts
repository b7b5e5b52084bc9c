import { z } from 'zod';
import {
  CONTENT_REFUSALS,
  countdownSchema,
  defaultsSchema,
  MAX_COUNTDOWNS,
  PAUSE_REASONS,
} from './countdown.ts';
import { MAX_EVENTS, scheduledEventSchema } from './scheduled-event.ts';
import { recentChangeSchema, removedCountdownSchema } from './undo.ts';

/** How many countdowns are stored at most for each that counts: finished ones are kept for a while. */
export const STORED_PER_COUNTED = 2;

/** A test post that failed. */
const failedTestSchema = z.strictObject({
  countdownId: z.string().describe('The countdown whose test failed'),
  at: z.string().describe('When it failed'),
  reason: z.enum(PAUSE_REASONS).optional().describe('Why the channel refused it'),
  content: z.enum(CONTENT_REFUSALS).optional().describe('What Discord refused in its content'),
});
/** A test post that failed. */
export type FailedTest = z.output<typeof failedTestSchema>;

/** What is stored of one owner, a server or a person. Written only by commands and by the upkeep of scheduled events. */
export const guildCountdownsSchema = z.strictObject({
  countdowns: z.array(countdownSchema).max(MAX_COUNTDOWNS * STORED_PER_COUNTED),
  removed: z
    .array(removedCountdownSchema)
    .max(MAX_COUNTDOWNS * STORED_PER_COUNTED)
    .optional(),
  lastChanges: z
    .array(recentChangeSchema)
    .max(MAX_COUNTDOWNS * STORED_PER_COUNTED * 2)
    .optional(),
  defaults: defaultsSchema.optional().describe('What new countdowns are like'),
  testedAt: z.string().optional().describe('When a test was last posted'),
  failedTest: failedTestSchema.optional(),
  silenceNoticesOff: z
    .literal(true)
    .optional()
    .describe('Whether the messages about countdowns that can no longer post are turned off'),
  picturesOff: z.literal(true).optional().describe('Whether posts come without a picture'),
  events: z.array(scheduledEventSchema).max(MAX_EVENTS).optional(),
});
/** What is stored of one owner. */
export type GuildCountdowns = z.output<typeof guildCountdownsSchema>;
