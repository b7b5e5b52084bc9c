import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';

/**
 * Discord's limits, and the only place that knows them. What goes through here fits by construction.
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
  customId: 100,
  formTitle: 45,
  formLabel: 45,
  formHint: 100,
  /** What a person types into one line is no longer than this by our own rule; Discord would take 4,000. */
  typed: 100,
  nonce: 25,
  eventName: 100,
  eventLocation: 100,
  eventDescription: 1000,
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text, cut to `most` UTF-16 units where it is longer, never inside a character that people see as one. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let cut = '';
  for (const { segment } of graphemes.segment(text)) {
    if (cut.length + segment.length > most - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/**
 * A line cut to fit. A spoiler that would be cut open is left out instead, since its closing bars would be missing, and no
 * bars are cut in two.
 */
function clipLine(line: string, most: number): string {
  const cut = clip(line, most);
  if (cut === line) return line;
  const end = cut.length - 1;
  const bars = [...line.matchAll(/\|\|/g)].map(({ index }) => index);
  const whole = bars.filter((at) => at + 2 <= end);
  const halved = bars.find((at) => at < end && at + 2 > end);
  const stop = whole.length % 2 === 1 ? whole.at(-1) : halved;
  return stop === undefined ? cut : `${line.slice(0, stop)}…`;
}

/** What did not fit is counted, never silently lost. */
type More = (left: number) => string;

/** Packs lines into blocks that are at most `most` units long when joined; a line is cut only where it alone is too long. */
export function packLines(lines: readonly string[], most: number): string[][] {
  const blocks: string[][] = [];
  let length = 0;
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last && length + 1 + line.length <= most) {
      last.push(line);
      length += 1 + line.length;
    } else {
      const cut = clipLine(line, most);
      blocks.push([cut]);
      length = cut.length;
    }
  }
  return blocks;
}

/** As many whole lines as fit into `most` units, and how many did not. */
export function fitLines(lines: readonly string[], most: number, more: More): string {
  const whole = lines.join('\n');
  if (whole.length <= most) return whole;
  for (let count = lines.length - 1; count > 0; count -= 1) {
    const text = [...lines.slice(0, count), more(lines.length - count)].join('\n');
    if (text.length <= most) return text;
  }
  const [first = '', ...rest] = lines;
  if (rest.length === 0) return clipLine(first, most);
  const count = more(rest.length);
  return count.length + 1 < most
    ? `${clipLine(first, most - count.length - 1)}\n${count}`
    : clip(count, most);
}

/** A section of an embed: with a heading it becomes fields, without it belongs to the description. */
export interface Section {
  heading?: string;
  lines: readonly string[];
}

/** The parts of an embed as they should be; `embedOf` makes them fit. */
export interface EmbedContent {
  title: string;
  sections: readonly Section[];
  footer: string;
  color: number;
  more: More;
}

/**
 * An embed that Discord takes: whole lines within each limit and 6,000 in all. Sections come in order of importance; what
 * does not fit is left out from the end and counted.
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

/** As many of several embeds, from the first on, as one message takes: the limit on their text is one for all of them. */
export function fitEmbeds(embeds: readonly APIEmbed[]): APIEmbed[] {
  let left = LIMITS.embedTotal;
  const fitting: APIEmbed[] = [];
  for (const embed of embeds) {
    left -= lengthOf(embed);
    if (left < 0) break;
    fitting.push(embed);
  }
  return fitting;
}

function lengthOf({ title = '', description = '', fields = [], footer, author }: APIEmbed): number {
  const texts = [
    title,
    description,
    footer?.text,
    author?.name,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** Room kept in the footer to tell how many lines found no place at all. */
const ROOM_TO_COUNT = 48;

/** A name that Discord takes but that shows as nothing, for fields that go on from the one above. */
const NO_NAME = '\u200b';

/** Too little room to say anything: less than a short line. */
const NO_ROOM = 40;

/** A section as one or more fields; the last one that fits counts the lines that did not. */
function fieldsOf(
  heading: string,
  lines: readonly string[],
  room: number,
  most: number,
  more: More,
): APIEmbedField[] {
  const fields: APIEmbedField[] = [];
  const blocks = packLines(lines, LIMITS.fieldValue);
  let left = room;
  for (const [at, block] of blocks.entries()) {
    const name = at === 0 ? clip(heading, LIMITS.fieldName) : NO_NAME;
    const space = Math.min(LIMITS.fieldValue, left - name.length);
    if (fields.length === most || space < NO_ROOM) break;
    const rest = blocks.slice(at).flat();
    const whole = block.join('\n');
    const isLast = block.length === rest.length;
    const roomForNext = fields.length + 1 < most && left - name.length - whole.length > NO_ROOM * 2;
    const value = whole.length <= space && (isLast || roomForNext) ? whole : fitLines(rest, space, more);
    fields.push({ name, value });
    if (value !== whole) break;
    left -= name.length + value.length;
  }
  return fields;
}

/** A choice of an autocomplete list. */
export interface Choice {
  name: string;
  value: string;
}

/** At most 25 choices, names cut to fit; one whose value is too long to come back is left out. */
export function fitChoices(choices: readonly Choice[]): Choice[] {
  return choices
    .filter(({ value }) => value.length > 0 && value.length <= LIMITS.choiceValue)
    .slice(0, LIMITS.choices)
    .map(({ name, value }) => ({ name: clip(name, LIMITS.choiceName), value }));
}
