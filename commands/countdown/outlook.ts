import type { View } from '../../src/answers/card.ts';
import { type Countdown, type CountdownState, silence } from '../../src/countdown/countdown.ts';
import { type UpcomingPost, upcomingPosts } from '../../src/countdown/forecast.ts';
import { postName } from '../../src/countdown/names.ts';
import { targetOf } from '../../src/countdown/target.ts';
import type { History } from '../../src/delivery/ledger.ts';
import type { Context } from '../../src/interactions/command.ts';
import { timestamp } from './replies.ts';

/** How a countdown stands: what it has posted, and what it will post as the facts stand today. */
export interface Outlook extends CountdownState {
  history: History;
  comings: UpcomingPost[];
}

export async function createOutlook(
  context: Context,
  { countdown, progress }: CountdownState,
): Promise<Outlook> {
  const { facts, now, today, progress: repository } = context;
  const history = await repository.history(countdown.id);
  const target = targetOf(facts, countdown, today);
  return {
    countdown,
    progress,
    history,
    comings: upcomingPosts(countdown, progress, target, now, history.settled),
  };
}

/** The next post of a countdown, or why there is none and what to do. */
export function nextLine(context: Context, view: View, outlook: Outlook): string {
  const { say } = context.language;
  const { countdown, comings } = outlook;
  const [next] = comings;
  if (countdown.pausedAt) {
    return say('countdown.paused-by-admin', { when: timestamp(Temporal.Instant.from(countdown.pausedAt)) });
  }
  const silent = silentLine(context, view, outlook);
  if (silent) return silent;
  if (next) {
    return say('countdown.next', {
      what: postName(context.language, next.occurrence),
      when: timestamp(next.occurrence.due),
    });
  }
  if (isGone(view, countdown)) return say('countdown.release-gone');
  return say(isFinished(view, outlook) ? 'countdown.finished' : 'countdown.waiting');
}

/** Why the channel refuses what would still come, and the cure. */
export function silentLine({ language }: Context, view: View, outlook: Outlook): string | undefined {
  const { countdown, progress } = outlook;
  const refused = silence(countdown, progress);
  if (!refused || isFinished(view, outlook)) return undefined;
  return language.say(`countdown.paused.${refused}`, { channel: `<#${countdown.channelId}>` });
}

/** Whether today's facts no longer have what is counted to. */
export function isGone(view: View, { own, release }: Countdown): boolean {
  return !own && view.snapshot.get(release)?.kind !== 'release';
}

/** Whether nothing more can come: the date is known and all is settled. */
export function isFinished(view: View, { countdown, comings }: Outlook): boolean {
  if (comings.length > 0) return false;
  if (countdown.own) return true;
  const known = view.snapshot.get(countdown.release);
  if (known?.kind !== 'release') return false;
  const { status } = known.claim;
  return status !== 'undated' && status !== 'dropped' && !isVague(known.claim);
}

/** A date that is only a month or a year cannot be counted to yet. */
function isVague(claim: { date?: string }): boolean {
  return claim.date !== undefined && claim.date.length < 10;
}
