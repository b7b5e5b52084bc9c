import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import { type CountdownState, MAX_COUNTDOWNS, OWN } from '../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { countdownName } from '../../src/countdown/names.ts';
import type { NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { ephemeralText, quote, type Reply } from '../../src/discord/message/reply.ts';
import { isPublished } from '../../src/discord/permissions.ts';
import { type Context, subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { channel, date, milestones, noRole, release, role, time, timezone, title } from './options.ts';
import { createOutlook } from './outlook.ts';
import { countdownReply, orderLines, upcomingLines } from './replies.ts';
import { unknownReleaseReply } from './unknown-release.ts';
import { findChannelProblem, findDateProblem, findRoleProblem, remarks } from './validation.ts';

export const add = subcommand({
  name: 'add',
  description: 'command.countdown.add',
  options: { release, channel, title, date, timezone, time, milestones, role, no_role: noRole },
  run: (options, context) =>
    requireManageServer(context, async (guild) => {
      const { say } = context.language;
      const counted = countedTo(context, options);
      if (!counted.ok) return ephemeralText(counted.why);
      if (options.role && options.no_role) return ephemeralText(say('countdown.add.roles'));

      const defaults = { ...BUILT_IN, ...(await context.settings.defaults(guild.id)) };
      const timeZone = options.timezone ?? defaults.timeZone;
      const roleId = options.no_role ? undefined : (options.role ?? defaults.roleId);
      const obstacle =
        findDateProblem(context, options.date, timeZone) ??
        findChannelProblem(context, options.channel) ??
        findRoleProblem(context, guild, options.role);
      if (obstacle) return ephemeralText(obstacle);

      const order: NewCountdown = {
        ...counted.to,
        channelId: options.channel,
        ...(isPublished(context.channels.get(options.channel)?.type) && { publish: true }),
        timeZone,
        time: options.time ?? defaults.time,
        milestones: options.milestones ?? defaults.milestones,
        ...(roleId && { roleId }),
        locale: defaults.locale ?? guild.locale,
      };
      const result = await context.countdowns.add(guild.id, order, context.now);
      if (result.ok) return added(context, result.standing, counted.label);
      if (result.why === 'full') return ephemeralText(say('countdown.add.full', { count: MAX_COUNTDOWNS }));
      const name = countdownName(today(context), { ...order, id: '', createdAt: '' });
      return ephemeralText(say('countdown.add.there-already', { name, channel: `<#${options.channel}>` }));
    }),
});

type Counted =
  | { ok: true; to: Pick<NewCountdown, 'release' | 'anniversary' | 'own'>; label: string }
  | { ok: false; why: string };

interface What {
  release?: string | undefined;
  title?: string | undefined;
  date?: string | undefined;
}

/** What is to be counted to: a release of the facts, or a date of the server's own. */
function countedTo(context: Context, { release: typed, title: called, date: day }: What): Counted {
  const { say } = context.language;
  const refused = (why: string): Counted => ({ ok: false, why });
  if (typed && (called || day)) return refused(say('countdown.add.either'));
  if (called && day) {
    const own = { title: called, date: day };
    const label = say('countdown.own', { title: quote(called), date: context.language.date(day) });
    return { ok: true, to: { release: OWN, own, anniversary: false }, label };
  }
  if (called || day) return refused(say('countdown.add.half'));
  if (!typed) return refused(say('countdown.add.what'));
  const view = today(context);
  const found = findCountable(listCountables(view), typed);
  if (!found) return refused(unknownReleaseReply(view, typed));
  return { ok: true, to: { release: found.release, anniversary: found.anniversary }, label: found.label };
}

async function added(context: Context, standing: CountdownState, label: string): Promise<Reply> {
  const { say } = context.language;
  const { countdown } = standing;
  const view = today(context);
  const { comings } = await createOutlook(context, standing);
  const lines = upcomingLines(context, comings);
  const known = view.snapshot.get(countdown.release);
  const waits = known?.kind === 'release' && known.claim.status !== 'released';
  const empty = say(waits ? 'countdown.waiting' : 'countdown.added.nothing');
  const goesOn = countdown.own
    ? say('countdown.added.own')
    : say(countdown.anniversary ? 'countdown.added.yearly' : 'countdown.added.follows');
  return countdownReply(context, say('countdown.added.title'), [
    { lines: [`**${label}**`, ...orderLines(context, countdown)] },
    { heading: say('countdown.added.posts'), lines: lines.length > 0 ? lines : [empty] },
    { lines: [goesOn, ...remarks(context, countdown)] },
  ]);
}
