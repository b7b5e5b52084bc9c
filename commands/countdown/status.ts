import type { View } from '../../src/answers/card.ts';
import { releaseName } from '../../src/countdown/countable-releases.ts';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import type { FailedTest } from '../../src/countdown/guild-document.ts';
import { countdownName } from '../../src/countdown/names.ts';
import type { ScheduledEvent } from '../../src/countdown/scheduled-event.ts';
import type { History, Posted } from '../../src/delivery/ledger.ts';
import { channelMention, messageLink, timestamp } from '../../src/discord/message/format.ts';
import { pauseLine } from '../../src/discord/message/pause-line.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { BotAccess } from '../../src/discord/rest/bot-permissions.ts';
import type { Language } from '../../src/i18n/translator.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPage } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { escapeMarkdown } from '../../src/lib/markdown.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';
import { createOutlook, isFinished, nextLine, skippedLine } from './outlook.ts';
import { countdownReply, numberedInText } from './replies.ts';

type StatusServices = Pick<Services, 'countdowns' | 'settings' | 'progress' | 'events' | 'lookUpAccess'>;

/** What the status of each countdown of a server needs. */
interface ServerState {
  guildId: string;
  access: BotAccess | undefined;
  failedTest: FailedTest | undefined;
}

async function readServer(
  { settings, lookUpAccess }: StatusServices,
  guildId: string,
  channelIds: readonly string[],
): Promise<ServerState> {
  const [access, failedTest] = await Promise.all([
    lookUpAccess(guildId, channelIds),
    settings.failedTest(guildId),
  ]);
  return { guildId, access, failedTest };
}

/** Returns `/countdown status`: the last and the next post of one countdown, or of all. */
export const createStatusCommand = (services: StatusServices) => {
  const countdown = createCountdownOption(services);
  return subcommand({
    name: 'status',
    description: 'command.countdown.status',
    options: { countdown: { ...countdown, required: false, schema: countdown.schema.optional() } },
    run: ({ countdown: typed }, context) =>
      typed === undefined
        ? statusOfAll(services, context, undefined)
        : requireManageServer(context, (guild) =>
            withCountdown(services, context, typed, async (named) => {
              const server = await readServer(services, guild.id, [named.countdown.channelId]);
              const line = await statusLine(services, context, server, named, named.name);
              return countdownReply(context, context.language.say('countdown.status.title'), [
                { lines: [line] },
              ]);
            }),
          ),
    press: ({ page }, context) => statusOfAll(services, context, page),
  });
};

function statusOfAll(
  services: StatusServices,
  context: Context,
  requestedPage: string | undefined,
): Promise<Reply> | Reply {
  return requireManageServer(context, async (guild) => {
    const { language } = context;
    const view = currentView(context);
    const states = await services.countdowns.list(guild.id);
    const events = await services.events.refused(guild.id);
    const refused = events.flatMap((event) => refusedEventLines(view, event));
    if (states.length + refused.length === 0) return ephemeralText(language.say('countdown.list.none'));
    const title = language.say('countdown.status.title');
    const page = createPage(context, 'countdown/status', title, states, requestedPage);
    const channelIds = page.items.map(({ countdown }) => countdown.channelId);
    const server = await readServer(services, guild.id, channelIds);
    const lines = await Promise.all(
      page.items.map((state, index) => {
        const name = numberedInText(language, page.offset + index, countdownName(view, state.countdown));
        return statusLine(services, context, server, state, name);
      }),
    );
    return countdownReply(context, page.title, [{ lines }, { lines: refused }], page.buttons);
  });
}

/** Why a scheduled event is not as it should be, and what to do. */
function refusedEventLines(view: View, { release, own, refused }: ScheduledEvent): string[] {
  const known = view.snapshot.get(release);
  const name = known?.kind === 'release' ? releaseName(view, known) : own && escapeMarkdown(own.title);
  return refused && name ? [view.language.say(`event.status.${refused}`, { name })] : [];
}

/** One countdown in a line: its next post, or why there is none and what to do; and its last post. */
async function statusLine(
  services: Pick<Services, 'progress'>,
  context: Context,
  { guildId, access, failedTest }: ServerState,
  state: CountdownState,
  name: string,
): Promise<string> {
  const view = currentView(context);
  const outlook = await createOutlook(services, context, state, access);
  const { language } = context;
  const { channelId } = state.countdown;
  const isOver = isFinished(view, outlook);
  const line = language.say('countdown.status.line', {
    name,
    channel: channelMention(channelId),
    next: nextLine(view, outlook),
    last: lastPostLine(language, guildId, channelId, outlook.history.last, isOver),
  });
  // A finished countdown's line says it already.
  const skipped = isOver ? [] : lastSkipLines(language, outlook.history);
  const isTested = failedTest?.countdownId === state.countdown.id;
  const test = isTested ? [failedTestLine(language, channelId, failedTest)] : [];
  return [line.trimEnd(), ...skipped, ...test].join(' ');
}

/** Why the newest post was not made, unless a newer one was, or took its place. */
function lastSkipLines(language: Language, { last, skipped }: History): string[] {
  const skip = skipped.at(-1);
  if (!skip || skip.why === 'collapsed') return [];
  if (last && Temporal.Instant.compare(last.at, skip.at) > 0) return [];
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

function lastPostLine(
  { say }: Language,
  guildId: string,
  channelId: string,
  last: Posted | undefined,
  isOver: boolean,
): string {
  if (!last) return isOver ? '' : say('countdown.status.none');
  const when = timestamp(Temporal.Instant.from(last.at));
  if (last.messageId === 'deleted') return say('countdown.status.deleted', { when });
  const link = messageLink(last.channelId ?? channelId, last.messageId, guildId);
  const posted = say('countdown.status.last', { when, link });
  return last.publish === 'failed' ? `${posted} ${say('countdown.status.unpublished')}` : posted;
}
