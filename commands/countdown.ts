import { find } from '../src/answers/find.ts';
import { MOST_COUNTDOWNS } from '../src/countdown/countdown.ts';
import { type Countable, countables, findCountable } from '../src/countdown/releases.ts';
import { PRESETS } from '../src/countdown/typed.ts';
import { type Command, type Context, type Guild, subcommand } from '../src/discord/command.ts';
import {
  channel,
  countdownChoice,
  existing,
  fits,
  milestones,
  release,
  role,
  time,
  timezone,
  today,
} from '../src/discord/countdown-options.ts';
import {
  countdownReply,
  nameOf,
  numbered,
  planFor,
  standingLine,
  standingLines,
  upcomingLines,
} from '../src/discord/countdown-replies.ts';
import { SERVERS_ONLY } from '../src/discord/everywhere.ts';
import {
  canReadHistory,
  MANAGE_SERVER,
  mayMentionAnyRole,
  missingForPosts,
} from '../src/discord/permissions.ts';
import { privateSentence, quote, type Reply } from '../src/discord/reply.ts';

const DEFAULTS = { timeZone: 'UTC', time: '09:00', milestones: [...PRESETS.standard] };

/** A longer list is told in one line each, so that it stays within one message. */
const MOST_SHOWN_IN_FULL = 8;

/** Discord asks for the permission already; a server may have overruled that, so it is asked here again. */
function managed(
  run: (guild: Guild) => Promise<Reply>,
  { guild, language }: Context,
): Promise<Reply> | Reply {
  if (!guild) return privateSentence(language.say('problem.servers-only'));
  if (!(guild.permissions & (MANAGE_SERVER | 8n)))
    return privateSentence(language.say('problem.manage-server'));
  return run(guild);
}

const add = subcommand({
  name: 'add',
  description: 'command.countdown.add',
  options: { release, channel, timezone, time, milestones, role },
  run: (options, context) =>
    managed(async (guild) => {
      const { say } = context.language;
      const target = findCountable(countables(today(context)), options.release);
      if (!target) return missed(context, options.release);
      const obstacle =
        channelObstacle(context, options.channel) ?? roleObstacle(context, guild, options.role);
      if (obstacle) return privateSentence(obstacle);

      const result = await context.countdowns.add(
        guild.id,
        {
          channelId: options.channel,
          release: target.release,
          anniversary: target.anniversary,
          timeZone: options.timezone ?? DEFAULTS.timeZone,
          time: options.time ?? DEFAULTS.time,
          milestones: options.milestones ?? DEFAULTS.milestones,
          ...(options.role && { roleId: options.role }),
          locale: guild.locale,
        },
        context.now,
      );
      if (result.ok) return added(context, target, result.standing);
      if (result.why === 'full')
        return privateSentence(say('countdown.add.full', { count: MOST_COUNTDOWNS }));
      const channelName = `<#${options.channel}>`;
      return privateSentence(
        say('countdown.add.there-already', { name: target.label, channel: channelName }),
      );
    }, context),
});

function missed(context: Context, typed: string): Reply {
  const { say, list } = context.language;
  const near = find(countables(today(context)), typed)
    .slice(0, 3)
    .map((one) => one.label);
  const hint = near.length > 0 ? say('countdown.add.near', { names: list(near) }) : say('countdown.add.pick');
  return privateSentence(`${say('countdown.add.unknown-release', { typed: quote(typed) })} ${hint}`);
}

/** Why the bot could not post in the channel, with the permission to grant; undefined where it can. */
function channelObstacle({ channels, language }: Context, id: string): string | undefined {
  const { say, list } = language;
  const chosen = channels.get(id);
  if (!chosen) return say('countdown.add.unknown-channel');
  if (!channel.channelTypes.some((type) => type === chosen.type))
    return say('countdown.add.wrong-channel', { channel: `<#${id}>` });
  const missing = chosen.permissions === null ? [] : missingForPosts(chosen.permissions);
  if (missing.length === 0) return undefined;
  const permissions = list(missing.map((name) => `**${say(name)}**`));
  return say('countdown.add.missing', { channel: `<#${id}>`, permissions });
}

/** Nobody can make the bot mention a role that they could not mention themselves. */
function roleObstacle(
  { roles, language }: Context,
  guild: Guild,
  id: string | undefined,
): string | undefined {
  if (!id) return undefined;
  const chosen = roles.get(id);
  if (!chosen || id === guild.id) return language.say('countdown.add.everyone');
  if (chosen.mentionable || mayMentionAnyRole(guild.permissions)) return undefined;
  return language.say('countdown.add.role', { role: `<@&${id}>` });
}

function added(context: Context, { label }: Countable, standing: Parameters<typeof planFor>[1]): Reply {
  const { say } = context.language;
  const { countdown } = standing;
  const plan = planFor(context, standing);
  const lines = upcomingLines(context, plan);
  const known = today(context).world.get(countdown.release);
  const role = countdown.roleId ? context.roles.get(countdown.roleId) : undefined;
  const permissions = context.channels.get(countdown.channelId)?.permissions ?? null;
  const history =
    permissions !== null && !canReadHistory(permissions) ? [say('countdown.added.history')] : [];
  const follows = countdown.anniversary ? say('countdown.added.yearly') : say('countdown.added.follows');
  const empty =
    known?.kind === 'release' && known.claim.status !== 'released' && lines.length === 0
      ? say('countdown.waiting')
      : say('countdown.added.nothing');
  return countdownReply(context, say('countdown.added.title'), [
    {
      lines: [
        `**${label}**`,
        say('countdown.where', {
          channel: `<#${countdown.channelId}>`,
          time: countdown.time,
          zone: countdown.timeZone,
          milestones: countdown.milestones.join(', '),
        }),
        ...(countdown.roleId ? [say('countdown.role-line', { role: `<@&${countdown.roleId}>` })] : []),
        ...(role && !role.mentionable
          ? [say('countdown.added.role-silent', { role: `<@&${role.id}>` })]
          : []),
      ],
    },
    { heading: say('countdown.added.posts'), lines: lines.length > 0 ? lines : [empty] },
    { lines: [follows, ...history] },
  ]);
}

const list = subcommand({
  name: 'list',
  description: 'command.countdown.list',
  options: {},
  run: (_, context) =>
    managed(async (guild) => {
      const { say } = context.language;
      const standings = await context.countdowns.list(guild.id);
      if (standings.length === 0) return privateSentence(say('countdown.list.none'));
      const view = today(context);
      const title = say('countdown.list.title', { count: standings.length, most: MOST_COUNTDOWNS });
      const sections = standings.map((standing, at) => ({
        heading: numbered(context.language, at, nameOf(view, standing.countdown)),
        lines: standingLines(context, view, standing),
      }));
      if (standings.length <= MOST_SHOWN_IN_FULL) return countdownReply(context, title, sections);
      return countdownReply(context, title, [
        { lines: standings.map((one, at) => standingLine(context, view, one, at)) },
      ]);
    }, context),
});

const remove = subcommand({
  name: 'remove',
  description: 'command.countdown.remove',
  options: { countdown: countdownChoice },
  run: ({ countdown: typed }, context) =>
    managed(async (guild) => {
      const { say } = context.language;
      const all = await existing(context);
      const fitting = all.filter(fits(typed));
      const chosen =
        all.find(({ id, label }) => id === typed || label === typed) ??
        (fitting.length === 1 ? fitting[0] : undefined);
      if (!chosen && fitting.length > 1) {
        return privateSentence(
          say('countdown.remove.several', { count: fitting.length, typed: quote(typed) }),
        );
      }
      if (!chosen) return privateSentence(say('countdown.remove.unknown', { typed: quote(typed) }));
      await context.countdowns.remove(guild.id, chosen.id);
      return privateSentence(say('countdown.remove.done', { name: chosen.label }));
    }, context),
});

export const countdown: Command = {
  name: 'countdown',
  description: 'command.countdown',
  ...SERVERS_ONLY,
  memberPermissions: MANAGE_SERVER,
  subcommands: [add, list, remove],
};
