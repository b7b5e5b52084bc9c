import type { Countdown } from '../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { editFollow } from '../../src/countdown/follow/edit-follow.ts';
import type { Moment } from '../../src/countdown/read-date.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { channelMention } from '../../src/discord/message/format.ts';
import type { Modal } from '../../src/discord/message/modal.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { isAnnouncementChannel } from '../../src/discord/permissions.ts';
import type { BotAccess } from '../../src/discord/rest/bot-permissions.ts';
import { type OptionValues, subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { parseOptions } from '../../src/interactions/parse-options.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { changedReply } from './change-reply.ts';
import { createCountdownOption, findNamed, withCountdown } from './countdown-option.ts';
import { answeredOptions, dateQuestion, withChannel } from './date-question.ts';
import { openEditForm, readEditForm, refusedFormReply } from './edit-form.ts';
import { digest, findFollowProblem, what } from './follow/options.ts';
import { colour, lookChange, picture, sentence } from './look-options.ts';
import {
  language,
  milestones,
  noRole,
  otherChannel,
  role,
  tell,
  time,
  timezone,
  title,
  zoneText,
} from './options.ts';
import { createDateOption, readTypedDate } from './own-date.ts';
import { keep, live } from './post-options.ts';
import { undoLastChange } from './undo-change.ts';
import { findChannelProblem, findDateProblem, findMilestoneProblem, findRoleProblem } from './validation.ts';

const createOptions = (services: Pick<Services, 'countdowns'>) => ({
  countdown: createCountdownOption(services),
  channel: otherChannel,
  timezone,
  time,
  milestones,
  role,
  no_role: noRole,
  language,
  title,
  date: createDateOption(async (typed, context) => {
    const zone = timezone.schema.safeParse(typed['timezone']).data;
    const named = zone ? undefined : await findNamed(services, context, typed['countdown'] ?? '');
    return zone ?? named?.countdown.timeZone ?? BUILT_IN.timeZone;
  }),
  tell,
  what,
  digest,
  sentence,
  colour,
  picture,
  keep,
  live,
});
type EditValues = OptionValues<ReturnType<typeof createOptions>>;
/** What is to be changed: the date as it was read. */
interface EditOptions extends Omit<EditValues, 'countdown' | 'date'> {
  date: Moment | undefined;
  /** Whether the date is to have no hour any more. */
  isAllDay: boolean;
}
type EditServices = Pick<Services, 'countdowns' | 'removals' | 'pauses' | 'progress' | 'lookUpAccess'>;

/** A form has no autocomplete, so its refusal does not point to a list. */
const formZone = {
  ...timezone,
  schema: zoneText('settings.refused.timezone', 'settings.refused.timezones').optional(),
};

/** Returns `/countdown edit`. */
export const createEditCommand = (services: EditServices) => {
  const options = createOptions(services);
  return subcommand({
    name: 'edit',
    description: 'command.countdown.edit',
    options,
    run: (values, context) =>
      requireManageServer(context, (guild) => editCountdown(services, context, guild, values)),
    press: ({ date, type, countdown = '', form, undo }, context) =>
      requireManageServer<Modal>(context, async (guild) => {
        if (form) return openEditForm(services, context, guild, countdown);
        if (undo) return undoLastChange(services, context, guild, { id: countdown, change: undo });
        // The answer to the question which date was meant.
        const answered = answeredOptions(context, options, date);
        if (!answered) return ephemeralText(context.language.say('problem.old-button'));
        const asked = await withChannel(services, context, guild, { channelId: answered.channel, type });
        return editCountdown(services, asked, guild, answered);
      }),
    submit: (texts, context) =>
      requireManageServer(context, async (guild) => {
        const read = await readEditForm(services, context, guild, texts);
        if (!read.ok) return read.reply;
        const parsed = parseOptions({ ...options, timezone: formZone }, read.values);
        return parsed.ok
          ? editCountdown(services, context, guild, parsed.options)
          : refusedFormReply(context, read.values, parsed);
      }),
  });
};

function editCountdown(
  services: EditServices,
  context: Context,
  guild: Guild,
  values: EditValues,
): Promise<Reply> {
  const { countdown: typed, date: typedDate, ...others } = values;
  // News has no date of which a question could be asked.
  const { what: _, ...ofDate } = values;
  return withCountdown(services, context, typed, async ({ countdown }) => {
    const timeZone = others.timezone ?? countdown.timeZone;
    const read = await readTypedDate(context, countdown.own && typedDate, timeZone);
    if (read.kind === 'problem') return ephemeralText(read.problem);
    const isAllDay = read.kind === 'one' && read.isAllDay;
    const moment = read.kind === 'several' ? read.moments[0] : read.moment;
    const options = { ...others, date: moment, isAllDay };
    const problem = findProblem(context, countdown, { ...options, hasDate: typedDate !== undefined });
    if (problem) return ephemeralText(problem);
    if (read.kind === 'several')
      return dateQuestion(context, 'countdown/edit', { ...ofDate, countdown: countdown.id }, read.moments);
    return checkAndSave(services, context, guild, countdown, options);
  });
}

/** Saves the edit, if the member may have its role mentioned in the channel. */
async function checkAndSave(
  services: EditServices,
  context: Context,
  guild: Guild,
  before: Countdown,
  options: EditOptions,
): Promise<Reply> {
  const channelId = options.channel ?? before.channelId;
  // Asked before the change: delivery may make a pending post while Discord answers, and the reply would not tell of it.
  const asker = { userId: context.userId, roleIds: guild.roleIds };
  const access = await services.lookUpAccess(guild.id, [channelId], asker);
  const permissions =
    context.channels.get(channelId)?.memberPermissions ?? access?.asker?.channels.get(channelId);
  const problem = findRoleProblem(context, guild, options.role, permissions);
  if (problem) return ephemeralText(problem);
  return saveEdit(services, context, { guildId: guild.id, before, options, access });
}

/** An edit that may be saved. */
interface CheckedEdit {
  guildId: string;
  before: Countdown;
  options: EditOptions;
  /** What the bot may do in the channel. */
  access: BotAccess | undefined;
}

async function saveEdit(
  services: EditServices,
  context: Context,
  { guildId, before, options, access }: CheckedEdit,
): Promise<Reply> {
  const {
    knowledge: { facts },
    now,
    today,
  } = context;
  const { say } = context.language;
  const { countdowns, pauses } = services;
  const change = createEdit(context, options);
  const result = await countdowns.change(
    guildId,
    before.id,
    ({ countdown, progress }) =>
      editFollow(
        applyEdit(countdown, progress, targetOf(facts, countdown, today), change, now),
        facts,
        today,
        options,
      ),
    now,
  );
  if (!result.ok) {
    const channel = channelMention(options.channel ?? before.channelId);
    return ephemeralText(
      result.why === 'gone' ? say('countdown.gone') : say('countdown.edit.same', { channel }),
    );
  }
  const { channelId } = result.state.countdown;
  // The edit may have mended what made the channel refuse, so it is tried again.
  await pauses.retryPaused(guildId, (id) => id === channelId, now);
  const state = await countdowns.get(guildId, before.id);
  if (!state) return ephemeralText(say('countdown.gone'));
  return changedReply(services, context, {
    title: 'countdown.edited.title',
    state,
    before,
    undo: { countdown: before.id, change: result.change },
    access,
  });
}

function findProblem(
  context: Context,
  countdown: Countdown,
  options: EditOptions & { hasDate: boolean },
): string | undefined {
  const { say } = context.language;
  if (isNothing(options)) return say('countdown.edit.nothing');
  if (options.role && options.no_role) return say('countdown.add.roles');
  const { own } = countdown;
  if (!own && (options.title || options.hasDate || options.tell)) return say('countdown.edit.facts');
  if (options.tell && !options.date) return say('countdown.edit.tell');
  const time = options.isAllDay ? undefined : (options.date?.time ?? own?.time);
  const moment = options.date && { date: options.date.date, ...(time && { time }) };
  return (
    findFollowProblem(context, countdown, options) ??
    findMilestoneProblem(context, { time }, options.milestones?.minutes ?? countdown.minutesBefore) ??
    findDateProblem(context, moment, options.timezone ?? countdown.timeZone) ??
    findChannelProblem(context, options.channel)
  );
}

/** Whether an edit chooses nothing. Only a picture and a live message can be turned off by what is false. */
const isNothing = ({ picture: hasPicture, live: isLive, ...others }: EditOptions) =>
  hasPicture === undefined &&
  isLive === undefined &&
  Object.values(others).every((value) => value === undefined || value === false);

function createEdit({ channels, today }: Context, options: EditOptions): CountdownEdit {
  const { channel: id } = options;
  return {
    channel: id ? { id, publish: isAnnouncementChannel(channels.get(id)?.type) } : undefined,
    timeZone: options.timezone,
    time: options.time,
    milestones: options.milestones?.days,
    minutesBefore: options.milestones?.minutes,
    roleId: options.no_role ? null : options.role,
    locale: options.language,
    title: options.title,
    date: options.date?.date,
    startTime: options.isAllDay ? null : options.date?.time,
    movedOn: options.tell ? today : undefined,
    ...lookChange(options),
    keep: options.keep,
    live: options.live,
  };
}
