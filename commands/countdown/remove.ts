import { ephemeralText } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';

/** Returns `/countdown remove`. */
export const createRemoveCommand = (services: Pick<Services, 'countdowns'>) =>
  subcommand({
    name: 'remove',
    description: 'command.countdown.remove',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, async ({ countdown, name }) => {
          await services.countdowns.remove(guild.id, countdown.id);
          return ephemeralText(context.language.say('countdown.remove.done', { name }));
        }),
      ),
  });
