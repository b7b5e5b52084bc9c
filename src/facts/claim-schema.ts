import { z } from 'zod';
import { DAY_PATTERN, isCalendarDate, PARTIAL_DAY_PATTERN } from './dates.ts';
import { CHANGES } from './enums.ts';

/** What all claims and slots have in common, whatever their kind. */

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use an id of small letters, digits and single hyphens')
  .max(40);
const slotId = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/, 'use a path such as "ballerina/release/theatrical/us"')
  .max(80)
  .describe('A path that never changes: countdowns and buttons refer to it.');

/** A day as ISO text, such as "2025-06-06"; refuses a day that the calendar lacks. */
export const day = z
  .string()
  .regex(DAY_PATTERN, 'write a day as YYYY-MM-DD')
  .refine(isCalendarDate, 'write a day that the calendar has')
  .describe('A day, YYYY-MM-DD.');
/** A day, a month or a year as ISO text: "2025-06-06", "2025-06", "2025". */
export const partialDay = z
  .string()
  .regex(PARTIAL_DAY_PATTERN, 'write a date as YYYY-MM-DD, YYYY-MM or YYYY')
  .refine(isCalendarDate, 'write a date that the calendar has')
  .describe('YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.');

/** Text by language; English always, others as they are translated. */
export const text = z
  .object({ en: z.string().min(1).max(900) })
  .catchall(z.string().min(1).max(900))
  .describe('Text by language tag. English is required. Discord markdown; no spoiler bars.');

/** A region of the world: an ISO 3166 country ("US"), "001" for the world, "419" for Latin America. */
export const region = z
  .string()
  .regex(
    /^([A-Z]{2}|001|419)$/,
    'use a country code such as "US", "001" for the world, or "419" for Latin America',
  );

const CONFIDENCES = ['high', 'medium', 'low'] as const;

/** The ids of sources, best first; at least one. */
export const sources = z
  .array(id)
  .min(1, 'name at least one source: an id from data/sources.json')
  .describe('Ids from data/sources.json; the best first.');

const known = day.describe(
  'The day it became public, as far as a source shows: answers as of an earlier day do not have it.',
);

/** The fields that say what a slot is about. */
export const about = {
  known,
  confidence: z
    .enum(CONFIDENCES)
    .describe('high: two publishers or one primary source. medium: one good page. low: one weak page.'),
  change: z
    .enum(CHANGES)
    .optional()
    .describe(
      'Why it replaces the claim before it. moved: the plan changed. refined: more is known. corrected: the earlier one was wrong. retracted: it was taken back.',
    ),
  valid: z
    .strictObject({
      from: partialDay.optional(),
      until: partialDay.optional(),
      counted: partialDay.optional().describe('The date on which it was looked at or counted.'),
    })
    .optional()
    .describe('For what passes, such as streaming, prices, counts and scores: the time for which it holds.'),
  spoiler: z.literal(true).optional().describe('The whole claim is a spoiler.'),
  note: text.optional().describe('A sentence more, shown below.'),
  spoilerNote: text
    .optional()
    .describe('A sentence more that is a spoiler: shown only when asked for, inside spoiler bars.'),
};

/** A claim: plain, or contested with both sides kept. `value` is what the slot's kind says of the world. */
export function claimOf<V extends z.ZodRawShape>(value: V) {
  const plain = z.strictObject({ ...about, status: z.enum(['confirmed', 'reported']), sources, ...value });
  const side = z.strictObject({ sources, note: text.optional(), ...value });
  const contested = z.strictObject({
    ...about,
    status: z.literal('contested'),
    sides: z.array(side).min(2, 'a contested claim keeps both sides'),
  });
  return z.discriminatedUnion('status', [plain, contested]);
}

/** Returns the schema of a slot of one kind: its id, its own fields and its claims, oldest first. */
export function slotOf<K extends string, S extends z.ZodRawShape, C extends z.ZodType>(
  kind: K,
  subject: S,
  claim: C,
) {
  return z.strictObject({
    slot: slotId,
    kind: z.literal(kind),
    checked: day.optional().describe('The last day on which somebody looked for news of it and found none.'),
    ...subject,
    claims: z.array(claim).min(1, 'a slot needs at least one claim'),
  });
}
