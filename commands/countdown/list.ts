import type { View } from '../../src/answers/card.ts';
import { MAX_COUNTDOWNS } from '../../src/countdown/countdown.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { timestamp } from '../../src/discord/message/format.ts';
import { createPanel } from '../../src/discord/message/panel.ts';
import { ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPage } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { aboutReply } from './about.ts';
import { detailsButton } from './buttons.ts';
import { detailsReply } from './details.ts';
import { countUnfinished, createOutlook, nextLine, type Outlook } from './outlook.ts';
import { numberedInText, orderLines } from './replies.ts';

type ListServices = Pick<Services, 'countdowns' | 'progress' | 'lookUpAccess'>;

/** Returns `/countdown list`: all countdowns of the server, page by page. */
export const createListCommand = (services: ListServices) =>
  subcommand({
    name: 'list',
    description: 'command.countdown.list',
    options: {},
    run: (_, context) => listReply(services, context, undefined),
    press({ page, about, countdown: id }, context) {
      if (about) return aboutReply(services, context, about);
      return id ? detailsOf(services, context, id, page) : listReply(services, context, page);
    },
  });

/** One countdown of the list; the list itself where it is gone. */
function detailsOf(services: ListServices, context: Context, id: string, page = '1'): Promise<Reply> | Reply {
  return requireManageServer(context, async (guild) => {
    const states = await services.countdowns.list(guild.id);
    const index = states.findIndex(({ countdown }) => countdown.id === id);
    const state = states[index];
    return state
      ? detailsReply(services, context, guild, { ...state, index, page })
      : listReply(services, context, page);
  });
}

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
    const blocks = outlooks.map((outlook, index) => ({
      text: [
        numberedInText(context.language, page.offset + index, countdownName(view, outlook.countdown)),
        ...linesOf(context, view, outlook),
      ].join('\n'),
      buttons: [detailsButton(context.language, outlook.countdown, page.number)],
    }));
    return ephemeral(createPanel({ title: page.title, blocks, rows: [page.buttons] }));
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
