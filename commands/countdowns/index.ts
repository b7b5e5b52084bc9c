import { remindAction } from '../../src/answers/reminder.ts';
import { type Coming, listComing } from '../../src/countdown/coming.ts';
import { countableValue, listCountables } from '../../src/countdown/countable-releases.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { bold, channelMention } from '../../src/discord/message/format.ts';
import { type Block, createPanel } from '../../src/discord/message/panel.ts';
import { ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type Command, subcommand } from '../../src/interactions/command.ts';
import { GUILD_ONLY } from '../../src/interactions/command-contexts.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPage } from '../../src/interactions/pagination.ts';
import { escapeMarkdown } from '../../src/lib/markdown.ts';
import type { Services } from '../services.ts';
import { keepVisible } from './visible-channels.ts';

type LookServices = Pick<Services, 'countdowns' | 'lookUpAccess'>;

/** Returns `/countdowns`: what comes in a server, for everyone. Always private: not all see the same channels. */
export function createCountdownsCommand(services: LookServices): Command {
  return {
    name: 'countdowns',
    description: 'command.countdowns',
    isPlain: true,
    ...GUILD_ONLY,
    subcommands: [
      subcommand({
        name: 'list',
        description: 'command.countdowns',
        options: {},
        run: (_, context) => comingReply(services, context, undefined),
        press: ({ page }, context) => comingReply(services, context, page),
      }),
    ],
  };
}

function comingReply(
  services: LookServices,
  context: Context,
  requestedPage: string | undefined,
): Promise<Reply> | Reply {
  const { guild, language } = context;
  return guild
    ? listFor(services, context, guild, requestedPage)
    : ephemeralText(language.say('problem.servers-only'));
}

async function listFor(
  { countdowns, lookUpAccess }: LookServices,
  context: Context,
  guild: Guild,
  requestedPage: string | undefined,
): Promise<Reply> {
  const { say } = context.language;
  const view = currentView(context);
  const orders = (await countdowns.list(guild.id)).map(({ countdown }) => countdown);
  const { visible, isSure } = await keepVisible(lookUpAccess, context, guild, orders);
  const coming = listComing(view, visible, context.now);
  const note = isSure ? [] : [say('countdowns.unsure')];
  if (coming.length === 0) return ephemeralText([say('countdowns.none'), ...note].join('\n'));

  const page = createPage(context, 'countdowns/list', say('countdowns.title'), coming, requestedPage);
  const waitable = new Set(listCountables(view).map(({ value }) => value));
  const blocks = page.items.map((item) => blockOf(context, item, waitable));
  return ephemeral(createPanel({ title: page.title, blocks, small: note, rows: [page.buttons] }));
}

/** What comes, when, and in which channels; a date of the server's own has no reminder. */
function blockOf(
  context: Context,
  { countdown, channelIds, date, left }: Coming,
  waitable: ReadonlySet<string>,
): Block {
  const { language } = context;
  const { say } = language;
  // The line below the name has the date of a server's own date too.
  const name = countdown.own
    ? escapeMarkdown(countdown.own.title)
    : countdownName(currentView(context), countdown);
  const value = countableValue(countdown.release, countdown.anniversary);
  const { path, options = {}, label } = remindAction(language, value);
  const channels = language.list(channelIds.map((id) => channelMention(id)));
  const day = date === null ? '' : language.date(date);
  const when =
    date === null
      ? say('countdowns.undated')
      : left === null
        ? say('countdowns.vague', { date: day })
        : say('countdowns.dated', { date: day, left });
  return {
    text: `${bold(name)}\n${say('countdowns.line', { when, channels })}`,
    buttons: waitable.has(value) ? [{ verb: 'press', path, options, label }] : [],
  };
}
