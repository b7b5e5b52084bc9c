import { z } from 'zod';
import { quote } from '../discord/message/reply.ts';
import { DAY_PATTERN, isCalendarDate } from '../facts/dates.ts';
import type { Language, MessageKey } from '../i18n/translator.ts';
import type { Option } from './command.ts';

/** Longer text than this is no date, name or place that the bot knows. */
const LONGEST_TYPED = 100;

/** What an option's schema says when it refuses: a message of the catalogue that takes what was typed. */
export type Refusal = Extract<MessageKey, `refused.${string}` | `${string}.refused.${string}`>;

/** A check of an option whose refusal is a sentence of the catalogue. */
export function refuse(key: Refusal) {
  return { error: key };
}

const typed = z
  .string(refuse('refused.text'))
  .trim()
  .min(1, refuse('refused.text'))
  .max(LONGEST_TYPED, refuse('refused.long'));

/** No film was known of before; calendars and words for years have no trouble from here on. */
const EARLIEST_DAY = '1900-01-01';

/** Free text, short and not empty. */
export const textSchema = typed;

/** A question may take a few sentences; Discord would let a whole page through. */
const LONGEST_QUESTION = 300;

/** A question in a person's own words. */
export const questionSchema = z
  .string(refuse('refused.text'))
  .trim()
  .min(1, refuse('refused.text'))
  .max(LONGEST_QUESTION, refuse('refused.question'));

/** A day of the calendar, written `2024-01-20`. */
export const daySchema = typed
  .regex(DAY_PATTERN, refuse('refused.day'))
  .refine((day) => isCalendarDate(day) && day >= EARLIEST_DAY, refuse('refused.day'));

/** Discord sends booleans as such; a button carries them as text. */
export const flagSchema = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')],
  refuse('refused.flag'),
);

/** An id of Discord's: docs "Reference", snowflakes. */
export const snowflakeSchema = z.string(refuse('refused.id')).regex(/^\d{17,20}$/, refuse('refused.id'));

/** The options that every fact answer takes. */
export const commonOptions = {
  as_of: {
    type: 'string',
    description: 'option.as_of',
    schema: daySchema.optional(),
    maxLength: LONGEST_TYPED,
  },
  private: { type: 'boolean', description: 'option.private', schema: flagSchema.optional() },
} as const satisfies Record<string, Option>;

export const spoilersOption = {
  type: 'boolean',
  description: 'option.spoilers',
  schema: flagSchema.optional(),
} as const satisfies Option;

/** A value as text, whatever it is: Discord sends text, numbers and booleans, but nothing here relies on it. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The sentence for an option that was refused. */
export function refusalSentence(
  language: Language,
  name: string,
  value: unknown,
  issue: string | undefined,
): string {
  const shown = quote(asText(value));
  return language.say(isRefusal(issue) ? issue : 'refused.other', { option: name, typed: shown });
}

const isRefusal = (issue: string | undefined): issue is Refusal => /(^|\.)refused\./.test(issue ?? '');
