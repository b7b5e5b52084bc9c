import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { findNamed } from './countdown-option.ts';

/** Returns the subcommand with a button that runs it for one countdown, besides its own buttons. */
export function withCountdownButton(services: Pick<Services, 'countdowns'>, command: Subcommand): Subcommand {
  return {
    ...command,
    press(values, context) {
      const { countdown: id, ...others } = values;
      if (id === undefined || Object.keys(others).length > 0)
        return command.press?.(values, context) ?? ephemeralText(context.language.say('problem.old-button'));
      return runPressed(services, command, context, id);
    },
  };
}

/** Runs the command for a countdown that is still there. */
function runPressed(
  services: Pick<Services, 'countdowns'>,
  command: Subcommand,
  context: Context,
  id: string,
): Promise<Reply> | Reply {
  return requireManageServer(context, async () => {
    const named = await findNamed(services, context, id);
    if (named?.countdown.id !== id) return ephemeralText(context.language.say('countdown.gone'));
    return command.run({ countdown: id }, context);
  });
}
