import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { escapeMarkdown, oneLine } from '../../lib/markdown.ts';
import { formatCustomId, type Verb } from './custom-id.ts';
import { clip, LIMITS } from './limits.ts';

/** The bot's one accent colour: the gold of a Continental coin. */
export const ACCENT = 0xc8a24a;

/** A message as Discord takes it. Mentions are always explicit: what is not listed here is not pinged. */
export interface Reply {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  allowed_mentions: { parse: []; roles?: string[] };
  flags?: MessageFlags;
  /** Files to be sent along. */
  files?: CardFile[];
}

/** A sentence, to the asker alone: for what went wrong and for what concerns only them. */
export function ephemeralText(content: string): Reply {
  return {
    content: clip(content, LIMITS.content),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  };
}

/** The reply, shown to the asker alone. */
export function ephemeral(reply: Reply): Reply {
  return { ...reply, flags: (reply.flags ?? 0) | MessageFlags.Ephemeral };
}

/** A button that asks something. */
export interface Button {
  verb: Verb;
  path: string;
  options: Record<string, string>;
  label: string;
  /** It cannot be undone. */
  danger?: boolean;
}

/** Rows of at most five buttons; a button that is there already, or whose id would be too long, is left out. */
export function buttonRows(
  rows: readonly (readonly Button[])[],
): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const buttons = row.flatMap(({ verb, path, options, label, danger }) => {
      const id = formatCustomId(verb, path, options);
      if (id.length > LIMITS.customId || seen.has(id)) return [];
      seen.add(id);
      return [
        {
          type: ComponentType.Button as const,
          style: danger ? (ButtonStyle.Danger as const) : (ButtonStyle.Secondary as const),
          label: clip(label, LIMITS.buttonLabel),
          custom_id: id,
        },
      ];
    });
    const components = buttons.slice(0, LIMITS.buttonsInRow);
    return components.length > 0 ? [{ type: ComponentType.ActionRow as const, components }] : [];
  });
}

/**
 * A person's text as it may stand in a message: on one line, short, and with Discord's markdown made plain, so that it can
 * neither format nor mention nor hide anything.
 */
export function quote(text: string, most = 80): string {
  return escapeMarkdown(clip(oneLine(text), most));
}

/** A person's text as code, to be copied and used again: nothing in it formats or mentions. */
export function inlineCode(text: string, most = 600): string {
  return `\`${clip(oneLine(text).replaceAll('`', "'"), most)}\``;
}
