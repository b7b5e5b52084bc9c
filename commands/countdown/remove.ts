import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, type NamedCountdown, withCountdown } from './countdown-option.ts';
import { withPressed } from './pressed-countdown.ts';

/** Returns `/countdown remove`. */
export const createRemoveCommand = (services: Pick<Services, 'countdowns'>) =>
  subcommand({
    name: 'remove',
    description: 'command.countdown.remove',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, (named) => removeCountdown(services, context, guild, named)),
      ),
    press: ({ countdown: id }, context) =>
      requireManageServer(context, (guild) =>
        withPressed(services, context, id, (named) => removeCountdown(services, context, guild, named)),
      ),
  });

async function removeCountdown(
  services: Pick<Services, 'countdowns'>,
  { language }: Context,
  guild: Guild,
  { countdown, name }: NamedCountdown,
): Promise<Reply> {
  await services.countdowns.remove(guild.id, countdown.id);
  return ephemeralText(language.say('countdown.remove.done', { name }));
}
