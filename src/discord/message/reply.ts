import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { formatCustomId, type Verb } from './custom-id.ts';
import { clip, LIMITS } from './limits.ts';

/** The colour of all embeds: the gold of a Continental coin. */
export const ACCENT = 0xc8a24a;

/** A message to send. Mentions are always explicit: only the listed roles are pinged. */
export interface Reply {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  allowed_mentions: { parse: []; roles?: string[] };
  flags?: MessageFlags;
  /** Files to attach. */
  files?: CardFile[];
}

/** Returns a text that only the user sees. */
export function ephemeralText(content: string): Reply {
  return {
    content: clip(content, LIMITS.content),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

/** Returns the reply so that only the user sees it. */
export function ephemeral(reply: Reply): Reply {
  return { ...reply, flags: (reply.flags ?? 0) | MessageFlags.Ephemeral };
}

/** A button that leads back to a command. */
export interface Button {
  verb: Verb;
  path: string;
  options: Record<string, string>;
  label: string;
  /** Its action cannot be undone. */
  danger?: boolean;
}

/** Returns rows of at most five buttons. Leaves out repeated buttons and those whose custom id would be too long. */
export function buttonRows(
  rows: readonly (readonly Button[])[],
): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const buttons = row.flatMap(({ verb, path, options, label, danger }) => {
      const customId = formatCustomId(verb, path, options);
      if (customId.length > LIMITS.customId || seen.has(customId)) return [];
      seen.add(customId);
      return [
        {
          type: ComponentType.Button as const,
          style: danger ? (ButtonStyle.Danger as const) : (ButtonStyle.Secondary as const),
          label: clip(label, LIMITS.buttonLabel),
          custom_id: customId,
        },
      ];
    });
    const components = buttons.slice(0, LIMITS.buttonsInRow);
    return components.length > 0 ? [{ type: ComponentType.ActionRow as const, components }] : [];
  });
}
