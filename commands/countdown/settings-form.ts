import { type Defaults, defaultsSchema } from '../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { localeName } from '../../src/discord/locales.ts';
import { inlineCode, roleMention } from '../../src/discord/message/format.ts';
import { createModal, type Modal } from '../../src/discord/message/modal.ts';
import type { Reply } from '../../src/discord/message/reply.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { refusalSentence } from '../../src/interactions/options.ts';
import { dayMilestonesSchema, language, role, time, zoneText } from './options.ts';
import { countdownReply } from './replies.ts';

const PATH = 'countdown/settings';

/** A modal has no autocomplete, so its refusal does not point to a list. */
const ZONE = zoneText('settings.refused.timezone', 'settings.refused.timezones').optional();

/** The fields of the modal in their order, with their schemas: those of the options of the same meaning. */
const FIELDS = [
  { name: 'timezone', kind: 'text', schema: ZONE },
  { name: 'time', kind: 'text', schema: time.schema },
  { name: 'milestones', kind: 'text', schema: dayMilestonesSchema.optional() },
  { name: 'role', kind: 'role', schema: role.schema },
  { name: 'language', kind: 'text', schema: language.schema },
] as const;

/** The texts of the fields, by name. */
export type FieldTexts = Partial<Record<(typeof FIELDS)[number]['name'], string>>;

/** The settings of a server. */
export interface ShownSettings {
  defaults: Defaults;
  /** Whether people get a message when a countdown that they added can no longer post. */
  sendsSilenceNotices: boolean;
  /** Whether posts have a picture. */
  showsPictures: boolean;
}

/** Returns the settings of a server, with a button that opens the modal. `notes` come first. */
export function settingsReply(
  context: Context,
  guild: Guild,
  { defaults, sendsSilenceNotices, showsPictures }: ShownSettings,
  notes: readonly string[] = [],
): Reply {
  const { say } = context.language;
  const { timeZone, time: at, milestones: days, roleId, locale } = defaults;
  const values = {
    timezone: zoneLabel(timeZone),
    time: at,
    milestones: days.join(', '),
    role: roleId ? roleMention(roleId) : say('settings.nobody'),
    language: locale
      ? localeName(context.language, locale)
      : say('settings.server-language', { language: localeName(context.language, guild.locale) }),
  };
  return countdownReply(
    context,
    say('settings.title'),
    [
      { lines: notes },
      ...FIELDS.map(({ name }) => ({ heading: say(`settings.${name}`), lines: [values[name]] })),
      {
        heading: say('settings.pictures'),
        lines: [say(showsPictures ? 'settings.pictures.on' : 'settings.pictures.off')],
      },
      {
        heading: say('settings.notices'),
        lines: [say(sendsSilenceNotices ? 'settings.notices.on' : 'settings.notices.off')],
      },
      { lines: [say('settings.note')] },
    ],
    [
      { verb: 'press', path: PATH, options: {}, label: say('settings.change') },
      {
        verb: 'press',
        path: PATH,
        options: { pictures: showsPictures ? 'off' : 'on' },
        label: say(showsPictures ? 'settings.pictures.turn-off' : 'settings.pictures.turn-on'),
      },
      {
        verb: 'press',
        path: PATH,
        options: { notices: sendsSilenceNotices ? 'off' : 'on' },
        label: say(sendsSilenceNotices ? 'settings.notices.turn-off' : 'settings.notices.turn-on'),
      },
    ],
  );
}

/** Returns the modal with its fields filled in. */
export function createSettingsModal({ language: { say } }: Context, texts: FieldTexts): Modal {
  const fields = FIELDS.map(({ name, kind }) => ({
    name,
    kind,
    label: say(`settings.${name}`),
    hint: say(`settings.${name}.hint`),
    value: texts[name],
  }));
  return createModal(PATH, say('settings.form'), fields);
}

/** Returns the settings as texts for the modal. */
export function toFieldTexts({ timeZone, time: at, milestones: days, roleId, locale }: Defaults): FieldTexts {
  return {
    timezone: zoneLabel(timeZone),
    time: at,
    milestones: days.join(', '),
    ...(roleId && { role: roleId }),
    ...(locale && { language: locale }),
  };
}

/** The parsed settings, or what is wrong with them. */
export type SettingsResult = { ok: true; defaults: Defaults } | { ok: false; problems: string[] };

/** Parses the fields. Empty ones get the built-in default; each refused one adds a sentence to `problems`. */
export function parseSettings(context: Context, texts: Readonly<Record<string, string>>): SettingsResult {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const { name, schema } of FIELDS) {
    const result = schema.safeParse(texts[name]);
    if (result.success) values[name] = result.data;
    else {
      const label = context.language.say(`settings.${name}`);
      problems.push(refusalSentence(context, label, texts[name], result.error.issues[0]));
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const defaults = defaultsSchema.parse({
    timeZone: values['timezone'] ?? BUILT_IN.timeZone,
    time: values['time'] ?? BUILT_IN.time,
    milestones: values['milestones'] ?? BUILT_IN.milestones,
    roleId: values['role'],
    locale: values['language'],
  });
  return { ok: true, defaults };
}

/**
 * Returns why nothing was saved, with all that was typed. The message keeps the texts: its button opens the modal with them, so
 * that nothing is stored and a restart loses nothing.
 */
export function refusedSettingsReply(
  context: Context,
  problems: readonly string[],
  texts: Readonly<Record<string, string>>,
): Reply {
  const { say } = context.language;
  const shownText = (name: string, kind: 'text' | 'role') => {
    const value = texts[name];
    if (value === undefined) return say('settings.empty');
    return kind === 'role' ? roleMention(value) : inlineCode(value);
  };
  return countdownReply(
    context,
    say('settings.title'),
    [
      { lines: [...problems, say('settings.kept')] },
      ...FIELDS.map(({ name, kind }) => ({
        heading: say(`settings.${name}`),
        lines: [shownText(name, kind)],
      })),
    ],
    [{ verb: 'press', path: PATH, options: { again: 'yes' }, label: say('settings.again') }],
  );
}

/** Returns the texts that a message of `refusedSettingsReply` keeps. */
export function valuesInMessage({ message }: Context): FieldTexts {
  const values = (message[0]?.fields ?? []).map(({ value }) => value);
  return Object.fromEntries(
    FIELDS.flatMap(({ name, kind }, index) => {
      const pattern = kind === 'role' ? /^<@&(\d+)>$/ : /^`(.*)`$/;
      const value = pattern.exec(values[index] ?? '')?.[1];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
