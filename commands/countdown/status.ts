import type { View } from '../../src/answers/card.ts';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownName, numberedInText } from '../../src/countdown/names.ts';
import type { Posted } from '../../src/delivery/ledger.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type Context, subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { pageOf } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { anyCountdown, withChosen } from './countdown-option.ts';
import { createOutlook, nextLine } from './outlook.ts';
import { countdownReply, timestamp } from './replies.ts';

export const status = subcommand({
  name: 'status',
  description: 'command.countdown.status',
  options: { countdown: anyCountdown },
  run: ({ countdown: typed }, context) =>
    typed === undefined
      ? all(context, undefined)
      : requireManageServer(context, (guild) =>
          withChosen(context, typed, async (chosen) => {
            const line = await statusLine(context, today(context), guild.id, chosen, chosen.name);
            return countdownReply(context, context.language.say('countdown.status.title'), [
              { lines: [line] },
            ]);
          }),
        ),
  press: ({ page }, context) => all(context, page),
});

function all(context: Context, asked: string | undefined): Promise<Reply> | Reply {
  return requireManageServer(context, async (guild) => {
    const { language } = context;
    const standings = await context.countdowns.list(guild.id);
    if (standings.length === 0) return ephemeralText(language.say('countdown.list.none'));
    const page = pageOf(
      context,
      'countdown/status',
      language.say('countdown.status.title'),
      standings,
      asked,
    );
    const view = today(context);
    const lines = await Promise.all(
      page.items.map((one, at) => {
        const name = numberedInText(language, page.first + at, countdownName(view, one.countdown));
        return statusLine(context, view, guild.id, one, name);
      }),
    );
    return countdownReply(context, page.title, [{ lines }], page.buttons);
  });
}

/** One countdown in a sentence: its next post, or why it is silent and what to do; and its last one. */
async function statusLine(
  context: Context,
  view: View,
  guildId: string,
  standing: CountdownState,
  name: string,
): Promise<string> {
  const outlook = await createOutlook(context, standing);
  const { channelId } = standing.countdown;
  return context.language.say('countdown.status.line', {
    name,
    channel: `<#${channelId}>`,
    next: nextLine(context, view, outlook),
    last: lastLine(context, guildId, channelId, outlook.history.last),
  });
}

function lastLine(
  { language: { say } }: Context,
  guildId: string,
  channelId: string,
  last: Posted | undefined,
): string {
  if (!last) return say('countdown.status.none');
  const when = timestamp(Temporal.Instant.from(last.at));
  if (last.messageId === 'deleted') return say('countdown.status.deleted', { when });
  const link = `https://discord.com/channels/${guildId}/${last.channelId ?? channelId}/${last.messageId}`;
  const posted = say('countdown.status.last', { when, link });
  return last.publish === 'failed' ? `${posted} ${say('countdown.status.unpublished')}` : posted;
}
