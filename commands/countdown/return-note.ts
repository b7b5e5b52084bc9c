import { timestamp } from '../../src/discord/message/format.ts';
import { clip, LIMITS } from '../../src/discord/message/limits.ts';
import { canManageServer } from '../../src/discord/permissions.ts';
import type { Subcommand } from '../../src/interactions/command.ts';
import type { Services } from '../services.ts';

/**
 * Returns the subcommand so that its first reply to an admin after the bot was invited again also says that everything is still
 * there. Not a message of its own: whoever uses the command next is in the right place, and no channel is used unasked.
 */
export function withReturnNote(
  { departures, countdowns }: Pick<Services, 'departures' | 'countdowns'>,
  command: Subcommand,
): Subcommand {
  return {
    ...command,
    async run(options, context) {
      const reply = await command.run(options, context);
      const { guild, language } = context;
      if (!guild || !canManageServer(guild.permissions)) return reply;
      const departure = await departures.takeReturn(guild.id);
      if (!departure) return reply;
      const note = language.say('countdown.returned', {
        when: timestamp(Temporal.Instant.from(departure.noticedAt)),
        count: (await countdowns.list(guild.id)).length,
      });
      const content = reply.content ? `${note}\n\n${reply.content}` : note;
      return { ...reply, content: clip(content, LIMITS.content) };
    },
  };
}
