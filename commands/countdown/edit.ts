import type { CountdownState } from '../../src/countdown/countdown.ts';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { isPublished } from '../../src/discord/permissions.ts';
import { type Context, type Guild, subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { type Chosen, countdownOption, withChosen } from './countdown-option.ts';
import {
  date,
  language,
  milestones,
  noRole,
  otherChannel,
  role,
  tell,
  time,
  timezone,
  title,
} from './options.ts';
import { createOutlook, nextLine } from './outlook.ts';
import { countdownReply, orderLines, timestamp, upcomingLines } from './replies.ts';
import { findChannelProblem, findDateProblem, findRoleProblem, remarks } from './validation.ts';

interface Asked {
  channel?: string | undefined;
  timezone?: string | undefined;
  time?: string | undefined;
  milestones?: number[] | undefined;
  role?: string | undefined;
  no_role?: boolean | undefined;
  language?: string | undefined;
  title?: string | undefined;
  date?: string | undefined;
  tell?: boolean | undefined;
}

export const edit = subcommand({
  name: 'edit',
  description: 'command.countdown.edit',
  options: {
    countdown: countdownOption,
    channel: otherChannel,
    timezone,
    time,
    milestones,
    role,
    no_role: noRole,
    language,
    title,
    date,
    tell,
  },
  run: ({ countdown: typed, ...asked }, context) =>
    requireManageServer(context, (guild) =>
      withChosen(context, typed, async (chosen) => {
        const {
          countdowns,
          facts,
          now,
          language: { say },
        } = context;
        const obstacle = obstacleTo(context, guild, chosen, asked);
        if (obstacle) return ephemeralText(obstacle);

        const change = changeOf(context, asked);
        const result = await countdowns.change(
          guild.id,
          chosen.countdown.id,
          ({ countdown, progress }) =>
            applyEdit(countdown, progress, targetOf(facts, countdown, context.today), change, now),
          now,
        );
        if (!result.ok) {
          const channel = `<#${asked.channel ?? chosen.countdown.channelId}>`;
          return ephemeralText(
            result.why === 'gone' ? say('countdown.gone') : say('countdown.edit.same', { channel }),
          );
        }
        const { channelId } = result.standing.countdown;
        // A channel that refused is asked again: an edit may well be the cure.
        await context.pauses.retryPaused(guild.id, (one) => one === channelId, now);
        const standing = await countdowns.get(guild.id, chosen.countdown.id);
        return standing ? changed(context, standing) : ephemeralText(say('countdown.gone'));
      }),
    ),
});

function obstacleTo(context: Context, guild: Guild, { countdown }: Chosen, asked: Asked): string | undefined {
  const { say } = context.language;
  if (Object.values(asked).every((value) => value === undefined || value === false))
    return say('countdown.edit.nothing');
  if (asked.role && asked.no_role) return say('countdown.add.roles');
  if (!countdown.own && (asked.title || asked.date || asked.tell)) return say('countdown.edit.facts');
  if (asked.tell && !asked.date) return say('countdown.edit.tell');
  return (
    findDateProblem(context, asked.date, asked.timezone ?? countdown.timeZone) ??
    findChannelProblem(context, asked.channel) ??
    findRoleProblem(context, guild, asked.role)
  );
}

function changeOf({ channels, today: day }: Context, asked: Asked): CountdownEdit {
  const { channel: id } = asked;
  return {
    channel: id ? { id, publish: isPublished(channels.get(id)?.type) } : undefined,
    timeZone: asked.timezone,
    time: asked.time,
    milestones: asked.milestones,
    roleId: asked.no_role ? null : asked.role,
    locale: asked.language,
    title: asked.title,
    date: asked.date,
    movedOn: asked.tell ? day : undefined,
  };
}

async function changed(context: Context, standing: CountdownState): Promise<Reply> {
  const { say } = context.language;
  const { countdown } = standing;
  const view = today(context);
  const outlook = await createOutlook(context, standing);
  const lines = upcomingLines(context, outlook.comings);
  const { owed } = countdown;
  const due = outlook.comings.find(({ occurrence }) => occurrence.key === owed?.key);
  return countdownReply(context, say('countdown.edited.title'), [
    { lines: [`**${countdownName(view, countdown)}**`, ...orderLines(context, countdown)] },
    {
      heading: say('countdown.added.posts'),
      lines: lines.length > 0 ? lines : [nextLine(context, view, outlook)],
    },
    {
      lines: [
        ...(due ? [say('countdown.edited.owed', { when: timestamp(due.occurrence.due) })] : []),
        ...(countdown.pausedAt ? [say('countdown.edited.paused')] : []),
        ...remarks(context, countdown),
      ],
    },
  ]);
}
