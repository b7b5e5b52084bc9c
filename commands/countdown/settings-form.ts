import { type Defaults, defaultsSchema } from '../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { parseZone } from '../../src/countdown/time-zones.ts';
import { localeName } from '../../src/discord/locales.ts';
import { createModal, type Modal } from '../../src/discord/message/modal.ts';
import { inlineCode, type Reply } from '../../src/discord/message/reply.ts';
import type { Context, Guild } from '../../src/interactions/command.ts';
import { refusalSentence } from '../../src/interactions/options.ts';
import { language, meaning, milestones, role, time } from './options.ts';
import { countdownReply } from './replies.ts';

const PATH = 'countdown/settings';

/** In a form there is no list to pick from. */
const ZONE = meaning(parseZone, 'settings.refused.timezone').optional();

/** The lines of the form, in their order, each with the option whose rules it follows. */
const FIELDS = [
  { name: 'timezone', kind: 'text', schema: ZONE },
  { name: 'time', kind: 'text', schema: time.schema },
  { name: 'milestones', kind: 'text', schema: milestones.schema },
  { name: 'role', kind: 'role', schema: role.schema },
  { name: 'language', kind: 'text', schema: language.schema },
] as const;

/** What stands in the form, as it was typed. */
export type Typed = Partial<Record<(typeof FIELDS)[number]['name'], string>>;

/** The settings of a server, with the button to the form. */
export function settingsReply(context: Context, guild: Guild, defaults: Defaults, saved = false): Reply {
  const { say } = context.language;
  const { timeZone, time: at, milestones: days, roleId, locale } = defaults;
  const values = {
    timezone: timeZone,
    time: at,
    milestones: days.join(', '),
    role: roleId ? `<@&${roleId}>` : say('settings.nobody'),
    language: locale
      ? localeName(context.language, locale)
      : say('settings.server-language', { language: localeName(context.language, guild.locale) }),
  };
  return countdownReply(
    context,
    say('settings.title'),
    [
      ...(saved ? [{ lines: [say('settings.saved')] }] : []),
      ...FIELDS.map(({ name }) => ({ heading: say(`settings.${name}`), lines: [values[name]] })),
      { lines: [say('settings.note')] },
    ],
    [{ verb: 'press', path: PATH, options: {}, label: say('settings.change') }],
  );
}

/** The form, with what is set now, or with what was typed before. */
export function settingsForm({ language: { say } }: Context, typed: Typed): Modal {
  const fields = FIELDS.map(({ name, kind }) => ({
    name,
    kind,
    label: say(`settings.${name}`),
    hint: say(`settings.${name}.hint`),
    value: typed[name],
  }));
  return createModal(PATH, say('settings.form'), fields);
}

/** The settings as one would type them. */
export function toTyped({ timeZone, time: at, milestones: days, roleId, locale }: Defaults): Typed {
  return {
    timezone: timeZone,
    time: at,
    milestones: days.join(', '),
    ...(roleId && { role: roleId }),
    ...(locale && { language: locale }),
  };
}

export type SettingsResult = { ok: true; defaults: Defaults } | { ok: false; problems: string[] };

/** The settings that were typed, or a sentence for each line that cannot be used. What is left empty is as it is built in. */
export function parseSettings(
  { language: spoken }: Context,
  typed: Readonly<Record<string, string>>,
): SettingsResult {
  const problems: string[] = [];
  const read: Record<string, unknown> = {};
  for (const { name, schema } of FIELDS) {
    const result = schema.safeParse(typed[name]);
    if (result.success) read[name] = result.data;
    else {
      const label = spoken.say(`settings.${name}`);
      problems.push(refusalSentence(spoken, label, typed[name], result.error.issues[0]?.message));
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const defaults = defaultsSchema.parse({
    timeZone: read['timezone'] ?? BUILT_IN.timeZone,
    time: read['time'] ?? BUILT_IN.time,
    milestones: read['milestones'] ?? BUILT_IN.milestones,
    roleId: read['role'],
    locale: read['language'],
  });
  return { ok: true, defaults };
}

/**
 * Why nothing was changed, with all that was typed. The message itself keeps it: its button opens the form with what is read
 * from there, so nothing is stored for it and a restart loses nothing.
 */
export function refusedReply(
  context: Context,
  problems: readonly string[],
  typed: Readonly<Record<string, string>>,
): Reply {
  const { say } = context.language;
  const shown = (name: string, kind: 'text' | 'role') => {
    const value = typed[name];
    if (value === undefined) return say('settings.empty');
    return kind === 'role' ? `<@&${value}>` : inlineCode(value);
  };
  return countdownReply(
    context,
    say('settings.title'),
    [
      { lines: [...problems, say('settings.kept')] },
      ...FIELDS.map(({ name, kind }) => ({ heading: say(`settings.${name}`), lines: [shown(name, kind)] })),
    ],
    [{ verb: 'press', path: PATH, options: { again: 'yes' }, label: say('settings.again') }],
  );
}

/** What was typed, read back from the message that tells what was wrong with it. */
export function typedBefore({ message }: Context): Typed {
  const values = (message[0]?.fields ?? []).map(({ value }) => value);
  return Object.fromEntries(
    FIELDS.flatMap(({ name, kind }, at) => {
      const pattern = kind === 'role' ? /^<@&(\d+)>$/ : /^`(.*)`$/;
      const value = pattern.exec(values[at] ?? '')?.[1];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
