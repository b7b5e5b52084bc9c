import { z } from 'zod';
import { listCountables } from '../../src/countdown/countable-releases.ts';
import { MAX_TITLE_LENGTH } from '../../src/countdown/countdown.ts';
import { PRESETS, type Preset, parseMilestones, parseTime } from '../../src/countdown/parse-input.ts';
import { allZones, parseZone } from '../../src/countdown/time-zones.ts';
import { LOCALES, localeName, localeTyped } from '../../src/discord/locales.ts';
import { POSTABLE } from '../../src/discord/permissions.ts';
import type { Option } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import {
  daySchema,
  flagSchema,
  type Refusal,
  refuse,
  snowflakeSchema,
  textSchema,
} from '../../src/interactions/options.ts';
import { oneLine } from '../../src/lib/markdown.ts';
import { createSearchIndex, search } from '../../src/lib/search.ts';

/** A text option whose meaning is read by a pure function; what it cannot read is refused with a sentence. */
export function meaning<T>(read: (typed: string) => T | undefined, refusal: Refusal) {
  return textSchema.transform((typed, problem): T => {
    const value = read(typed);
    if (value !== undefined) return value;
    problem.addIssue({ code: 'custom', message: refusal });
    return z.NEVER;
  });
}

export const release = {
  type: 'string',
  description: 'option.release',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: (typed, _, context) =>
    search(listCountables(today(context)), typed).map(({ label, value }) => ({ name: label, value })),
} satisfies Option<string | undefined>;

/** What a server calls a date of its own. */
export const title = {
  type: 'string',
  description: 'countdown.option.title',
  schema: z
    .string(refuse('refused.text'))
    .transform(oneLine)
    .pipe(z.string().min(1, refuse('refused.text')).max(MAX_TITLE_LENGTH, refuse('countdown.refused.title')))
    .optional(),
  maxLength: 100,
} satisfies Option<string | undefined>;

export const date = {
  type: 'string',
  description: 'countdown.option.date',
  schema: daySchema.optional(),
  maxLength: 100,
} satisfies Option<string | undefined>;

export const channel = {
  type: 'channel',
  description: 'option.channel',
  required: true,
  schema: snowflakeSchema,
  channelTypes: POSTABLE,
} satisfies Option<string>;

export const otherChannel = {
  ...channel,
  required: false,
  schema: snowflakeSchema.optional(),
} satisfies Option<string | undefined>;

const zones = createSearchIndex(allZones());

export const timezone = {
  type: 'string',
  description: 'option.timezone',
  schema: meaning(parseZone, 'refused.timezone').optional(),
  maxLength: 100,
  autocomplete: (typed, _, { now }) =>
    zones
      .search(typed)
      .slice(0, 25)
      .map(({ name }) => ({
        name: `${name} – ${now.toZonedDateTimeISO(name).toPlainTime().toString({ smallestUnit: 'minute' })}`,
        value: name,
      })),
} satisfies Option<string | undefined>;

export const time = {
  type: 'string',
  description: 'option.time',
  schema: meaning(parseTime, 'refused.time').optional(),
  maxLength: 100,
} satisfies Option<string | undefined>;

export const milestones = {
  type: 'string',
  description: 'option.milestones',
  schema: meaning(parseMilestones, 'refused.milestones').optional(),
  maxLength: 100,
  autocomplete(typed, _, { language: { say } }) {
    const own = parseMilestones(typed);
    const presets = (Object.keys(PRESETS) as Preset[]).map((name) => ({
      name: say(`preset.${name}`, { days: PRESETS[name].join(', ') }),
      value: PRESETS[name].join(','),
    }));
    const chosen = own ? [{ name: say('preset.own', { days: own.join(', ') }), value: own.join(',') }] : [];
    return [...chosen, ...presets.filter(({ value }) => value !== chosen[0]?.value)];
  },
} satisfies Option<number[] | undefined>;

export const role = {
  type: 'role',
  description: 'option.role',
  schema: snowflakeSchema.optional(),
} satisfies Option<string | undefined>;

export const noRole = {
  type: 'boolean',
  description: 'countdown.option.no_role',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

const locales = createSearchIndex(LOCALES);

export const language = {
  type: 'string',
  description: 'countdown.option.language',
  schema: meaning(localeTyped, 'countdown.refused.language').optional(),
  maxLength: 100,
  autocomplete: (typed, _, context) =>
    locales.search(typed).map(({ locale }) => ({
      name: localeName(context.language, locale),
      value: locale,
    })),
} satisfies Option<string | undefined>;

export const tell = {
  type: 'boolean',
  description: 'countdown.option.tell',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;
