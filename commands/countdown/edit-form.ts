import type { Countdown } from '../../src/countdown/countdown.ts';
import { formatMilestones } from '../../src/countdown/parse-input.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { localeName } from '../../src/discord/locales.ts';
import { createModal, type Modal } from '../../src/discord/message/modal.ts';
import { buttonRows, ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { MessageKey } from '../../src/i18n/translator.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { type Issue, refusalSentence } from '../../src/interactions/options.ts';
import type { Services } from '../services.ts';
import { momentText } from './own-date.ts';

const PATH = 'countdown/edit';

/** The fields of the form by the names of the options, in their order. A modal has room for five. */
const FIELDS = {
  title: ({ own }) => own?.title,
  date: ({ own }) => own && momentText({ date: own.date, ...(own.time && { time: own.time }) }),
  time: ({ time }) => time,
  timezone: ({ timeZone }) => zoneLabel(timeZone),
  milestones: ({ follow, milestones: days, minutesBefore: minutes = [] }) =>
    follow ? undefined : formatMilestones({ days, minutes }),
  language: ({ own, locale }, { language }) => (own ? undefined : localeName(language, locale)),
} as const satisfies Record<string, (countdown: Countdown, context: Context) => string | undefined>;
type FieldName = keyof typeof FIELDS;

const labelKey = (name: FieldName) => `countdown.change.${name}` as const satisfies MessageKey;

/** Returns the fields that a countdown has, with their texts. */
function textsOf(context: Context, countdown: Countdown): [FieldName, string][] {
  return Object.entries(FIELDS).flatMap(([name, read]) => {
    const text = read(countdown, context);
    return text === undefined ? [] : [[name as FieldName, text] as const];
  }) as [FieldName, string][];
}

/** Returns the form that changes a countdown, filled in with what it has now. */
export async function openEditForm(
  { countdowns }: Pick<Services, 'countdowns'>,
  context: Context,
  guild: Guild,
  id: string,
): Promise<Modal | Reply> {
  const { say } = context.language;
  const state = await countdowns.get(guild.id, id);
  if (!state) return ephemeralText(say('countdown.gone'));
  const fields = textsOf(context, state.countdown).map(([name, value]) => ({
    name,
    kind: 'text' as const,
    label: say(labelKey(name)),
    hint: say(name === 'title' ? 'countdown.form.name' : `countdown.form.${name}`),
    value,
  }));
  return createModal(PATH, say('countdown.form.title'), fields, { countdown: id });
}

/** The options of an edit as texts: what was changed in the form. */
type FormResult = { ok: true; values: Record<string, string> } | { ok: false; reply: Reply };

/** Reads the submitted form. An empty field, and one that was left as it is, changes nothing. */
export async function readEditForm(
  { countdowns }: Pick<Services, 'countdowns'>,
  context: Context,
  guild: Guild,
  { countdown: id = '', ...texts }: Readonly<Record<string, string>>,
): Promise<FormResult> {
  const state = await countdowns.get(guild.id, id);
  if (!state) return { ok: false, reply: ephemeralText(context.language.say('countdown.gone')) };
  const changed = textsOf(context, state.countdown).flatMap(([name, before]) => {
    const text = texts[name];
    return text === undefined || text === before ? [] : [[name, text] as const];
  });
  return { ok: true, values: { countdown: id, ...Object.fromEntries(changed) } };
}

/** Returns why the form was refused, with a button that opens it again. */
export function refusedFormReply(
  context: Context,
  values: Readonly<Record<string, string>>,
  { name, issue }: { name: string; issue: Issue | undefined },
): Reply {
  const { say } = context.language;
  const sentence = refusalSentence(context, name, values[name], issue);
  const again = { countdown: values['countdown'] ?? '', form: 'yes' };
  return ephemeral({
    content: sentence,
    components: buttonRows([[{ verb: 'press', path: PATH, options: again, label: say('button.edit') }]]),
    allowed_mentions: { parse: [] },
  });
}
