import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { View } from '../answers/card.ts';
import { find } from '../answers/find.ts';
import { countables } from '../countdown/releases.ts';
import { PRESETS, type Preset, readMilestones, readTime } from '../countdown/typed.ts';
import { allZones, zoneTyped } from '../countdown/zones.ts';
import { viewOf } from './ask.ts';
import type { Context, Option } from './command.ts';
import { nameOf, numbered } from './countdown-replies.ts';
import { type Refusal, snowflakeSchema, textSchema } from './options.ts';

/** A text option whose meaning is read by a pure function; what it cannot read is refused with a sentence. */
function meaning<T>(read: (typed: string) => T | undefined, refusal: Refusal) {
  return textSchema.transform((typed, problem): T => {
    const value = read(typed);
    if (value !== undefined) return value;
    problem.addIssue({ code: 'custom', message: refusal });
    return z.NEVER;
  });
}

/** The facts of today as the reader sees them. */
export const today = (context: Context): View => viewOf(context, context.today, false);

export const release = {
  type: 'string',
  description: 'option.release',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete: (typed, _, context) =>
    find(countables(today(context)), typed).map(({ label, value }) => ({ name: label, value })),
} satisfies Option<string>;

export const channel = {
  type: 'channel',
  description: 'option.channel',
  required: true,
  schema: snowflakeSchema,
  channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
} satisfies Option<string>;

export const timezone = {
  type: 'string',
  description: 'option.timezone',
  schema: meaning(zoneTyped, 'refused.timezone').optional(),
  maxLength: 100,
  autocomplete: (typed, _, { now }) =>
    find(allZones(), typed)
      .slice(0, 25)
      .map(({ name }) => ({
        name: `${name} – ${now.toZonedDateTimeISO(name).toPlainTime().toString({ smallestUnit: 'minute' })}`,
        value: name,
      })),
} satisfies Option<string | undefined>;

export const time = {
  type: 'string',
  description: 'option.time',
  schema: meaning(readTime, 'refused.time').optional(),
  maxLength: 100,
} satisfies Option<string | undefined>;

export const milestones = {
  type: 'string',
  description: 'option.milestones',
  schema: meaning(readMilestones, 'refused.milestones').optional(),
  maxLength: 100,
  autocomplete(typed, _, { language: { say } }) {
    const own = readMilestones(typed);
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

export const countdownChoice = {
  type: 'string',
  description: 'option.countdown',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete: async (typed, _, context) =>
    (await existing(context)).filter(fits(typed)).map(({ label, id }) => ({ name: label, value: id })),
} satisfies Option<string>;

/** The countdowns of the server with a label that tells them apart. */
export async function existing(context: Context) {
  if (!context.guild) return [];
  const view = today(context);
  const all = await context.countdowns.list(context.guild.id);
  return all.map(({ countdown }, at) => ({
    id: countdown.id,
    label: `${numbered(context.language, at, nameOf(view, countdown))} · ${countdown.time} ${countdown.timeZone} · ${countdown.milestones.join(', ')}`,
  }));
}

/** Whether a label fits what was typed. */
export const fits =
  (typed: string) =>
  ({ label }: { label: string }) =>
    find([{ names: [label] }], typed).length > 0;
