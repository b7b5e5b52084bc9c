import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';

/**
 * Discord's limits; no other file knows them. The functions of this file return what fits.
 * Docs: "Message", embed limits; "Application Commands", autocomplete; "Component Reference"; "Guild Scheduled Event".
 */
export const LIMITS = {
  content: 2000,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  embedTotal: 6000,
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  buttonLabel: 80,
  buttonsInRow: 5,
  buttonUrl: 512,
  components: 40,
  componentText: 4000,
  customId: 100,
  altText: 1024,
  formTitle: 45,
  formLabel: 45,
  formHint: 100,
  /** Our own limit for a one-line text field; Discord would allow 4,000. */
  typed: 100,
  nonce: 25,
  eventName: 100,
  eventLocation: 100,
  eventDescription: 1000,
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns the text cut to `max` UTF-16 units, never inside a grapheme (a character as people see it). */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let cut = '';
  for (const { segment } of graphemes.segment(text)) {
    if (cut.length + segment.length > max - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** Cuts a line to fit. Leaves out a spoiler that does not fit whole: without its closing bars it would be readable. */
export function clipLine(line: string, max: number): string {
  const cut = clip(line, max);
  if (cut === line) return line;
  const end = cut.length - 1;
  const bars = [...line.matchAll(/\|\|/g)].map(({ index }) => index);
  const whole = bars.filter((at) => at + 2 <= end);
  const halved = bars.find((at) => at < end && at + 2 > end);
  const stop = whole.length % 2 === 1 ? whole.at(-1) : halved;
  return stop === undefined ? cut : `${line.slice(0, stop)}…`;
}

/** Returns the text that tells how many lines were left out. */
type More = (count: number) => string;

/** Packs lines into blocks of at most `max` units when joined. Cuts only a line that is too long by itself. */
export function packLines(lines: readonly string[], max: number): string[][] {
  const blocks: string[][] = [];
  let length = 0;
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last && length + 1 + line.length <= max) {
      last.push(line);
      length += 1 + line.length;
    } else {
      const cut = clipLine(line, max);
      blocks.push([cut]);
      length = cut.length;
    }
  }
  return blocks;
}

/** Returns as many whole lines as fit into `max` units, and how many did not fit. */
export function fitLines(lines: readonly string[], max: number, more: More): string {
  const whole = lines.join('\n');
  if (whole.length <= max) return whole;
  for (let count = lines.length - 1; count > 0; count -= 1) {
    const text = [...lines.slice(0, count), more(lines.length - count)].join('\n');
    if (text.length <= max) return text;
  }
  const [first = '', ...rest] = lines;
  if (rest.length === 0) return clipLine(first, max);
  const count = more(rest.length);
  return count.length + 1 < max ? `${clipLine(first, max - count.length - 1)}\n${count}` : clip(count, max);
}

/** A section of an embed: with a heading it becomes fields, without one it is part of the description. */
export interface Section {
  heading?: string;
  lines: readonly string[];
}

/** The content of an embed; `createEmbed` makes it fit. */
export interface EmbedContent {
  title: string;
  sections: readonly Section[];
  footer: string;
  color: number;
  more: More;
}

/**
 * Returns an embed within Discord's limits: whole lines in each part, at most 6,000 units in all. Sections come in order of
 * importance; what does not fit is left out from the end, and counted in the footer.
 */
export function createEmbed({ title, sections, footer, color, more }: EmbedContent): APIEmbed {
  const name = clip(title, LIMITS.embedTitle);
  const foot = clip(footer, LIMITS.footer - ROOM_TO_COUNT);
  let left = LIMITS.embedTotal - name.length - foot.length - ROOM_TO_COUNT;

  const open = sections.filter((section) => !section.heading).flatMap((section) => section.lines);
  const description = fitLines(open, Math.min(LIMITS.embedDescription, left), more);
  left -= description.length;

  const fields: APIEmbedField[] = [];
  let missing = 0;
  for (const { heading, lines } of sections) {
    if (!heading) continue;
    const added = fieldsOf(heading, lines, left, LIMITS.embedFields - fields.length, more);
    if (added.length === 0) missing += lines.length;
    fields.push(...added);
    left -= added.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
  }
  const text = [foot, ...(missing > 0 ? [clip(more(missing), ROOM_TO_COUNT - 3)] : [])]
    .filter(Boolean)
    .join(' · ');
  return {
    title: name,
    color,
    ...(description && { description }),
    ...(fields.length > 0 && { fields }),
    ...(text && { footer: { text } }),
  };
}

/** Reserved in the footer for the count of lines that did not fit. */
const ROOM_TO_COUNT = 48;

/** A zero-width space: Discord requires a name, and a field that continues the one above has none. */
const NO_NAME = '\u200b';

/** Shorter than a short line: a field with less room is left out. */
const MIN_ROOM = 40;

/** Returns a section as one or more fields; the last one that fits tells how many lines did not. */
function fieldsOf(
  heading: string,
  lines: readonly string[],
  room: number,
  max: number,
  more: More,
): APIEmbedField[] {
  const fields: APIEmbedField[] = [];
  const blocks = packLines(lines, LIMITS.fieldValue);
  let left = room;
  for (const [at, block] of blocks.entries()) {
    const name = at === 0 ? clip(heading, LIMITS.fieldName) : NO_NAME;
    const space = Math.min(LIMITS.fieldValue, left - name.length);
    if (fields.length === max || space < MIN_ROOM) break;
    const rest = blocks.slice(at).flat();
    const whole = block.join('\n');
    const isLast = block.length === rest.length;
    const roomForNext = fields.length + 1 < max && left - name.length - whole.length > MIN_ROOM * 2;
    const value = whole.length <= space && (isLast || roomForNext) ? whole : fitLines(rest, space, more);
    fields.push({ name, value });
    if (value !== whole) break;
    left -= name.length + value.length;
  }
  return fields;
}

/** A choice of autocomplete. */
export interface Choice {
  name: string;
  value: string;
}

/** Returns at most 25 choices, names cut to fit. Leaves out a choice whose value is too long to be sent back. */
export function fitChoices(choices: readonly Choice[]): Choice[] {
  return choices
    .filter(({ value }) => value.length > 0 && value.length <= LIMITS.choiceValue)
    .slice(0, LIMITS.choices)
    .map(({ name, value }) => ({ name: clip(name, LIMITS.choiceName), value }));
}
