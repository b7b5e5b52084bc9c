import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Command, Subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';

/** Returns a list of all commands, one line each. */
export function createHelpReply(
  { knowledge: { catalogue }, language }: Context,
  commands: readonly Command[],
): Reply {
  const { say, words } = language;
  const lineOf = (command: Command, { name, description }: Subcommand) =>
    say('concierge.help.line', {
      command: `/${command.name} ${name}`,
      text: catalogue.plain(words, description),
    });
  const sections = commands.map((command) => ({
    heading: catalogue.plain(words, command.description),
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
