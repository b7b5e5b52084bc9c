import type { Countdown, CountdownState } from '../../src/countdown/countdown.ts';
import { countdownName, postName } from '../../src/countdown/names.ts';
import { ownerIdOf } from '../../src/countdown/owner.ts';
import type { Section } from '../../src/discord/message/limits.ts';
import type { Context } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { createOutlook, isFinished, isGone, type Outlook } from '../countdown/outlook.ts';
import { timestamp, upcomingLines } from '../countdown/replies.ts';

/** The reminders of the one who asks. */
export const ownReminders = ({ countdowns, userId }: Context): Promise<CountdownState[]> =>
  countdowns.list(ownerIdOf(userId));

/** Whoever uses a reminder command is there again: what was silent because nothing reached them goes on. */
export async function resumeReminders({ pauses, userId, now }: Context): Promise<void> {
  await pauses.retryPaused(ownerIdOf(userId), () => true, now);
}

/** When a reminder comes. */
export function reminderLine(
  { language: { say } }: Context,
  { time, timeZone, milestones }: Countdown,
): string {
  return say('remind.order', { time, zone: timeZone, milestones: milestones.join(', ') });
}

/** The reminders one by one: when each comes and what comes next; before them, that nothing could be sent, where it is so. */
export async function listSections(context: Context, all: readonly CountdownState[]): Promise<Section[]> {
  const view = today(context);
  const outlooks = await Promise.all(all.map((one) => createOutlook(context, one)));
  const isSilent = outlooks.some((one) => one.progress.paused && !isFinished(view, one));
  const silent = isSilent ? [{ lines: [context.language.say('remind.closed-before')] }] : [];
  const each = outlooks.map((outlook) => ({
    heading: countdownName(view, outlook.countdown),
    lines: [reminderLine(context, outlook.countdown), nextLine(context, outlook)],
  }));
  return [...silent, ...each];
}

/** What a new or changed reminder will send, and that it follows the date. */
export async function newSections(context: Context, standing: CountdownState): Promise<Section[]> {
  const { say } = context.language;
  const { countdown } = standing;
  const outlook = await createOutlook(context, standing);
  const lines = upcomingLines(context, outlook.comings);
  return [
    { lines: [`**${countdownName(today(context), countdown)}**`, reminderLine(context, countdown)] },
    { heading: say('remind.messages'), lines: lines.length > 0 ? lines : [nextLine(context, outlook)] },
    { lines: [say(countdown.anniversary ? 'remind.yearly' : 'remind.follows')] },
  ];
}

function nextLine(context: Context, outlook: Outlook): string {
  const { language } = context;
  const view = today(context);
  const [next] = outlook.comings;
  if (next) {
    const { occurrence } = next;
    return language.say('remind.next', {
      what: postName(language, occurrence),
      when: timestamp(occurrence.due),
    });
  }
  if (isGone(view, outlook.countdown)) return language.say('remind.gone');
  return language.say(isFinished(view, outlook) ? 'remind.finished' : 'remind.waiting');
}
