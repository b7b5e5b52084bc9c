import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { formatCustomId, type Verb } from './custom-id.ts';
import { clip, LIMITS } from './limits.ts';

/** The colour of all answers: the gold of a Continental coin. */
export const ACCENT = 0xc8a24a;

/** A message to send. Mentions are always explicit: only the listed roles are pinged. */
export interface Reply {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
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

/** A button that opens a page. */
export interface LinkButton {
  url: string;
  label: string;
}

/** A button as Discord takes it. */
export type ButtonComponent = APIButtonComponentWithCustomId | APIButtonComponentWithURL;

/**
 * Returns a button as Discord takes it; none where its custom id or address would be too long, or is among those `seen`, to which
 * it is added.
 */
export function buttonComponent(button: Button | LinkButton, seen: Set<string>): ButtonComponent | undefined {
  const label = clip(button.label, LIMITS.buttonLabel);
  const id = 'url' in button ? button.url : formatCustomId(button.verb, button.path, button.options);
  if (id.length > ('url' in button ? LIMITS.buttonUrl : LIMITS.customId) || seen.has(id)) return undefined;
  seen.add(id);
  if ('url' in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: id };
  const style = button.danger ? ButtonStyle.Danger : ButtonStyle.Secondary;
  return { type: ComponentType.Button, style, label, custom_id: id };
}

/** Returns rows of at most five buttons. Leaves out repeated buttons and those whose custom id would be too long. */
export function buttonRows(
  rows: readonly (readonly (Button | LinkButton)[])[],
  seen = new Set<string>(),
): APIActionRowComponent<ButtonComponent>[] {
  return rows.flatMap((row) => {
    const buttons = row.flatMap((button) => buttonComponent(button, seen) ?? []);
    const components = buttons.slice(0, LIMITS.buttonsInRow);
    return components.length > 0 ? [{ type: ComponentType.ActionRow as const, components }] : [];
  });
}
