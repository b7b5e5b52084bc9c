import { timestamp } from '../../src/discord/message/format.ts';
import { prependText } from '../../src/discord/message/prepend-text.ts';
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
      const departure = await departures.get(guild.id);
      if (departure?.state !== 'returned') return reply;
      const note = language.say('countdown.returned', {
        when: timestamp(Temporal.Instant.from(departure.noticedAt)),
        count: (await countdowns.list(guild.id)).length,
      });
      // A reply without room for it leaves the note to the next one.
      const noted = prependText(reply, note);
      return noted && (await departures.takeReturn(guild.id)) ? noted : reply;
    },
  };
}
