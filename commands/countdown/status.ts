import type { View } from '../../src/answers/card.ts';
import { releaseName } from '../../src/countdown/countable-releases.ts';
import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownName } from '../../src/countdown/names.ts';
import type { ScheduledEvent } from '../../src/countdown/scheduled-event.ts';
import { channelMention } from '../../src/discord/message/format.ts';
import { type Block, createPanel } from '../../src/discord/message/panel.ts';
import { ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { createPage } from '../../src/interactions/pagination.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { escapeMarkdown } from '../../src/lib/markdown.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';
import { healthOf, type ServerState } from './health.ts';
import { createOutlook } from './outlook.ts';
import { numberedInText } from './replies.ts';

type StatusServices = Pick<Services, 'countdowns' | 'settings' | 'progress' | 'events' | 'lookUpAccess'>;

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

/** Returns `/countdown status`: how one countdown is, or all, those with a problem first. */
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
              const { block, isProblem } = await statusOf(services, context, server, named, named.name);
              const title = context.language.say('countdown.status.title', { problems: Number(isProblem) });
              return ephemeral(createPanel({ title, blocks: [block] }));
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
    const refused = events.flatMap((event) => refusedEvents(view, event));
    if (states.length + refused.length === 0) return ephemeralText(language.say('countdown.list.none'));
    // Of all, not of one page alone: the problems come first.
    const channelIds = states.map(({ countdown }) => countdown.channelId);
    const server = await readServer(services, guild.id, channelIds);
    const countdowns = await Promise.all(
      states.map((state, index) => {
        const name = numberedInText(language, index, countdownName(view, state.countdown));
        return statusOf(services, context, server, state, name);
      }),
    );
    const all = [...countdowns, ...refused];
    const problems = all.filter(({ isProblem }) => isProblem);
    const sorted = [...problems, ...all.filter(({ isProblem }) => !isProblem)];
    const title = language.say('countdown.status.title', { problems: problems.length });
    const page = createPage(context, 'countdown/status', title, sorted, requestedPage);
    const blocks = page.items.map(({ block }) => block);
    return ephemeral(createPanel({ title: page.title, blocks, rows: [page.buttons] }));
  });
}

/** How one countdown or event is. */
interface Status {
  block: Block;
  isProblem: boolean;
}

/** Why a scheduled event is not as it should be, and what to do. */
function refusedEvents(view: View, { release, own, refused }: ScheduledEvent): Status[] {
  const known = view.snapshot.get(release);
  const name = known?.kind === 'release' ? releaseName(view, known) : own && escapeMarkdown(own.title);
  const text = refused && name && view.language.say(`event.status.${refused}`, { name });
  return text ? [{ block: { text }, isProblem: true }] : [];
}

/** One countdown in a paragraph: what is wrong and what to do; then its next post and its last one. */
async function statusOf(
  services: Pick<Services, 'progress'>,
  context: Context,
  server: ServerState,
  state: CountdownState,
  name: string,
): Promise<Status> {
  const outlook = await createOutlook(services, context, state, server.access);
  const { problems, fine, buttons } = healthOf(currentView(context), server, outlook);
  const text = context.language.say('countdown.status.line', {
    name,
    channel: channelMention(state.countdown.channelId),
    status: [...problems, ...fine].join(' '),
  });
  return { block: { text, buttons }, isProblem: problems.length > 0 };
}
