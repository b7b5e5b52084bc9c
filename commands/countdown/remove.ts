import { subcommand } from '../../src/discord/command.ts';
import { countdownChoice, withChosen } from '../../src/discord/countdown-choice.ts';
import { managed } from '../../src/discord/managed.ts';
import { privateSentence } from '../../src/discord/reply.ts';

export const remove = subcommand({
  name: 'remove',
  description: 'command.countdown.remove',
  options: { countdown: countdownChoice },
  run: ({ countdown: typed }, context) =>
    managed(context, (guild) =>
      withChosen(context, typed, async ({ countdown, name }) => {
        await context.countdowns.remove(guild.id, countdown.id);
        return privateSentence(context.language.say('countdown.remove.done', { name }));
      }),
    ),
});
