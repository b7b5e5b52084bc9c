import { ownerIdOf } from '../../src/countdown/owner.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { canManageServer } from '../../src/discord/permissions.ts';
import { type Command, subcommand } from '../../src/interactions/command.ts';
import { ANY_CONTEXT } from '../../src/interactions/command-contexts.ts';
import type { Context } from '../../src/interactions/context.ts';
import type { Services } from '../services.ts';
import { createAboutReply } from './about.ts';
import { createHelpReply } from './help.ts';
import { createExportReply, createForgetReply, createPrivacyReply, type OwnerKind } from './privacy.ts';

interface Owner {
  kind: OwnerKind;
  id: string;
}

/**
 * Calls `run` with the owner of the data: in a server that server, for members with Manage Server; elsewhere the person who
 * uses the command.
 */
function withOwner(context: Context, run: (owner: Owner) => Promise<Reply>): Promise<Reply> | Reply {
  const { guild, userId, language } = context;
  if (!guild) return run({ kind: 'person', id: ownerIdOf(userId) });
  if (!canManageServer(guild.permissions)) return ephemeralText(language.say('concierge.manage-server'));
  return run({ kind: 'server', id: guild.id });
}

const createExportCommand = ({ readOwnerData }: Pick<Services, 'readOwnerData'>) =>
  subcommand({
    name: 'export',
    description: 'command.concierge.export',
    options: {},
    run: (_, context) =>
      withOwner(context, async ({ kind, id }) =>
        createExportReply(context, kind, id, await readOwnerData(id)),
      ),
  });

const createForgetCommand = ({ countdowns, readOwnerData }: Pick<Services, 'countdowns' | 'readOwnerData'>) =>
  subcommand({
    name: 'forget',
    description: 'command.concierge.forget',
    options: {},
    run: (_, context) =>
      withOwner(context, async ({ kind, id }) => {
        const { length } = await countdowns.list(id);
        return createForgetReply(context, kind, await readOwnerData(id), length);
      }),
    press({ by }, context) {
      const { say } = context.language;
      if (by !== context.userId) return ephemeralText(say('concierge.forget.not-yours'));
      return withOwner(context, async ({ kind, id }) => {
        await countdowns.deleteOwner(id);
        return ephemeralText(say(`concierge.forget.done.${kind}`));
      });
    },
  });

/** Returns `/concierge`. Its help lists the `others` and itself. */
export function createConciergeCommand(
  services: Pick<Services, 'countdowns' | 'readOwnerData' | 'bot'>,
  others: readonly Command[],
): Command {
  const concierge: Command = {
    name: 'concierge',
    description: 'command.concierge',
    ...ANY_CONTEXT,
    subcommands: [
      subcommand({
        name: 'help',
        description: 'command.concierge.help',
        options: {},
        run: (_, context) => createHelpReply(context, [...others, concierge]),
      }),
      subcommand({
        name: 'about',
        description: 'command.concierge.about',
        options: {},
        run: (_, context) => createAboutReply(context, services.bot),
      }),
      subcommand({
        name: 'privacy',
        description: 'command.concierge.privacy',
        options: {},
        run: (_, context) => createPrivacyReply(context),
      }),
      createExportCommand(services),
      createForgetCommand(services),
    ],
  };
  return concierge;
}
