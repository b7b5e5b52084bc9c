import { z } from 'zod';
import { listCountables, offerCountables } from '../../src/countdown/countable-releases.ts';
import { MAX_TITLE_LENGTH } from '../../src/countdown/countdown.ts';
import {
  formatMilestones,
  hasVisibleCharacter,
  type Milestones,
  PRESETS,
  type Preset,
  parseMilestones,
} from '../../src/countdown/parse-input.ts';
import { readTimes } from '../../src/countdown/read-time.ts';
import { createZoneFinder } from '../../src/countdown/time-zones.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { LOCALES, localeName, parseLocale } from '../../src/discord/locales.ts';
import { POSTABLE_CHANNEL_TYPES } from '../../src/discord/permissions.ts';
import { isSameLanguage } from '../../src/i18n/translator.ts';
import type { Option } from '../../src/interactions/command.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import {
  flagSchema,
  type Refusal,
  refuse,
  snowflakeSchema,
  textSchema,
} from '../../src/interactions/options.ts';
import { oneLine } from '../../src/lib/markdown.ts';
import { createSearchIndex } from '../../src/lib/search.ts';

/** Returns a schema for text that a pure function parses; where that returns undefined, the value is refused. */
function parsedText<T>(parse: (typed: string) => T | undefined, refusal: Refusal) {
  return textSchema.transform((typed, problem): T => {
    const value = parse(typed);
    if (value !== undefined) return value;
    problem.addIssue({ code: 'custom', message: refusal });
    return z.NEVER;
  });
}

/** What is counted to. */
export const release = {
  type: 'string',
  description: 'option.release',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: (typed, _, context) =>
    offerCountables(listCountables(currentView(context)), typed).map(({ label, value }) => ({
      name: label,
      value,
    })),
} satisfies Option<string | undefined>;

/** The server's name for a date of its own. */
export const title = {
  type: 'string',
  description: 'countdown.option.title',
  schema: z
    .string(refuse('refused.text'))
    .transform(oneLine)
    .pipe(
      z
        .string()
        .refine(hasVisibleCharacter, refuse('refused.text'))
        .max(MAX_TITLE_LENGTH, refuse('countdown.refused.title')),
    )
    .optional(),
  maxLength: 100,
} satisfies Option<string | undefined>;

/** Where the countdown posts. */
export const channel = {
  type: 'channel',
  description: 'option.channel',
  required: true,
  schema: snowflakeSchema,
  channelTypes: POSTABLE_CHANNEL_TYPES,
} satisfies Option<string>;

/** The channel of an edit, which need not change it. */
export const otherChannel = {
  ...channel,
  required: false,
  schema: snowflakeSchema.optional(),
} satisfies Option<string | undefined>;

const zones = createZoneFinder();

/** Returns a schema for a time zone. Text that fits zones of different clocks is refused with their names. */
export function zoneText(unknown: Refusal, several: Refusal) {
  return textSchema.transform((typed, problem): string => {
    const match = zones.match(typed);
    if (match.kind === 'zone') return match.name;
    const names = match.kind === 'several' ? match.names : [];
    problem.addIssue({ code: 'custom', message: names.length > 0 ? several : unknown, params: { names } });
    return z.NEVER;
  });
}

/** The time zone of the posts. */
export const timezone = {
  type: 'string',
  description: 'option.timezone',
  schema: zoneText('refused.timezone', 'refused.timezones').optional(),
  maxLength: 100,
  autocomplete: (typed, _, { now }) =>
    zones
      .search(typed)
      .slice(0, 25)
      .map(({ name }) => ({
        name: `${zoneLabel(name)} – ${now.toZonedDateTimeISO(name).toPlainTime().toString({ smallestUnit: 'minute' })}`,
        value: name,
      })),
} satisfies Option<string | undefined>;

const timeSchema = textSchema.transform((typed, problem): string => {
  const [time, ...others] = readTimes(typed);
  if (time && others.length === 0) return time;
  const names = time ? [time, ...others] : [];
  problem.addIssue({ code: 'custom', message: time ? 'refused.times' : 'refused.time', params: { names } });
  return z.NEVER;
});

/** The local time of the posts. An hour alone may be of the morning or the evening, and is asked back. */
export const time = {
  type: 'string',
  description: 'option.time',
  schema: timeSchema.optional(),
  maxLength: 100,
  autocomplete: (typed) => readTimes(typed).map((at) => ({ name: at, value: at })),
} satisfies Option<string | undefined>;

const milestonesSchema = parsedText(parseMilestones, 'refused.milestones');

/** The days before the date on which it posts, where the date has no hour. */
export const dayMilestonesSchema = milestonesSchema.transform(({ days, minutes }, problem): number[] => {
  if (minutes.length === 0) return days;
  problem.addIssue({ code: 'custom', message: 'refused.milestone-hours' });
  return z.NEVER;
});

/** When it posts: days before the date, and hours and minutes before the start of a date with an hour. */
export const milestones = {
  type: 'string',
  description: 'option.milestones',
  schema: milestonesSchema.optional(),
  maxLength: 100,
  autocomplete(typed, _, { language: { say } }) {
    const own = parseMilestones(typed);
    const presets = (Object.keys(PRESETS) as Preset[]).map((name) => ({
      name: say(`preset.${name}`, { days: PRESETS[name].join(', ') }),
      value: PRESETS[name].join(','),
    }));
    const days = own && formatMilestones(own);
    const chosen = days ? [{ name: say('preset.own', { days }), value: days.replaceAll(' ', '') }] : [];
    return [...chosen, ...presets.filter(({ value }) => value !== chosen[0]?.value)];
  },
} satisfies Option<Milestones | undefined>;

/** The role that the posts mention. */
export const role = {
  type: 'role',
  description: 'option.role',
  schema: snowflakeSchema.optional(),
} satisfies Option<string | undefined>;

/** Whether no role is mentioned, whatever the settings say. */
export const noRole = {
  type: 'boolean',
  description: 'countdown.option.no_role',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

const locales = createSearchIndex(LOCALES);

/** The language of the posts. */
export const language = {
  type: 'string',
  description: 'countdown.option.language',
  schema: parsedText(parseLocale, 'countdown.refused.language').optional(),
  maxLength: 100,
  autocomplete: (typed, _, { knowledge, language: reader }) =>
    locales
      .search(typed)
      .filter(({ locale }) => knowledge.catalogue.languages.some((known) => isSameLanguage(locale, known)))
      .map(({ locale }) => ({ name: localeName(reader, locale), value: locale })),
} satisfies Option<string | undefined>;

/** Whether the channel is told of a new date. */
export const tell = {
  type: 'boolean',
  description: 'countdown.option.tell',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;
