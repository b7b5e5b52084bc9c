import type { Countdown, CountdownState } from '../../src/countdown/countdown.ts';
import { notAfter } from '../../src/countdown/local-time.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { bold, timestamp } from '../../src/discord/message/format.ts';
import type { Button, Reply } from '../../src/discord/message/reply.ts';
import type { BotAccess } from '../../src/discord/rest/bot-permissions.ts';
import type { MessageKey } from '../../src/i18n/translator.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import type { Services } from '../services.ts';
import { changeLines } from './change-lines.ts';
import { createOutlook, nextLine } from './outlook.ts';
import { countdownReply, orderLines, upcomingLines } from './replies.ts';
import { channelRemarks } from './validation.ts';

/** What a button undoes: a countdown that was added, the last change of one, or a removal. */
export type Undo = { added: string } | { countdown: string; change: string } | { removed: string };

/** Returns the button that undoes something. */
export function undoButton({ language: { say } }: Context, undo: Undo): Button {
  const label = say('button.undo');
  if ('added' in undo)
    return { verb: 'press', path: 'countdown/remove', options: { added: undo.added }, label };
  if ('removed' in undo)
    return { verb: 'press', path: 'countdown/remove', options: { removed: undo.removed }, label };
  const options = { countdown: undo.countdown, undo: undo.change };
  return { verb: 'press', path: 'countdown/edit', options, label };
}

/** Returns the buttons below a countdown that was just added or changed: Preview, Edit, Undo. */
export function changeButtons(context: Context, id: string, undo: Undo): Button[] {
  const { say } = context.language;
  const preview = { countdown: id, below: 'yes' };
  return [
    { verb: 'press', path: 'countdown/preview', options: preview, label: say('button.preview') },
    {
      verb: 'press',
      path: 'countdown/edit',
      options: { countdown: id, form: 'yes' },
      label: say('button.edit'),
    },
    undoButton(context, undo),
  ];
}

/** A countdown that was just changed, or put back as it was. */
export interface Changed {
  title: MessageKey;
  state: CountdownState;
  /** The countdown before, where something of it was changed. */
  before?: Countdown;
  undo: Undo;
  /** What the bot may do in the channel. */
  access: BotAccess | undefined;
}

/** Returns what changed, and what the countdown will post now. */
export async function changedReply(
  services: Pick<Services, 'progress'>,
  context: Context,
  { title, state, before, undo, access }: Changed,
): Promise<Reply> {
  const { language, now } = context;
  const { say } = language;
  const view = currentView(context);
  const outlook = await createOutlook(services, context, state, access);
  const { countdown, upcoming } = outlook;
  const lines = upcomingLines(context, upcoming);
  const isLate = upcoming.find(({ occurrence: { due } }) => notAfter(due, now));
  const owed = upcoming.find(({ occurrence: { key } }) => key === countdown.owed?.key);
  const pending = owed ?? isLate;
  const changes = before ? changeLines(language, before, state.countdown) : [];
  return countdownReply(
    context,
    say(title),
    [
      {
        lines: [bold(countdownName(view, countdown)), ...changes, ...orderLines(context, countdown)],
      },
      {
        heading: say('countdown.added.posts'),
        lines: lines.length > 0 ? lines : [nextLine(view, outlook)],
      },
      {
        lines: [
          ...(pending ? [say('countdown.edited.owed', { when: timestamp(pending.occurrence.due) })] : []),
          ...(countdown.pausedAt ? [say('countdown.edited.paused')] : []),
          ...outlook.problems.blockers,
          ...outlook.problems.notes,
          ...channelRemarks(context, countdown),
        ],
      },
    ],
    changeButtons(context, countdown.id, undo),
  );
}
