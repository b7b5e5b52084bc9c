import { InteractionContextType } from 'discord-api-types/v10';
import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import { isAdministrator } from '../../src/discord/permissions.ts';
import { type Command, calledBy, type Subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';

/** Returns a list of the commands that the reader can use here, one line each. */
export function createHelpReply(context: Context, commands: readonly Command[]): Reply {
  const { knowledge, language } = context;
  const { catalogue } = knowledge;
  const { say, words } = language;
  const lineOf = (command: Command, subcommand: Subcommand) =>
    say(command.menuName ? 'concierge.help.menu' : 'concierge.help.line', {
      command: calledBy(command, subcommand),
      text: catalogue.plain(words, subcommand.description),
    });
  const sections = commands
    .filter((command) => canUse(context, command))
    .map((command) => ({
      ...(command.subcommands.length > 1 && { heading: catalogue.plain(words, command.description) }),
      lines: command.subcommands.map((subcommand) => lineOf(command, subcommand)),
    }));
  const embed = createEmbed({
    title: say('concierge.help.title'),
    sections: [{ lines: [say('concierge.help.lead')] }, ...sections],
    footer: '',
    color: ACCENT,
    more: (count) => say('card.more-lines', { count }),
  });
  return ephemeral({ embeds: [embed], allowed_mentions: { parse: [] } });
}

/** Whether a command works where the reader is, and the reader has the permission that it needs. */
function canUse({ guild }: Context, { contexts, memberPermissions = 0n }: Command): boolean {
  if (!guild) return contexts.some((place) => place !== InteractionContextType.Guild);
  return isAdministrator(guild.permissions) || (guild.permissions & memberPermissions) === memberPermissions;
}
