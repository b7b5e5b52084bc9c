import type { Countdown, CountdownState } from '../../src/countdown/countdown.ts';
import { isKnownZone } from '../../src/countdown/local-time.ts';
import { countdownName, milestonesText, postName } from '../../src/countdown/names.ts';
import { ownerIdOf } from '../../src/countdown/owner.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { bold, timestamp } from '../../src/discord/message/format.ts';
import type { Section } from '../../src/discord/message/limits.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import {
  createOutlook,
  finishedLine,
  isComplete,
  isFinished,
  isGone,
  type Outlook,
  zoneLine,
} from '../countdown/outlook.ts';
import { upcomingLines } from '../countdown/replies.ts';
import type { Services } from '../services.ts';

/** What the commands of reminders use. */
export type ReminderServices = Pick<Services, 'countdowns' | 'settings' | 'progress' | 'pauses' | 'openDm'>;

/** Returns the reminders of the user. */
export const listOwnReminders = (
  { countdowns }: Pick<Services, 'countdowns'>,
  { userId }: Context,
): Promise<CountdownState[]> => countdowns.list(ownerIdOf(userId));

/** Lets silent reminders try again: a person who uses the command may be reachable by direct message again. */
export async function resumeReminders(
  { pauses }: Pick<Services, 'pauses'>,
  { userId, now }: Context,
): Promise<void> {
  await pauses.retryPaused(ownerIdOf(userId), () => true, now);
}

/** Returns when a reminder comes. */
function reminderLine({ language }: Context, { time, timeZone, milestones }: Countdown): string {
  const days = milestonesText(language, milestones);
  return language.say('remind.order', { time, zone: zoneLabel(timeZone), milestones: days });
}

/** Returns each reminder with when it comes and what comes next; before them, whether messages could not be sent. */
export async function listSections(
  services: Pick<Services, 'progress'>,
  context: Context,
  reminders: readonly CountdownState[],
): Promise<Section[]> {
  const view = currentView(context);
  const outlooks = await Promise.all(reminders.map((state) => createOutlook(services, context, state)));
  // By the ledger too: after a retry was ordered, the newest message may still be a refused one.
  const isSilent = outlooks.some(
    (outlook) => (outlook.progress.paused || outlook.history.refused) && !isFinished(view, outlook),
  );
  const silent = isSilent ? [{ lines: [context.language.say('remind.closed-before')] }] : [];
  const sections = outlooks.map((outlook) => ({
    heading: countdownName(view, outlook.countdown),
    lines: [reminderLine(context, outlook.countdown), nextLine(context, outlook)],
  }));
  return [...silent, ...sections];
}

/** Returns what a new or edited reminder will send. */
export async function newSections(
  services: Pick<Services, 'progress'>,
  context: Context,
  state: CountdownState,
): Promise<Section[]> {
  const { say } = context.language;
  const { countdown } = state;
  const outlook = await createOutlook(services, context, state);
  const lines = upcomingLines(context, outlook.upcoming);
  return [
    { lines: [bold(countdownName(currentView(context), countdown)), reminderLine(context, countdown)] },
    { heading: say('remind.messages'), lines: lines.length > 0 ? lines : [nextLine(context, outlook)] },
    {
      lines: [say(countdown.own ? 'remind.own' : countdown.anniversary ? 'remind.yearly' : 'remind.follows')],
    },
  ];
}

function nextLine(context: Context, outlook: Outlook): string {
  const { language } = context;
  const view = currentView(context);
  const [next] = outlook.upcoming;
  if (next) {
    const { occurrence } = next;
    return language.say('remind.next', {
      what: postName(language, occurrence),
      when: timestamp(occurrence.due),
    });
  }
  if (!isKnownZone(outlook.countdown.timeZone)) return zoneLine(language, outlook.countdown);
  if (isGone(view, outlook.countdown)) return language.say('remind.gone');
  if (!isFinished(view, outlook)) return language.say('remind.waiting');
  return isComplete(outlook) ? language.say('remind.finished') : finishedLine(language, outlook);
}
