import { ownerIdOf } from '../../src/countdown/owner.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { mayManage } from '../../src/discord/permissions.ts';
import { type Command, type Context, subcommand } from '../../src/interactions/command.ts';
import { ANY_CONTEXT } from '../../src/interactions/command-contexts.ts';
import { aboutReply } from './about.ts';
import { helpReply } from './help.ts';
import { exportReply, forgetReply, privacyReply, type Whose } from './privacy.ts';

interface Owner {
  whose: Whose;
  id: string;
}

/**
 * Runs with the owner whose data is meant: the server, for those who may manage it; where there is no server, the person
 * who asks.
 */
function owned(context: Context, run: (owner: Owner) => Promise<Reply>): Promise<Reply> | Reply {
  const { guild, userId, language } = context;
  if (!guild) return run({ whose: 'person', id: ownerIdOf(userId) });
  if (!mayManage(guild.permissions)) return ephemeralText(language.say('concierge.manage-server'));
  return run({ whose: 'server', id: guild.id });
}

const exported = subcommand({
  name: 'export',
  description: 'command.concierge.export',
  options: {},
  run: (_, context) =>
    owned(context, async ({ whose, id }) => exportReply(context, whose, id, await context.stored(id))),
});

const forget = subcommand({
  name: 'forget',
  description: 'command.concierge.forget',
  options: {},
  run: (_, context) =>
    owned(context, async ({ whose, id }) => {
      const countdowns = await context.countdowns.list(id);
      return forgetReply(context, whose, await context.stored(id), countdowns.length);
    }),
  press({ by }, context) {
    const { say } = context.language;
    if (by !== context.userId) return ephemeralText(say('concierge.forget.not-yours'));
    return owned(context, async ({ whose, id }) => {
      await context.countdowns.deleteOwner(id);
      return ephemeralText(say(`concierge.forget.done.${whose}`));
    });
  },
});

export const concierge: Command = {
  name: 'concierge',
  description: 'command.concierge',
  ...ANY_CONTEXT,
  subcommands: [
    subcommand({
      name: 'help',
      description: 'command.concierge.help',
      options: {},
      run: (_, context) => helpReply(context),
    }),
    subcommand({
      name: 'about',
      description: 'command.concierge.about',
      options: {},
      run: (_, context) => aboutReply(context),
    }),
    subcommand({
      name: 'privacy',
      description: 'command.concierge.privacy',
      options: {},
      run: (_, context) => privacyReply(context),
    }),
    exported,
    forget,
  ],
};
