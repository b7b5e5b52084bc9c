import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import { type CountdownState, type Defaults, OWN } from '../../src/countdown/countdown.ts';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { MAX_REMINDERS, ownerIdOf } from '../../src/countdown/owner.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { isSameOrder, type NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { quote } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type OptionValues, subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { willPost } from '../countdown/outlook.ts';
import { findPressedProblem } from '../countdown/pressed-release.ts';
import { countdownReply } from '../countdown/replies.ts';
import { unknownReleaseReply } from '../countdown/unknown-release.ts';
import type { Services } from '../services.ts';
import { sentenceReply, stopButton } from './buttons.ts';
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
    press({ release: chosen = '', own }, context) {
      if (own !== undefined) return addOwnReminder(services, context, own);
      const problem = findPressedProblem(context, chosen, 'remind.already-out');
      if (problem) return ephemeralText(problem);
      return addReminder(services, context, { ...NO_CHOICE, release: chosen });
    },
  });

async function addReminder(
  services: ReminderServices,
  context: Context,
  options: ReminderOptions,
): Promise<Reply> {
  await resumeReminders(services, context);
  const defaults = await services.settings.defaults(ownerIdOf(context.userId));
  const order = await createOrder(services, context, options, defaults);
  if (!order.ok) return ephemeralText(order.problem);
  return storeReminder(services, context, order, { options, isZoneKnown: defaults !== undefined });
}

/**
 * Adds a reminder of a date of the server's own, by the id of its countdown. It keeps the date that the server has today, and its zone
 * where the person has none.
 */
async function addOwnReminder(services: ReminderServices, context: Context, id: string): Promise<Reply> {
  const { say, locale } = context.language;
  const state = context.guild ? await services.countdowns.get(context.guild.id, id) : undefined;
  if (!state?.countdown.own) return ephemeralText(say('remind.no-countdown'));
  await resumeReminders(services, context);
  const { own, timeZone } = state.countdown;
  const { movedOn: _, ...date } = own;
  const dm = await services.openDm(context.userId);
  if (!dm.ok) return ephemeralText(say(`remind.${dm.why}`));
  const defaults = await services.settings.defaults(ownerIdOf(context.userId));
  const reminder: NewCountdown = {
    personal: true,
    release: OWN,
    own: date,
    anniversary: false,
    channelId: dm.channelId,
    ...(defaults ?? { ...BUILT_IN, timeZone }),
    locale,
  };
  const name = quote(own.title);
  if (!willPost(context, reminder)) return ephemeralText(say('remind.too-late', { name }));
  const options = { ...NO_CHOICE, release: OWN };
  return storeReminder(services, context, { ok: true, reminder, name }, { options, isZoneKnown: true });
}

interface Order {
  ok: true;
  reminder: NewCountdown;
  name: string;
}

/** Returns the reminder that was asked for, or the sentence that says why there can be none. */
async function createOrder(
  { openDm }: Pick<Services, 'openDm'>,
  context: Context,
  options: ReminderOptions,
  defaults: Defaults | undefined,
): Promise<Order | { ok: false; problem: string }> {
  const { say, locale } = context.language;
  const view = currentView(context);
  const countable = findCountable(listCountables(view), options.release);
  if (!countable) return { ok: false, problem: unknownReleaseReply(view, options.release) };
  const dm = await openDm(context.userId);
  if (!dm.ok) return { ok: false, problem: say(`remind.${dm.why}`) };
  const { release: slot, anniversary, label: name } = countable;
  const change = createEdit(options);
  const reminder: NewCountdown = {
    personal: true,
    release: slot,
    anniversary,
    channelId: dm.channelId,
    locale,
    ...(defaults ?? BUILT_IN),
    ...change,
  };
  if (willPost(context, reminder)) return { ok: true, reminder, name };
  const isDefault = Object.keys(change).length === 0;
  return { ok: false, problem: isDefault ? say('remind.too-late', { name }) : say('countdown.add.never') };
}

/** Adds the reminder or, where there is one for that release, changes that one as far as options were chosen. */
async function storeReminder(
  services: ReminderServices,
  context: Context,
  { reminder, name }: Order,
  { options, isZoneKnown }: { options: ReminderOptions; isZoneKnown: boolean },
): Promise<Reply> {
  const { say } = context.language;
  const { timezone: timeZone } = options;
  const ownerId = ownerIdOf(context.userId);
  const result = await services.countdowns.add(ownerId, reminder, context.now);
  if (!result.ok && result.why === 'full') return ephemeralText(say('remind.full', { count: MAX_REMINDERS }));
  const existing = result.ok ? undefined : await findExisting(services, context, reminder);
  const state = result.ok ? result.state : await editReminder(services, context, existing, options);
  if (!state)
    return sentenceReply(say('remind.there-already', { name }), existing && stopButton(context, existing));

  if (timeZone) await services.settings.setDefaults(ownerId, { ...BUILT_IN, timeZone });
  const hint = say('remind.zone-unknown', { time: state.countdown.time });
  const sections = [
    ...(await newSections(services, context, state)),
    ...(timeZone || isZoneKnown ? [] : [{ lines: [hint] }]),
  ];
  const title = say(result.ok ? 'remind.added' : 'remind.changed');
  return countdownReply(context, title, sections, [stopButton(context, state)]);
}

function createEdit({ timezone: timeZone, time: localTime, milestones: days }: ReminderOptions) {
  return {
    ...(timeZone && { timeZone }),
    ...(localTime && { time: localTime }),
    ...(days && { milestones: days }),
  };
}

/** Returns the reminder that exists already for the same release. */
async function findExisting(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  reminder: NewCountdown,
): Promise<CountdownState | undefined> {
  const reminders = await listOwnReminders(services, context);
  return reminders.find(({ countdown }) => isSameOrder(countdown, reminder));
}

/** Changes a reminder that exists already; undefined where nothing was to be changed. */
async function editReminder(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  existing: CountdownState | undefined,
  options: ReminderOptions,
): Promise<CountdownState | undefined> {
  const {
    knowledge: { facts },
    userId,
    now,
    today,
    language: { locale },
  } = context;
  const edit: CountdownEdit = createEdit(options);
  if (!existing || Object.keys(edit).length === 0) return undefined;
  const result = await services.countdowns.change(
    ownerIdOf(userId),
    existing.countdown.id,
    ({ countdown, progress }) =>
      applyEdit(countdown, progress, targetOf(facts, countdown, today), { ...edit, locale }, now),
    now,
  );
  return result.ok ? result.state : undefined;
}
