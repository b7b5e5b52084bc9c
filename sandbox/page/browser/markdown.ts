import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';

/** A piece of parsed text. What a kind has beside its content is among the optional fields. */
export interface Node {
  readonly type: string;
  readonly content?: string | readonly Node[];
  readonly id?: string;
  readonly name?: string;
  readonly target?: string;
  readonly timestamp?: string;
  readonly format?: string;
  readonly level?: number;
  readonly fullName?: string;
  readonly ordered?: boolean;
  /** The number of the first item of a list. */
  readonly start?: number;
  readonly items?: readonly (readonly Node[])[];
}

type Parse = (source: string, state?: object) => Node[];

const LIST = /^(?:(?:[^\S\n]*[-*] +[^\n]+(?:\n|$))+|(?:[^\S\n]*\d+\. +[^\n]+(?:\n|$))+)/;
const ITEM = /^[^\S\n]*(?:[-*]|\d+\.) +/;

/** Lists, which Discord has and the parser has not. */
const list = {
  order: 5.9,
  match: (source: string, state: { prevCapture?: string[] | null; inList?: boolean }) => {
    const before = state.prevCapture?.[0];
    return !state.inList && (before === undefined || before.endsWith('\n')) ? LIST.exec(source) : null;
  },
  parse: ([all]: string[], parse: Parse, state: object) => ({
    ordered: /^\s*\d/.test(all ?? ''),
    start: Number.parseInt(all ?? '', 10) || 1,
    items: (all ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => parse(line.replace(ITEM, ''), { ...state, inList: true })),
  }),
};

type Rule = { match: (source: string, state: { prevCapture?: string[] | null }) => string[] | null };

/** Small text and headings begin a line, also the one after a list, which the parser's own rules do not see. */
const atLineStart = (rule: Rule): Rule => ({
  ...rule,
  match: (source, state) =>
    rule.match(source, state.prevCapture?.[0]?.endsWith('\n') ? { ...state, prevCapture: null } : state),
});

const { subtext, heading } = rulesExtended as unknown as Record<'subtext' | 'heading', Rule>;
const parser = SimpleMarkdown.parserFor({
  ...rulesExtended,
  subtext: atLineStart(subtext),
  heading: atLineStart(heading),
  list,
} as never);
const known = new Map<string, readonly Node[]>();

/** Text as a bot writes it, taken apart. */
export function parse(text: string): readonly Node[] {
  const before = known.get(text);
  if (before) return before;
  const all = parser(text, { inline: true }) as unknown as Node[];
  // The end of a code block's line is no line of its own.
  const nodes = all.filter(({ type }, index) => type !== 'br' || all[index - 1]?.type !== 'codeBlock');
  known.set(text, nodes);
  return nodes;
}
