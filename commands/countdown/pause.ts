import { silence } from '../../src/countdown/countdown.ts';
import {
  missedWhilePaused,
  pause as pauseCountdown,
  resume as resumeCountdown,
} from '../../src/countdown/edits.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { countdownOption, withChosen } from './countdown-option.ts';
import { createOutlook, nextLine } from './outlook.ts';

export const pause = subcommand({
  name: 'pause',
  description: 'command.countdown.pause',
  options: { countdown: countdownOption },
  run: ({ countdown: typed }, context) =>
    requireManageServer(context, (guild) =>
      withChosen(context, typed, async ({ countdown, name }) => {
        const { say } = context.language;
        const { countdowns, now } = context;
        if (countdown.pausedAt) return ephemeralText(say('countdown.pause.already', { name }));
        const changed = await countdowns.change(
          guild.id,
          countdown.id,
          (one) => pauseCountdown(one.countdown, now),
          now,
        );
        return ephemeralText(changed.ok ? say('countdown.pause.done', { name }) : say('countdown.gone'));
      }),
    ),
});

export const resume = subcommand({
  name: 'resume',
  description: 'command.countdown.resume',
  options: { countdown: countdownOption },
  run: ({ countdown: typed }, context) =>
    requireManageServer(context, (guild) =>
      withChosen(context, typed, async ({ countdown, progress, name }) => {
        const { say } = context.language;
        const { countdowns, facts, now } = context;
        const { id, channelId, pausedAt } = countdown;
        const refused = silence(countdown, progress);
        const missed = pausedAt
          ? missedWhilePaused(countdown, progress, targetOf(facts, countdown, context.today), now)
          : 0;
        if (pausedAt)
          await countdowns.change(guild.id, id, (one) => resumeCountdown(one.countdown, now), now);
        // Where nothing else tells that a channel is open again, this does.
        if (refused) await context.pauses.retryPaused(guild.id, (one) => one === channelId, now);

        const standing = await countdowns.get(guild.id, id);
        if (!standing) return ephemeralText(say('countdown.gone'));
        const next = nextLine(context, today(context), await createOutlook(context, standing));
        if (pausedAt) return ephemeralText(say('countdown.resume.done', { name, missed, next }));
        return ephemeralText(
          say(refused ? 'countdown.resume.tried' : 'countdown.resume.running', { name, next }),
        );
      }),
    ),
});
