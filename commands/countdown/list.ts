import type { View } from '../../src/answers/card.ts';
import { MAX_COUNTDOWNS } from '../../src/countdown/countdown.ts';
import { countdownName, numbered } from '../../src/countdown/names.ts';
import { timestamp } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPage } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { countUnfinished, createOutlook, nextLine, type Outlook } from './outlook.ts';
import { countdownReply, orderLines } from './replies.ts';

type ListServices = Pick<Services, 'countdowns' | 'progress' | 'lookUpAccess'>;

/** Returns `/countdown list`: all countdowns of the server, page by page. */
export const createListCommand = (services: ListServices) =>
  subcommand({
    name: 'list',
    description: 'command.countdown.list',
    options: {},
    run: (_, context) => listReply(services, context, undefined),
    press: ({ page }, context) => listReply(services, context, page),
  });

function listReply(
  services: ListServices,
  context: Context,
  requestedPage: string | undefined,
): Promise<Reply> | Reply {
  return requireManageServer(context, async (guild) => {
    const { say } = context.language;
    const states = await services.countdowns.list(guild.id);
    if (states.length === 0) return ephemeralText(say('countdown.list.none'));
    const title = say('countdown.list.title', {
      count: countUnfinished(context, states),
      most: MAX_COUNTDOWNS,
    });
    const page = createPage(context, 'countdown/list', title, states, requestedPage);
    const view = currentView(context);
    const channelIds = page.items.map(({ countdown }) => countdown.channelId);
    const access = await services.lookUpAccess(guild.id, channelIds);
    const outlooks = await Promise.all(
      page.items.map((state) => createOutlook(services, context, state, access)),
    );
    const sections = outlooks.map((outlook, index) => ({
      heading: numbered(context.language, page.offset + index, countdownName(view, outlook.countdown)),
      lines: linesOf(context, view, outlook),
    }));
    return countdownReply(context, page.title, sections, page.buttons);
  });
}

/** Where and when a countdown posts, and its next post, or why there is none and what to do. */
function linesOf(context: Context, view: View, outlook: Outlook): string[] {
  const { countdown, progress } = outlook;
  const unsure = progress.unsure && timestamp(Temporal.Instant.from(progress.unsure));
  return [
    ...orderLines(context, countdown),
    nextLine(view, outlook),
    ...(unsure ? [context.language.say('countdown.unsure', { when: unsure })] : []),
  ];
}
