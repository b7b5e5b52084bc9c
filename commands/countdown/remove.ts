import { ephemeralText } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { countdownOption, withChosen } from './countdown-option.ts';

export const remove = subcommand({
  name: 'remove',
  description: 'command.countdown.remove',
  options: { countdown: countdownOption },
  run: ({ countdown: typed }, context) =>
    requireManageServer(context, (guild) =>
      withChosen(context, typed, async ({ countdown, name }) => {
        await context.countdowns.remove(guild.id, countdown.id);
        return ephemeralText(context.language.say('countdown.remove.done', { name }));
      }),
    ),
});
