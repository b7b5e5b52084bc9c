import { createEmbed } from '../../src/discord/message/limits.ts';
import { ACCENT, buttonRows, ephemeral, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/context.ts';
import { storedKinds } from '../../src/privacy/kinds.ts';
import type { OwnerData } from '../../src/privacy/owner-data.ts';

/** Whose data a command is about. */
export type OwnerKind = 'server' | 'person';

/** Returns a list of everything that the bot stores, from the descriptions in the schemas. */
export function createPrivacyReply({ language: { say } }: Context): Reply {
  const kinds = storedKinds().map(({ kind, fields }) => ({
    heading: say(`concierge.kind.${kind}`),
    // What several fields are is said once.
    lines: [...new Set(fields.map(({ about }) => about))].map((about) =>
      say('concierge.privacy.field', { about }),
    ),
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

/** Returns everything that is stored about an owner, as a JSON file. */
export function createExportReply(
  { language: { say }, now }: Context,
  ownerKind: OwnerKind,
  ownerId: string,
  stored: readonly OwnerData[],
): Reply {
  if (stored.length === 0) return ephemeralText(say(`concierge.nothing.${ownerKind}`));
  const data = { [ownerKind]: ownerId, exportedAt: now.toString(), stored };
  return {
    ...ephemeralText(say(`concierge.export.done.${ownerKind}`, { count: stored.length })),
    files: [
      {
        name: `concierge-${ownerKind}.json`,
        type: 'application/json',
        data: `${JSON.stringify(data, null, 2)}\n`,
      },
    ],
  };
}

/** Returns what would be deleted, with a button to confirm. */
export function createForgetReply(
  { language: { say }, userId }: Context,
  ownerKind: OwnerKind,
  stored: readonly OwnerData[],
  countdownCount: number,
): Reply {
  if (stored.length === 0) return ephemeralText(say(`concierge.nothing.${ownerKind}`));
  const confirm = {
    verb: 'press' as const,
    path: 'concierge/forget',
    options: { by: userId },
    label: say('concierge.forget.confirm'),
    danger: true,
  };
  return {
    ...ephemeralText(say(`concierge.forget.ask.${ownerKind}`, { count: countdownCount })),
    components: buttonRows([[confirm]]),
  };
}
