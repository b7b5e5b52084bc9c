import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A file of a font family, and the characters that it has. */
export interface FontFile {
  family: string;
  path: string;
  /** Ranges of code points, both ends included. */
  ranges: [number, number][];
}

/** The fonts that a text needs. */
export interface FontChoice {
  /** The files, those of the preferred family first. */
  files: readonly FontFile[];
  /** The families in the order in which they are tried. */
  families: readonly string[];
  /** The characters that no font has. */
  unknown: ReadonlySet<string>;
}

/** Returns the fonts for the characters of a text in the language of a locale. */
export type ChooseFonts = (text: string, locale: string) => Promise<FontChoice>;

interface Family {
  name: string;
  id: string;
}

/** The families, the preferred first. A character is set in the first one that has it. */
const LATIN: readonly Family[] = [
  { name: 'Oswald', id: 'oswald' },
  { name: 'Noto Sans', id: 'noto-sans' },
];
const ASIAN: readonly Family[] = [
  { name: 'Noto Sans JP', id: 'noto-sans-jp' },
  { name: 'Noto Sans SC', id: 'noto-sans-sc' },
  { name: 'Noto Sans KR', id: 'noto-sans-kr' },
  { name: 'Noto Sans Thai', id: 'noto-sans-thai' },
];

/** The languages in which a character that several have looks as in another family than the first. */
const FIRST_OF_LANGUAGE: Readonly<Record<string, string>> = { zh: 'noto-sans-sc', ko: 'noto-sans-kr' };

function familiesFor(locale: string): Family[] {
  const first = FIRST_OF_LANGUAGE[locale.slice(0, 2)];
  const rank = ({ id }: Family) => (id === first ? 0 : 1);
  return [...LATIN, ...ASIAN.toSorted((a, b) => rank(a) - rank(b))];
}

/** Creates the choice among the installed font packages. What a family has is read when the ones before it do not suffice. */
export function createFontChoice(): ChooseFonts {
  const tables = new Map<string, Promise<FontFile[]>>();
  const tableOf = (family: Family) => {
    const table = tables.get(family.id) ?? readFamily(family);
    tables.set(family.id, table);
    return table;
  };
  return async (text, locale) => {
    const families = familiesFor(locale);
    const files: FontFile[] = [];
    let unknown = new Set(text);
    for (const family of families) {
      if (unknown.size === 0) break;
      const table = await tableOf(family);
      const found = table.filter((file) => [...unknown].some((letter) => hasLetter(file, letter)));
      files.push(...found);
      unknown = new Set([...unknown].filter((letter) => !found.some((file) => hasLetter(file, letter))));
    }
    return { files, families: families.map(({ name }) => name), unknown };
  };
}

/** Reads which characters each file of a family has. */
async function readFamily({ name, id }: Family): Promise<FontFile[]> {
  const { resolve } = createRequire(import.meta.url);
  const found = `@fontsource-variable/${id}`;
  const json = await readFile(resolve(`${found}/unicode.json`), 'utf8');
  const subsets = JSON.parse(json) as Record<string, string>;
  return Object.entries(subsets).map(([subset, ranges]) => ({
    family: name,
    path: resolve(`${found}/files/${id}-${subset.replace(/[[\]]/g, '')}-wght-normal.woff2`),
    ranges: parseRanges(ranges),
  }));
}

/** Parses "U+0-FF,U+131". */
function parseRanges(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

function hasLetter({ ranges }: FontFile, letter: string): boolean {
  const point = letter.codePointAt(0) ?? 0;
  return ranges.some(([from, to]) => from <= point && point <= to);
}
