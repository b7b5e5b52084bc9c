import { z } from 'zod';
import { inlineCode, quote } from '../discord/message/format.ts';
import { DAY_PATTERN, isCalendarDate } from '../facts/dates.ts';
import type { MessageKey } from '../i18n/translator.ts';
import type { Option } from './command.ts';
import type { Context } from './context.ts';

/** No date, name or place that the bot knows is longer. */
const MAX_TEXT_LENGTH = 100;

/** The keys of the messages that refuse an option; each takes the option's name and what was typed. */
export type Refusal = Extract<MessageKey, `refused.${string}` | `${string}.refused.${string}`>;

/** Returns the parameters for a zod check that refuses with a message of the catalogue. */
export function refuse(key: Refusal) {
  return { error: key };
}

/** Free text: trimmed, not empty, at most 100 characters. */
export const textSchema = z
  .string(refuse('refused.text'))
  .trim()
  .min(1, refuse('refused.text'))
  .max(MAX_TEXT_LENGTH, refuse('refused.long'));

/** Older than any film, and new enough for every calendar. */
const EARLIEST_DAY = '1900-01-01';

/** A few sentences; Discord would allow 6,000 characters. */
export const MAX_QUESTION_LENGTH = 300;

/** A question in plain words. */
export const questionSchema = z
  .string(refuse('refused.text'))
  .trim()
  .min(1, refuse('refused.text'))
  .max(MAX_QUESTION_LENGTH, refuse('refused.question'));

/** A day of the calendar, written `2024-01-20`, from 1900 on. */
export const daySchema = textSchema
  .regex(DAY_PATTERN, refuse('refused.day'))
  .refine((day) => isCalendarDate(day) && day >= EARLIEST_DAY, refuse('refused.day'));

/** A boolean: Discord sends it as such, a button carries it as text. */
export const flagSchema = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')],
  refuse('refused.flag'),
);

/** A Discord id: docs "Reference", snowflakes. */
export const snowflakeSchema = z.string(refuse('refused.id')).regex(/^\d{17,20}$/, refuse('refused.id'));

/** The options of every command that answers from the facts. */
export const commonOptions = {
  as_of: {
    type: 'string',
    description: 'option.as_of',
    schema: daySchema.optional(),
    maxLength: MAX_TEXT_LENGTH,
  },
  private: { type: 'boolean', description: 'option.private', schema: flagSchema.optional() },
} as const satisfies Record<string, Option>;

/** The option of commands that may tell spoilers. */
export const spoilersOption = {
  type: 'boolean',
  description: 'option.spoilers',
  schema: flagSchema.optional(),
} as const satisfies Option;

/** Returns any value as text. Discord sends text, numbers and booleans, but nothing here relies on it. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The first issue of a schema that refused a value: a key of the catalogue, and the names that the value may mean. */
export type Issue = Pick<z.core.$ZodIssue, 'message'> & {
  params?: Readonly<Record<string, unknown>> | undefined;
};

/** Returns the sentence for a refused option. Its example of a day is today, which every option of a day accepts. */
export function refusalSentence(
  { language, today }: Pick<Context, 'language' | 'today'>,
  name: string,
  value: unknown,
  issue: Issue | undefined,
): string {
  const { message, params } = issue ?? {};
  const names = Array.isArray(params?.['names'])
    ? params['names'].map((known) => inlineCode(asText(known)))
    : [];
  const values = { option: name, typed: quote(asText(value)), names: language.list(names), example: today };
  return language.say(isRefusal(message) ? message : 'refused.other', values);
}

const isRefusal = (message: string | undefined): message is Refusal => /(^|\.)refused\./.test(message ?? '');
