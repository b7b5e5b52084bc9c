import { silence } from '../../src/countdown/countdown.ts';
import { missedWhilePaused, paused, resumed } from '../../src/countdown/edits.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { privateSentence } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { managed } from '../../src/interactions/require-manage-server.ts';
import { countdownChoice, withChosen } from './countdown-option.ts';
import { nextLine, outlookOf } from './outlook.ts';

export const pause = subcommand({
  name: 'pause',
  description: 'command.countdown.pause',
  options: { countdown: countdownChoice },
  run: ({ countdown: typed }, context) =>
    managed(context, (guild) =>
      withChosen(context, typed, async ({ countdown, name }) => {
        const { say } = context.language;
        const { countdowns, now } = context;
        if (countdown.pausedAt) return privateSentence(say('countdown.pause.already', { name }));
        const changed = await countdowns.change(
          guild.id,
          countdown.id,
          (one) => paused(one.countdown, now),
          now,
        );
        return privateSentence(changed.ok ? say('countdown.pause.done', { name }) : say('countdown.gone'));
      }),
    ),
});

export const resume = subcommand({
  name: 'resume',
  description: 'command.countdown.resume',
  options: { countdown: countdownChoice },
  run: ({ countdown: typed }, context) =>
    managed(context, (guild) =>
      withChosen(context, typed, async ({ countdown, progress, name }) => {
        const { say } = context.language;
        const { countdowns, facts, now } = context;
        const { id, channelId, pausedAt } = countdown;
        const refused = silence(countdown, progress);
        const missed = pausedAt
          ? missedWhilePaused(countdown, progress, targetOf(facts, countdown, context.today), now)
          : 0;
        if (pausedAt) await countdowns.change(guild.id, id, (one) => resumed(one.countdown, now), now);
        // Where nothing else tells that a channel is open again, this does.
        if (refused) await countdowns.reconsider(guild.id, (one) => one === channelId, now);

        const standing = await countdowns.get(guild.id, id);
        if (!standing) return privateSentence(say('countdown.gone'));
        const next = nextLine(context, today(context), await outlookOf(context, standing));
        if (pausedAt) return privateSentence(say('countdown.resume.done', { name, missed, next }));
        return privateSentence(
          say(refused ? 'countdown.resume.tried' : 'countdown.resume.running', { name, next }),
        );
      }),
    ),
});
