import type { View } from '../../src/answers/card.ts';
import { MAX_COUNTDOWNS } from '../../src/countdown/countdown.ts';
import { countdownName, numbered } from '../../src/countdown/names.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type Context, subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { pageOf } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { createOutlook, nextLine, type Outlook } from './outlook.ts';
import { countdownReply, orderLines, timestamp } from './replies.ts';

export const list = subcommand({
  name: 'list',
  description: 'command.countdown.list',
  options: {},
  run: (_, context) => listed(context, undefined),
  press: ({ page }, context) => listed(context, page),
});

function listed(context: Context, asked: string | undefined): Promise<Reply> | Reply {
  return requireManageServer(context, async (guild) => {
    const { say } = context.language;
    const all = await context.countdowns.list(guild.id);
    if (all.length === 0) return ephemeralText(say('countdown.list.none'));
    const title = say('countdown.list.title', { count: all.length, most: MAX_COUNTDOWNS });
    const page = pageOf(context, 'countdown/list', title, all, asked);
    const view = today(context);
    const outlooks = await Promise.all(page.items.map((one) => createOutlook(context, one)));
    const sections = outlooks.map((outlook, at) => ({
      heading: numbered(context.language, page.first + at, countdownName(view, outlook.countdown)),
      lines: linesOf(context, view, outlook),
    }));
    return countdownReply(context, page.title, sections, page.buttons);
  });
}

/** One countdown in the list: where and when it posts, and its next post, or why it is silent and what to do. */
function linesOf(context: Context, view: View, outlook: Outlook): string[] {
  const { countdown, progress } = outlook;
  const unsure = progress.unsure && timestamp(Temporal.Instant.from(progress.unsure));
  return [
    ...orderLines(context, countdown),
    nextLine(context, view, outlook),
    ...(unsure ? [context.language.say('countdown.unsure', { when: unsure })] : []),
  ];
}
