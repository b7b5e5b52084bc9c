import type { Countdown } from '../../src/countdown/countdown.ts';
import { nameOf, postName } from '../../src/countdown/names.ts';
import { personOwner } from '../../src/countdown/owner.ts';
import type { Standing } from '../../src/delivery/countdown-repository.ts';
import type { Section } from '../../src/discord/message/limits.ts';
import type { Context } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { isFinished, isGone, type Outlook, outlookOf } from '../countdown/outlook.ts';
import { comingLines, timestamp } from '../countdown/replies.ts';

/** The reminders of the one who asks. */
export const ownReminders = ({ countdowns, userId }: Context): Promise<Standing[]> =>
  countdowns.list(personOwner(userId));

/** Whoever uses a reminder command is there again: what was silent because nothing reached them goes on. */
export async function goOn({ countdowns, userId, now }: Context): Promise<void> {
  await countdowns.reconsider(personOwner(userId), () => true, now);
}

/** When a reminder comes. */
export function orderLine({ language: { say } }: Context, { time, timeZone, milestones }: Countdown): string {
  return say('remind.order', { time, zone: timeZone, milestones: milestones.join(', ') });
}

/** The reminders one by one: when each comes and what comes next; before them, that nothing could be sent, where it is so. */
export async function listSections(context: Context, all: readonly Standing[]): Promise<Section[]> {
  const view = today(context);
  const outlooks = await Promise.all(all.map((one) => outlookOf(context, one)));
  const isSilent = outlooks.some((one) => one.progress.paused && !isFinished(view, one));
  const silent = isSilent ? [{ lines: [context.language.say('remind.closed-before')] }] : [];
  const each = outlooks.map((outlook) => ({
    heading: nameOf(view, outlook.countdown),
    lines: [orderLine(context, outlook.countdown), nextLine(context, outlook)],
  }));
  return [...silent, ...each];
}

/** What a new or changed reminder will send, and that it follows the date. */
export async function newSections(context: Context, standing: Standing): Promise<Section[]> {
  const { say } = context.language;
  const { countdown } = standing;
  const outlook = await outlookOf(context, standing);
  const lines = comingLines(context, outlook.comings);
  return [
    { lines: [`**${nameOf(today(context), countdown)}**`, orderLine(context, countdown)] },
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
