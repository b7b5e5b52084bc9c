import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, ephemeral, type Reply } from '../../src/discord/message/reply.ts';
import type { Command, Context } from '../../src/interactions/command.ts';

/** Every command with one line, made of the list by which commands are registered and found. */
export function helpReply({ commands, catalogue, language }: Context): Reply {
  const { say, words } = language;
  const line = ({ name }: Command, sub: Command['subcommands'][number]) =>
    say('concierge.help.line', {
      command: `/${name} ${sub.name}`,
      text: catalogue.plain(words, sub.description),
    });
  const sections = commands.map((command) => ({
    heading: catalogue.plain(words, command.description),
    lines: command.subcommands.map((sub) => line(command, sub)),
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
