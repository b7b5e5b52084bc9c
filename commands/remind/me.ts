import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { MAX_REMINDERS, ownerIdOf } from '../../src/countdown/owner.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { isSameOrder, type NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type OptionValues, subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { willPost } from '../countdown/outlook.ts';
import { countdownReply } from '../countdown/replies.ts';
import { unknownReleaseReply } from '../countdown/unknown-release.ts';
import type { Services } from '../services.ts';
import { milestones, release, time, timezone } from './options.ts';
import { listOwnReminders, newSections, type ReminderServices, resumeReminders } from './reminders.ts';

/** A reminder comes on the day itself at 9 o'clock, unless the person chooses otherwise. */
const BUILT_IN = { timeZone: 'UTC', time: '09:00', milestones: [0] };

const OPTIONS = { release, milestones, timezone, time };
type ReminderOptions = OptionValues<typeof OPTIONS>;

/** A button sets a reminder as the command does where only the release is given. */
const NO_CHOICE = { milestones: undefined, timezone: undefined, time: undefined };

/** Returns `/remind me`. */
export const createMeCommand = (services: ReminderServices) =>
  subcommand({
    name: 'me',
    description: 'command.remind.me',
    options: OPTIONS,
    run: (options, context) => addReminder(services, context, options),
    press: ({ release: chosen = '' }, context) =>
      addReminder(services, context, { ...NO_CHOICE, release: chosen }),
  });

async function addReminder(
  services: ReminderServices,
  context: Context,
  options: ReminderOptions,
): Promise<Reply> {
  const { countdowns, settings, openDm } = services;
  const { userId, now } = context;
  const { say, locale } = context.language;
  const view = currentView(context);
  await resumeReminders(services, context);
  const countable = findCountable(listCountables(view), options.release);
  if (!countable) return ephemeralText(unknownReleaseReply(view, options.release));
  const dm = await openDm(userId);
  if (!dm.ok) return ephemeralText(say(`remind.${dm.why}`));

  const ownerId = ownerIdOf(userId);
  const { timezone: timeZone } = options;
  const change = createEdit(options);
  const defaults = await settings.defaults(ownerId);
  const reminder: NewCountdown = {
    personal: true,
    release: countable.release,
    anniversary: countable.anniversary,
    channelId: dm.channelId,
    locale,
    ...(defaults ?? BUILT_IN),
    ...change,
  };
  if (!willPost(context, reminder)) return ephemeralText(say('countdown.add.never'));
  const result = await countdowns.add(ownerId, reminder, now);
  if (!result.ok && result.why === 'full') return ephemeralText(say('remind.full', { count: MAX_REMINDERS }));
  const state = result.ok ? result.state : await editReminder(services, context, reminder, change);
  if (!state) return ephemeralText(say('remind.there-already', { name: countable.label }));
  if (timeZone) await settings.setDefaults(ownerId, { ...BUILT_IN, timeZone });
  const hint =
    timeZone || defaults ? [] : [{ lines: [say('remind.zone-unknown', { time: state.countdown.time })] }];
  const title = say(result.ok ? 'remind.added' : 'remind.changed');
  return countdownReply(context, title, [...(await newSections(services, context, state)), ...hint]);
}

function createEdit({ timezone: timeZone, time: localTime, milestones: days }: ReminderOptions) {
  return {
    ...(timeZone && { timeZone }),
    ...(localTime && { time: localTime }),
    ...(days && { milestones: days }),
  };
}

/** Changes a reminder that exists already; undefined where nothing was to be changed. */
async function editReminder(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  reminder: NewCountdown,
  edit: CountdownEdit,
): Promise<CountdownState | undefined> {
  const {
    knowledge: { facts },
    userId,
    now,
    today,
  } = context;
  const reminders = await listOwnReminders(services, context);
  const existing = reminders.find(({ countdown }) => isSameOrder(countdown, reminder));
  if (!existing || Object.keys(edit).length === 0) return undefined;
  const change = { ...edit, locale: reminder.locale };
  const result = await services.countdowns.change(
    ownerIdOf(userId),
    existing.countdown.id,
    ({ countdown, progress }) =>
      applyEdit(countdown, progress, targetOf(facts, countdown, today), change, now),
    now,
  );
  return result.ok ? result.state : undefined;
}
