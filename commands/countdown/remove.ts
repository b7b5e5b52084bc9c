import { privateSentence } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { managed } from '../../src/interactions/require-manage-server.ts';
import { countdownChoice, withChosen } from './countdown-option.ts';

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
