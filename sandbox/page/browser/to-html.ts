import { nothing, type TemplateResult } from 'lit';

/** An attribute whose value follows: its sign of lit's, its name, and the quote and the beginning of its value, if any. */
const ATTRIBUTE = /\s([.?@]?)([\w-]+)=("?)([^"<>]*)$/;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Returns a text as it stands in HTML, also in an attribute. */
export const escapeText = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * Returns what a template shows as HTML, for a page whose script does not run yet. Handlers, properties and directives are left
 * out. Every value is escaped.
 */
export function toHtml({ strings, values }: TemplateResult): string {
  let written = '';
  for (const [index, value] of values.entries()) {
    written += strings[index] ?? '';
    const isInTag = written.lastIndexOf('<') > written.lastIndexOf('>');
    written = isInTag ? withAttribute(written, value) : written + childToHtml(value);
  }
  return written + (strings.at(-1) ?? '');
}

/** Writes the value of an attribute behind what stands before it. */
function withAttribute(written: string, value: unknown): string {
  const [found = '', sign, name = '', quote] = ATTRIBUTE.exec(written) ?? [];
  const before = written.slice(0, written.length - found.length);
  if (sign === '?') return value ? `${before} ${name}` : before;
  if (sign === '.' || sign === '@') return before;
  if (quote) return written + escapeText(toText(value));
  // A directive needs an element.
  const isLeftOut = value === nothing || (typeof value === 'object' && value !== null);
  return isLeftOut ? before : `${written}"${escapeText(toText(value))}"`;
}

function childToHtml(value: unknown): string {
  if (Array.isArray(value)) return value.map(childToHtml).join('');
  return isTemplate(value) ? toHtml(value) : escapeText(toText(value));
}

const isTemplate = (value: unknown): value is TemplateResult =>
  typeof value === 'object' && value !== null && '_$litType$' in value;

const toText = (value: unknown): string =>
  value === nothing || value === null || value === undefined ? '' : String(value);
