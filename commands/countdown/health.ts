import type { View } from '../../src/answers/card.ts';
import { silence } from '../../src/countdown/countdown.ts';
import type { FailedTest } from '../../src/countdown/guild-document.ts';
import { isKnownZone } from '../../src/countdown/local-time.ts';
import type { History, Posted } from '../../src/delivery/ledger.ts';
import { messageLink, timestamp } from '../../src/discord/message/format.ts';
import { pauseLine } from '../../src/discord/message/pause-line.ts';
import type { Button } from '../../src/discord/message/reply.ts';
import type { BotAccess } from '../../src/discord/rest/bot-permissions.ts';
import type { Language } from '../../src/i18n/translator.ts';
import { editButton, previewButton } from './buttons.ts';
import {
  dateNotes,
  isFinished,
  isGone,
  type Outlook,
  postLine,
  preventedLines,
  silentLine,
  skippedLine,
} from './outlook.ts';
import { postLines } from './post-lines.ts';

/** What is known of a server, besides its countdowns. */
export interface ServerState {
  guildId: string;
  access: BotAccess | undefined;
  failedTest: FailedTest | undefined;
}

/** How a countdown is: in sentences, and with the buttons that help. */
export interface Health {
  /** What is wrong, each with its cure; none where all is well. */
  problems: string[];
  /** The next post, or why there is none, and the last post. */
  fine: string[];
  buttons: Button[];
}

/** Returns how a countdown is. */
export function healthOf(view: View, server: ServerState, outlook: Outlook): Health {
  const { language } = view;
  const { countdown, history } = outlook;
  const isOver = isFinished(view, outlook);
  const failedTest = server.failedTest?.countdownId === countdown.id ? server.failedTest : undefined;
  const standing = postLine(view, outlook);
  const isStuck = isStandingStill(view, outlook);
  const problems = [
    ...preventedLines(view, outlook),
    ...(isStuck ? [standing] : []),
    // The line of a finished countdown says it already.
    ...(isOver ? [] : lastSkipLines(language, history)),
    ...(history.last?.publish === 'failed' ? [language.say('countdown.status.unpublished')] : []),
    ...(failedTest ? [failedTestLine(language, countdown.channelId, failedTest)] : []),
  ];
  const fine = [
    ...(isStuck ? [] : [standing]),
    ...(countdown.live && !isOver ? [language.say('countdown.live-status')] : []),
    ...postLines(language, countdown),
    ...dateNotes(view, countdown),
    ...lastPostLines(language, server.guildId, outlook, isOver),
  ];
  return { problems, fine, buttons: cureButtons(view, server, outlook, failedTest) };
}

/** Whether nothing is posted until someone mends it. */
function isStandingStill(view: View, outlook: Outlook): boolean {
  const { countdown, upcoming } = outlook;
  if (countdown.pausedAt) return false;
  if (silentLine(view, outlook) !== undefined) return true;
  return upcoming.length === 0 && (!isKnownZone(countdown.timeZone) || isGone(view, countdown));
}

/** A refused text is looked at first; what is wrong with the channel, the role or the time zone, an edit mends. */
function cureButtons(
  view: View,
  { access }: ServerState,
  outlook: Outlook,
  failedTest: FailedTest | undefined,
): Button[] {
  const { language } = view;
  const { countdown, progress, history, problems } = outlook;
  if (isFinished(view, outlook)) return [];
  const preview = previewButton(language, countdown);
  const edit = editButton(language, countdown);
  const isRefused = newestSkip(history)?.content !== undefined || failedTest?.content !== undefined;
  if (isRefused) return [preview, edit];
  const reason = silence(countdown, progress);
  const isEditable =
    (reason !== undefined && reason !== 'guild-gone' && reason !== 'bug') ||
    access?.problems.has(countdown.channelId) ||
    problems.notes.length > 0 ||
    !isKnownZone(countdown.timeZone);
  return isEditable ? [edit] : [];
}

/** The newest post that was not made, unless a newer one was, or took its place. */
function newestSkip({ last, skipped }: History) {
  const skip = skipped.at(-1);
  if (!skip || skip.why === 'collapsed') return undefined;
  return last && Temporal.Instant.compare(last.at, skip.at) > 0 ? undefined : skip;
}

function lastSkipLines(language: Language, history: History): string[] {
  const skip = newestSkip(history);
  if (!skip) return [];
  const when = timestamp(Temporal.Instant.from(skip.at));
  return [language.say('countdown.status.skipped', { when, why: skippedLine(language, skip) })];
}

function failedTestLine(language: Language, channelId: string, failed: FailedTest): string {
  const { say } = language;
  const { at, reason, content } = failed;
  const when = timestamp(Temporal.Instant.from(at));
  return [
    say('countdown.test.last-failed', { when }),
    ...(reason ? [pauseLine(language, reason, channelId)] : []),
    ...(content ? [say(`countdown.content.${content}`)] : []),
  ].join(' ');
}

function lastPostLines(
  { say }: Language,
  guildId: string,
  { countdown, history: { last } }: Outlook,
  isOver: boolean,
): string[] {
  if (!last) return isOver ? [] : [say('countdown.status.none')];
  const when = timestamp(Temporal.Instant.from(last.at));
  if (last.messageId === 'deleted') return [say('countdown.status.deleted', { when })];
  return [say('countdown.status.last', { when, link: linkTo(last, countdown.channelId, guildId) })];
}

const linkTo = ({ channelId, messageId }: Posted, countdownChannelId: string, guildId: string) =>
  messageLink(channelId ?? countdownChannelId, messageId, guildId);
