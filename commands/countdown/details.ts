import { type CountdownState, silence } from '../../src/countdown/countdown.ts';
import { countdownName, numbered } from '../../src/countdown/names.ts';
import { timestamp } from '../../src/discord/message/format.ts';
import { createPanel } from '../../src/discord/message/panel.ts';
import { ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import type { Services } from '../services.ts';
import { detailButtons, listButton } from './buttons.ts';
import { createOutlook, nextLine } from './outlook.ts';
import { orderLines, upcomingLines } from './replies.ts';

/** A countdown of the list: its place in it, and the page from which it was opened. */
export interface ListedCountdown extends CountdownState {
  index: number;
  page: string;
}

/** Returns everything about one countdown, with buttons for what an admin may do with it. */
export async function detailsReply(
  services: Pick<Services, 'progress' | 'lookUpAccess'>,
  context: Context,
  guild: Guild,
  { index, page, ...state }: ListedCountdown,
): Promise<Reply> {
  const { language } = context;
  const view = currentView(context);
  const access = await services.lookUpAccess(guild.id, [state.countdown.channelId]);
  const outlook = await createOutlook(services, context, state, access);
  const { countdown, progress, upcoming } = outlook;
  const unsure = progress.unsure && timestamp(Temporal.Instant.from(progress.unsure));
  const isStopped = countdown.pausedAt !== undefined || silence(countdown, progress) !== undefined;
  const lines = [
    nextLine(view, outlook),
    ...(unsure ? [language.say('countdown.unsure', { when: unsure })] : []),
    ...orderLines(context, countdown),
  ];
  const later = isStopped ? [] : upcomingLines(context, upcoming.slice(1));
  const posts = later.length > 0 ? [language.say('countdown.details.later'), ...later] : [];
  return ephemeral(
    createPanel({
      title: numbered(language, index, countdownName(view, countdown)),
      blocks: [lines, posts].map((block) => ({ text: block.join('\n') })),
      rows: [detailButtons(language, countdown, isStopped), [listButton(language, page)]],
    }),
  );
}
