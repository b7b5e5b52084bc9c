import { type CountdownState, silence } from '../../src/countdown/countdown.ts';
import { missedWhilePaused, pause, resume } from '../../src/countdown/edits.ts';
import { skipDueNews } from '../../src/countdown/follow/news-plan.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { buttonRows, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { undoButton } from './change-reply.ts';
import { createCountdownOption, type NamedCountdown, withCountdown } from './countdown-option.ts';
import { createOutlook, nextLine } from './outlook.ts';

/** Returns `/countdown pause`. */
export const createPauseCommand = (services: Pick<Services, 'countdowns'>) =>
  subcommand({
    name: 'pause',
    description: 'command.countdown.pause',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, async ({ countdown, name }) => {
          const { say } = context.language;
          const { now } = context;
          if (countdown.pausedAt) return ephemeralText(say('countdown.pause.already', { name }));
          const result = await services.countdowns.change(
            guild.id,
            countdown.id,
            (before) => pause(before.countdown, now),
            now,
          );
          if (!result.ok) return ephemeralText(say('countdown.gone'));
          const undo = undoButton(context, { countdown: countdown.id, change: result.change });
          return {
            ...ephemeralText(say('countdown.pause.done', { name })),
            components: buttonRows([[undo]]),
          };
        }),
      ),
  });

type ResumeServices = Pick<Services, 'countdowns' | 'pauses' | 'progress'>;

/** Returns `/countdown resume`: ends a pause, and tries a channel again that refused posts. */
export const createResumeCommand = (services: ResumeServices) =>
  subcommand({
    name: 'resume',
    description: 'command.countdown.resume',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, (named) => resumeCountdown(services, context, guild, named)),
      ),
  });

async function resumeCountdown(
  services: ResumeServices,
  context: Context,
  guild: Guild,
  { countdown, progress, name }: NamedCountdown,
): Promise<Reply> {
  const {
    knowledge: { facts },
    now,
    today,
  } = context;
  const { say } = context.language;
  const { countdowns, pauses } = services;
  const { id, channelId, pausedAt } = countdown;
  const isSilent = silence(countdown, progress) !== undefined;
  const missed = pausedAt
    ? missedWhilePaused(countdown, progress, targetOf(facts, countdown, today), now)
    : 0;
  const resumed = (before: CountdownState) => {
    const target = targetOf(facts, before.countdown, today);
    return resume(skipDueNews(before.countdown, before.progress, target, now), now);
  };
  const result = pausedAt ? await countdowns.change(guild.id, id, resumed, now) : undefined;
  // Over HTTP, Discord does not tell of a permission that was granted; this command does.
  if (isSilent) await pauses.retryPaused(guild.id, (channel) => channel === channelId, now);

  const state = await countdowns.get(guild.id, id);
  if (!state) return ephemeralText(say('countdown.gone'));
  const outlook = await createOutlook(services, context, state);
  const next = nextLine(currentView(context), outlook);
  if (result?.ok) {
    const undo = undoButton(context, { countdown: id, change: result.change });
    return {
      ...ephemeralText(say('countdown.resume.done', { name, missed, next })),
      components: buttonRows([[undo]]),
    };
  }
  return ephemeralText(say(isSilent ? 'countdown.resume.tried' : 'countdown.resume.running', { name, next }));
}
