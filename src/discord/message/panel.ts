import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { clip, clipLine, LIMITS } from './limits.ts';
import {
  ACCENT,
  type Button,
  type ButtonComponent,
  buttonComponent,
  buttonRows,
  type LinkButton,
  type Reply,
} from './reply.ts';

/** A paragraph of a panel, with a button beside it where something can be done with it; several are in a row below it. */
export interface Block {
  text: string;
  buttons?: readonly Button[];
}

/** The content of a panel; `createPanel` makes it fit. */
export interface PanelContent {
  title: string;
  blocks: readonly Block[];
  /** Shown last, in any case. */
  small?: readonly string[];
  file?: CardFile | undefined;
  /** In order of importance; each list begins a row. */
  rows?: readonly (readonly (Button | LinkButton)[])[];
}

/** A section or a row, with its buttons and the text, may end one text and begin another. */
const sizeOf = ({ length }: { length: number }) => (length === 0 ? 0 : length === 1 ? 4 : 3 + length);
/** The container, the title with what follows it, the small lines, the separator, and the texts between them. */
const FRAME = 6;

/**
 * Returns a message of one box within Discord's limits: 40 components and 4,000 units of text. Blocks come in order of importance;
 * what does not fit is left out from the end. Docs: "Component Reference", container, section, separator.
 */
export function createPanel({ title, blocks, small = [], file, rows = [] }: PanelContent): Reply {
  const seen = new Set<string>();
  const texts = fitBlocks(title, blocks, small);
  const lists = rows.flatMap((row) => chunk(row, LIMITS.buttonsInRow));
  const buttonCount = lists.reduce((sum, row) => sum + 1 + row.length, 0);
  let room = LIMITS.components - FRAME - (file ? 1 : 0) - buttonCount;
  const withButtons = texts.map(({ text, buttons = [], isFoot = false }): ShownText => {
    const wanted = buttons.slice(0, LIMITS.buttonsInRow);
    if (room < sizeOf(wanted)) return { text, isFoot, buttons: [] };
    const shown = wanted.flatMap((button) => buttonComponent(button, seen) ?? []);
    room -= sizeOf(shown);
    return { text, isFoot, buttons: shown };
  });
  const actionRows = buttonRows(lists, seen);
  const container: APIMessageTopLevelComponent = {
    type: ComponentType.Container,
    accent_color: ACCENT,
    components: [
      ...textComponents(withButtons),
      ...(file ? [{ type: ComponentType.File as const, file: { url: `attachment://${file.name}` } }] : []),
      ...(actionRows.length > 0 ? [{ type: ComponentType.Separator as const }] : []),
      ...actionRows,
    ],
  };
  return {
    components: [container],
    flags: MessageFlags.IsComponentsV2,
    ...(file && { files: [file] }),
    allowed_mentions: { parse: [] },
  };
}

/** A block that fits; the small lines are a component of their own. */
interface FittingBlock extends Block {
  isFoot?: boolean;
}

/** The title, the blocks and the small lines, as many of the blocks as fit. */
function fitBlocks(title: string, blocks: readonly Block[], small: readonly string[]): FittingBlock[] {
  const heading = `### ${clip(title, LIMITS.embedTitle)}`;
  const last = small.filter((line) => line.trim()).map((line) => clipLine(line, LIMITS.embedTitle));
  // One unit for each end of a line.
  const lengthOf = (text: string) => text.length + 1;
  let left = LIMITS.componentText - [heading, ...last].reduce((sum, text) => sum + lengthOf(text), 0);
  const fitting: Block[] = [];
  for (const block of blocks) {
    if (!block.text.trim()) continue;
    const text = clipLine(block.text, left - 1);
    if (left < LEAST_TEXT) break;
    fitting.push({ ...block, text });
    left -= lengthOf(text);
  }
  const foot = last.length > 0 ? [{ text: last.join('\n'), isFoot: true }] : [];
  return [{ text: heading }, ...fitting, ...foot];
}

/** Less text than this says nothing. */
const LEAST_TEXT = 40;

/** A text with its buttons. */
interface ShownText {
  text: string;
  buttons: ButtonComponent[];
  isFoot: boolean;
}

/** Texts without a button become one component as long as they follow each other. */
function textComponents(texts: readonly ShownText[]): APIComponentInContainer[] {
  const components: APIComponentInContainer[] = [];
  for (const { text, buttons, isFoot } of texts) {
    const display = { type: ComponentType.TextDisplay as const, content: text };
    const last = components.at(-1);
    const [accessory, ...others] = buttons;
    if (accessory && others.length === 0)
      components.push({ type: ComponentType.Section, components: [display], accessory });
    else if (last?.type === ComponentType.TextDisplay && !isFoot) last.content = `${last.content}\n${text}`;
    else components.push(display);
    if (others.length > 0) components.push({ type: ComponentType.ActionRow, components: buttons });
  }
  return components;
}

function chunk<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}

/** Whether a message is made of components alone, which cannot be changed by an edit. */
export const isPanel = ({ flags }: { flags?: MessageFlags | undefined }): boolean =>
  ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
