import type { View } from '../../src/answers/card.ts';
import { releaseFreshness } from '../../src/answers/freshness.ts';
import { type Countdown, type CountdownState, newProgress, silence } from '../../src/countdown/countdown.ts';
import { isFinished as hasFinished } from '../../src/countdown/finished.ts';
import { type UpcomingPost, upcomingPosts } from '../../src/countdown/forecast.ts';
import { isKnownZone } from '../../src/countdown/local-time.ts';
import { postName } from '../../src/countdown/names.ts';
import { planOf } from '../../src/countdown/schedule.ts';
import { targetOf, toldDateOf } from '../../src/countdown/target.ts';
import type { NewCountdown } from '../../src/delivery/countdown-repository.ts';
import type { History, Skipped } from '../../src/delivery/ledger.ts';
import { inlineCode, timestamp } from '../../src/discord/message/format.ts';
import { pauseLine } from '../../src/discord/message/pause-line.ts';
import type { BotAccess } from '../../src/discord/rest/bot-permissions.ts';
import type { Language } from '../../src/i18n/translator.ts';
import type { Context } from '../../src/interactions/context.ts';
import type { Services } from '../services.ts';
import { findPostProblems, type PostProblems, withoutGoneRole } from './access.ts';

/** A countdown with what it has posted, and what it will post by today's facts; without the mention of a role that is gone. */
export interface Outlook extends CountdownState {
  history: History;
  upcoming: UpcomingPost[];
  /** How many posts fell due that were neither made nor recorded as skipped, and are too late now. */
  missed: number;
  /** What stands against the next post now. */
  problems: PostProblems;
}

/** Reads the history of a countdown and works out its upcoming posts, and what would prevent them by `access`. */
export async function createOutlook(
  { progress: repository }: Pick<Services, 'progress'>,
  { knowledge: { facts }, now, today, language }: Context,
  { countdown, progress }: CountdownState,
  access?: BotAccess | undefined,
): Promise<Outlook> {
  const problems = findPostProblems(language, countdown, access, now);
  const history = await repository.history(countdown.id);
  const target = targetOf(facts, countdown, today);
  const upcoming = upcomingPosts(countdown, progress, target, now, history.settled);
  const { skip } = planOf(countdown, progress, target, now);
  const missed = skip.filter(({ occurrence }) => !history.settled.has(occurrence.key)).length;
  return { countdown: withoutGoneRole(countdown, access), progress, history, upcoming, missed, problems };
}

/** Whether a new countdown will ever post: it has posts ahead, or waits for a date. */
export function willPost({ knowledge, now, today }: Context, order: NewCountdown): boolean {
  const countdown = { ...order, id: '', createdAt: now.toString() };
  const target = targetOf(knowledge.facts, countdown, today);
  const told = toldDateOf(target);
  return told === null || upcomingPosts(countdown, newProgress(told, now), target, now).length > 0;
}

/** Returns how many countdowns count for the limit: those that are not finished. */
export function countUnfinished(
  { knowledge, now, today }: Context,
  states: readonly CountdownState[],
): number {
  const isOver = (state: CountdownState) =>
    hasFinished(state, targetOf(knowledge.facts, state.countdown, today), now);
  return states.filter((state) => !isOver(state)).length;
}

/** Returns the facts of today in the language of a countdown's posts. */
export function createPostView({ knowledge, today }: Context, { locale }: Countdown): View {
  const { facts, catalogue } = knowledge;
  return { facts, snapshot: facts.asOf(today), language: catalogue.in(locale), spoilers: false };
}

/**
 * Returns the sentence of a countdown's next post, or why there is none and what to do; and what to know of its date, where
 * that passed unconfirmed or was confirmed long ago.
 */
export function nextLine(view: View, outlook: Outlook): string {
  const lines = [...preventedLines(view, outlook), postLine(view, outlook)];
  return [...lines, ...dateNotes(view, outlook.countdown)].join(' ');
}

/** Returns what stands against the next post, where there is one and its channel has not refused any yet. */
export function preventedLines(view: View, outlook: Outlook): string[] {
  const { upcoming, problems } = outlook;
  const isSilent = silentLine(view, outlook) !== undefined;
  return upcoming.length > 0 && !isSilent ? [...problems.blockers, ...problems.notes] : [];
}

/** Returns what to know of the date of a countdown's release: that it passed unconfirmed, or when it was last confirmed. */
export function dateNotes(view: View, { own, release, anniversary }: Countdown): string[] {
  const known = view.snapshot.get(release);
  if (own || anniversary || known?.kind !== 'release') return [];
  const note = releaseFreshness(view, known);
  return note ? [note] : [];
}

/** Returns the sentence of a countdown's next post, or why there is none and what to do. */
export function postLine(view: View, outlook: Outlook): string {
  const { language } = view;
  const { say } = language;
  const { countdown, upcoming } = outlook;
  const [next] = upcoming;
  if (countdown.pausedAt) {
    return say('countdown.paused-by-admin', { when: timestamp(Temporal.Instant.from(countdown.pausedAt)) });
  }
  const silent = silentLine(view, outlook);
  if (silent) return silent;
  if (next) {
    return say(next.occurrence.isLive ? 'countdown.next-live' : 'countdown.next', {
      what: postName(language, next.occurrence),
      when: timestamp(next.occurrence.due),
    });
  }
  if (!isKnownZone(countdown.timeZone)) return zoneLine(language, countdown);
  if (countdown.follow) return say('follow.waiting');
  if (isGone(view, countdown)) return say('countdown.release-gone');
  return isFinished(view, outlook) ? finishedLine(language, outlook) : say('countdown.waiting');
}

/** Returns what a finished countdown has done, by the ledger: how many posts were made, how many were not, and why. */
export function finishedLine(language: Language, outlook: Outlook): string {
  const { say } = language;
  const { countdown, progress, history } = outlook;
  const { postedCount: posted, skipped } = history;
  if (isComplete(outlook)) return say('countdown.finished');
  const reason = silence(countdown, progress);
  const last = skipped.at(-1);
  return [
    say('countdown.finished-part', { posted, skipped: skipped.length }),
    ...(reason ? [pauseLine(language, reason, countdown.channelId)] : []),
    ...(last && !reason ? [skippedLine(language, last)] : []),
  ].join(' ');
}

/** Whether posts were made, and none was skipped, refused or missed. The channel may refuse others since. */
export const isComplete = ({ history: { postedCount, skipped, refused }, missed }: Outlook): boolean =>
  postedCount > 0 && skipped.length === 0 && !refused && missed === 0;

/** Returns why the last post was not made, and what to do. */
export function skippedLine({ say }: Language, { why, content }: Skipped): string {
  const detail = content ? [say(`countdown.content.${content}`)] : [];
  return [say(`countdown.skipped.${why}`), ...detail].join(' ');
}

/** Returns why a countdown's channel refuses its posts and what to do; undefined where it does not, or no post is left. */
export function silentLine(view: View, outlook: Outlook): string | undefined {
  const { countdown, progress } = outlook;
  const reason = silence(countdown, progress);
  if (!reason || isFinished(view, outlook)) return undefined;
  return pauseLine(view.language, reason, countdown.channelId);
}

/** Returns that a countdown's time zone is not known, so that nothing is posted. */
export function zoneLine({ say }: Language, { timeZone }: Countdown): string {
  return say('countdown.problem.zone', { zone: inlineCode(timeZone) });
}

/** Whether the facts no longer have the release. */
export function isGone(view: View, { own, follow, release }: Countdown): boolean {
  return !own && !follow && view.snapshot.get(release)?.kind !== 'release';
}

/** Whether no post can follow any more: the date is known, and all its posts are settled. */
export function isFinished(view: View, { countdown, upcoming }: Outlook): boolean {
  if (upcoming.length > 0 || !isKnownZone(countdown.timeZone)) return false;
  if (countdown.own) return true;
  const release = view.snapshot.get(countdown.release);
  if (release?.kind !== 'release') return false;
  const { status } = release.claim;
  return status !== 'undated' && status !== 'dropped' && !isVague(release.claim);
}

/** A month or a year alone cannot be counted down to. */
function isVague(claim: { date?: string }): boolean {
  return claim.date !== undefined && claim.date.length < 10;
}
