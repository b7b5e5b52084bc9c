import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { MAX_REMINDERS, ownerIdOf } from '../../src/countdown/owner.ts';
import { targetOf } from '../../src/countdown/target.ts';
import type { NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { isSameOrder } from '../../src/delivery/countdown-repository.ts';
import { ephemeralText, quote } from '../../src/discord/message/reply.ts';
import { type Command, type Context, subcommand } from '../../src/interactions/command.ts';
import { ANY_CONTEXT } from '../../src/interactions/command-contexts.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { countdownReply } from '../countdown/replies.ts';
import { unknownReleaseReply } from '../countdown/unknown-release.ts';
import { findReminder, milestones, release, reminder, time, timezone } from './options.ts';
import { listSections, newSections, ownReminders, resumeReminders } from './reminders.ts';

/** A reminder comes on the day itself, in the morning, where nothing else is said. */
const USUAL = { timeZone: 'UTC', time: '09:00', milestones: [0] };

const me = subcommand({
  name: 'me',
  description: 'command.remind.me',
  options: { release, milestones, timezone, time },
  async run(options, context) {
    const { countdowns, userId, now } = context;
    const { say, locale } = context.language;
    const view = today(context);
    await resumeReminders(context);
    const target = findCountable(listCountables(view), options.release);
    if (!target) return ephemeralText(unknownReleaseReply(view, options.release));
    const direct = await context.openDirect(userId);
    if (!direct.ok) return ephemeralText(say(`remind.${direct.why}`));

    const owner = ownerIdOf(userId);
    const { timezone: timeZone, time: at, milestones: days } = options;
    const asked = {
      ...(timeZone && { timeZone }),
      ...(at && { time: at }),
      ...(days && { milestones: days }),
    };
    const remembered = await context.settings.defaults(owner);
    const order: NewCountdown = {
      personal: true,
      release: target.release,
      anniversary: target.anniversary,
      channelId: direct.channelId,
      locale,
      ...(remembered ?? USUAL),
      ...asked,
    };
    const result = await countdowns.add(owner, order, now);
    if (!result.ok && result.why === 'full')
      return ephemeralText(say('remind.full', { count: MAX_REMINDERS }));
    const standing = result.ok ? result.standing : await changed(context, order, asked);
    if (!standing) return ephemeralText(say('remind.there-already', { name: target.label }));
    if (timeZone) await context.settings.setDefaults(owner, { ...USUAL, timeZone });
    const { time: told } = standing.countdown;
    const hint = timeZone || remembered ? [] : [{ lines: [say('remind.zone-unknown', { time: told })] }];
    const title = say(result.ok ? 'remind.added' : 'remind.changed');
    return countdownReply(context, title, [...(await newSections(context, standing)), ...hint]);
  },
});

/** A reminder that is there already comes as it is asked for now; undefined where nothing else is asked for. */
async function changed(
  context: Context,
  order: NewCountdown,
  asked: CountdownEdit,
): Promise<CountdownState | undefined> {
  const { countdowns, facts, userId, now } = context;
  const there = (await ownReminders(context)).find(({ countdown }) => isSameOrder(countdown, order));
  if (!there || Object.keys(asked).length === 0) return undefined;
  const change = { ...asked, locale: order.locale };
  const result = await countdowns.change(
    ownerIdOf(userId),
    there.countdown.id,
    ({ countdown, progress }) =>
      applyEdit(countdown, progress, targetOf(facts, countdown, context.today), change, now),
    now,
  );
  return result.ok ? result.standing : undefined;
}

const list = subcommand({
  name: 'list',
  description: 'command.remind.list',
  options: {},
  async run(_, context) {
    const { say } = context.language;
    const all = await ownReminders(context);
    if (all.length === 0) return ephemeralText(say('remind.none'));
    // The list tells how they stood until now.
    const sections = await listSections(context, all);
    await resumeReminders(context);
    return countdownReply(context, say('remind.list', { count: all.length, most: MAX_REMINDERS }), sections);
  },
});

const stop = subcommand({
  name: 'stop',
  description: 'command.remind.stop',
  options: { reminder },
  async run({ reminder: typed }, context) {
    const { countdowns, userId, language } = context;
    await resumeReminders(context);
    const found = await findReminder(context, typed);
    if (!found) return ephemeralText(language.say('remind.unknown', { typed: quote(typed) }));
    const name = countdownName(today(context), found.countdown);
    await countdowns.remove(ownerIdOf(userId), found.countdown.id);
    return ephemeralText(language.say('remind.stopped', { name }));
  },
});

/** Reminders of one's own: countdowns whose channel is the direct messages with the one who asked. */
export const remind: Command = {
  name: 'remind',
  description: 'command.remind',
  ...ANY_CONTEXT,
  subcommands: [me, list, stop],
};
