/** Returns a person's text on one line, without control and format characters: they could reverse, hide or break other text. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Returns a person's text with Discord's markdown escaped: it cannot format, mention or link anything. */
export const escapeMarkdown = (text: string) => text.replace(/[\\*_~`|<>[\]()#:@-]/g, '\\$&');

const LINK = /\[([^\]]+)\]\([^)\s]*\)/g;
const COMMAND_MENTION = /<\/([a-z -]+):\d+>/g;
const LINE_MARK = /^(?:#{1,3} |-# |- )/gm;
const MARK = /\\([\\*_~`|<>[\]()#:@-])|\*\*|\|\||[*_`]/g;

/** Returns what a reader sees of a text with Discord's markdown: without marks, and of a link only its words. */
export const visibleText = (markdown: string): string =>
  markdown
    .replace(LINK, '$1')
    .replace(COMMAND_MENTION, '/$1')
    .replace(LINE_MARK, '')
    .replace(MARK, (_, escaped: string | undefined) => escaped ?? '');

/** Where one sentence ends and the next begins: not after an initial or a short title such as "Mr." */
const SENTENCE_END = /(?<=[\p{Ll}\d)%”’"*]{2}[.!?][”’"*)]*)\s+(?=[\p{Lu}\d“"*(])/u;

/** Returns the first sentences of a text that have at most `max` visible characters together; at least one. */
export function firstSentences(text: string, max: number): string {
  if (text.includes('\n') || visibleText(text).length <= max) return text;
  const [first = text, ...rest] = text.split(SENTENCE_END);
  let shown = first;
  for (const sentence of rest) {
    if (visibleText(`${shown} ${sentence}`).length > max) break;
    shown = `${shown} ${sentence}`;
  }
  return isBalanced(shown) ? shown : text;
}

/** Whether every mark that is opened is closed: half a pair would format, or show, what follows it. */
const isBalanced = (text: string): boolean =>
  ['||', '**', '*', '_'].every((mark) => (text.split(mark).length - 1) % 2 === 0);
