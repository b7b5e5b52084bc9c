import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, buttonRows, ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/command.ts';
import { storedKinds } from '../../src/privacy/kinds.ts';
import type { OwnerData } from '../../src/privacy/owner-data.ts';

/** Whose data is meant. */
export type Whose = 'server' | 'person';

/** Everything that the bot stores, in the words of the schemas by which it is stored. */
export function privacyReply({ language: { say } }: Context): Reply {
  const kinds = storedKinds().map(({ kind, fields }) => ({
    heading: say(`concierge.kind.${kind}`),
    lines: fields.map(({ about }) => say('concierge.privacy.field', { about })),
  }));
  const embed = createEmbed({
    title: say('concierge.privacy.title'),
    sections: [
      {
        lines: [
          say('concierge.privacy.lead'),
          say('concierge.privacy.kept'),
          say('concierge.privacy.rights'),
        ],
      },
      ...kinds,
    ],
    footer: '',
    color: ACCENT,
    more: (count) => say('card.more-lines', { count }),
  });
  return ephemeral({ embeds: [embed], allowed_mentions: { parse: [] } });
}

/** All that is stored about an owner, as a file that a program can read too. */
export function exportReply(
  { language: { say }, now }: Context,
  whose: Whose,
  owner: string,
  stored: readonly OwnerData[],
): Reply {
  if (stored.length === 0) return ephemeralText(say(`concierge.nothing.${whose}`));
  const data = { [whose]: owner, exportedAt: now.toString(), stored };
  return {
    ...ephemeralText(say(`concierge.export.done.${whose}`, { count: stored.length })),
    files: [
      {
        name: `concierge-${whose}.json`,
        type: 'application/json',
        text: `${JSON.stringify(data, null, 2)}\n`,
      },
    ],
  };
}

/** Says what would be erased, and asks once more. */
export function forgetReply(
  { language: { say }, userId }: Context,
  whose: Whose,
  stored: readonly OwnerData[],
  countdowns: number,
): Reply {
  if (stored.length === 0) return ephemeralText(say(`concierge.nothing.${whose}`));
  const confirm = {
    verb: 'press' as const,
    path: 'concierge/forget',
    options: { by: userId },
    label: say('concierge.forget.confirm'),
    danger: true,
  };
  return {
    ...ephemeralText(say(`concierge.forget.ask.${whose}`, { count: countdowns })),
    components: buttonRows([[confirm]]),
  };
}
