import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')].sort();

/** Top-level folders whose files the documentation names. */
const FOLDERS = [
  'bench',
  'chaos',
  'commands',
  'data',
  'deploy',
  'docs',
  'sandbox',
  'scripts',
  'sim',
  'src',
  'test',
];
/** Written by a command and not in the repository. */
const GENERATED = ['bench/results'];
const MAX_WORDS = 25;

const texts = new Map(PAGES.map((page) => [page, readFileSync(page, 'utf8')]));
const textOf = (page: string) => texts.get(page) ?? '';

const fileNames = new Set(
  globSync([...FOLDERS.map((folder) => `${folder}/**/*`), '*', '.env.example'], {
    exclude: (path) => path.includes('node_modules'),
  }).map((path) => basename(path)),
);

/** Returns what a page shows in backticks, outside of code blocks. */
function inlineCode(page: string): string[] {
  const prose = textOf(page).replace(/^ *```[\s\S]*?^ *```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Returns the path without its variable part: "data/messages/<language>.json" is in "data/messages". */
function fixedPart(path: string): string {
  const variable = path.search(/[<*…]/);
  return variable < 0 ? path : dirname(`${path.slice(0, variable)}x`);
}

function isMissing(path: string): boolean {
  const fixed = fixedPart(path).replace(/\/$/, '');
  return !existsSync(fixed) && !GENERATED.includes(fixed);
}

const isPath = (code: string) =>
  FOLDERS.includes(code.split('/')[0] ?? '') && /^[\w<>*….-]+\/\S*$/.test(code);
const isBareFile = (code: string) => /^[\w.-]+\.(ts|json)$/.test(code);

/** Returns the anchor that a Markdown viewer gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** Returns the sentences of a page: paragraphs, list items and table cells, without code blocks and comments. */
function sentencesOf(page: string): string[] {
  const prose = textOf(page)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^ *```[\s\S]*?^ *```/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`(?:[^`\n]|\n(?!\n))*`/g, 'Code')
    .replaceAll('*', '')
    // Each table cell, heading and list item stands alone; a cell may hold several notes.
    .replace(/^\|.*$/gm, (row) => row.replace(/[|;]/g, '\n\n'))
    .replace(/^(#.*|>.*)$/gm, '$1\n')
    .replace(/^ *(?:-|\d+\.) /gm, '\n\n');
  return prose
    .split(/\n\s*\n/)
    .flatMap((block) => block.replace(/\s+/g, ' ').split(/(?<=[.!?…][)”"]?)\s+(?=[^a-z])/))
    .map((sentence) => sentence.trim());
}

const wordsOf = (sentence: string) => sentence.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word));

describe.each(PAGES)('%s', (page) => {
  test('names only files and folders that exist', () => {
    const codes = inlineCode(page);
    const missing = codes.filter((code) => isPath(code) && isMissing(code));
    const unknown = codes.filter((code) => isBareFile(code) && !fileNames.has(code));
    expect([...missing, ...unknown]).toEqual([]);
  });

  test('links only to pages and headings that exist', () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path ? join(dirname(page), path) : page;
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    const named = [...textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  test(`has no sentence of more than ${MAX_WORDS} words`, () => {
    const long = sentencesOf(page).filter((sentence) => wordsOf(sentence).length > MAX_WORDS);
    expect(long).toEqual([]);
  });
});

test('the architecture page names every folder of the source', () => {
  const named = inlineCode('docs/architecture.md').map((code) => code.replace(/\/$/, ''));
  const folders = globSync('src/*/').map((path) => path.replace(/\/$/, ''));
  expect(folders.length).toBeGreaterThan(10);
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
});

test('the README has a line for each package', () => {
  const listed = inlineCode('README.md');
  const installed = [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.devDependencies)];
  expect(installed.filter((name) => !listed.includes(name))).toEqual([]);
});

test('the configuration page explains every variable of .env.example', () => {
  const names = readFileSync('.env.example', 'utf8').match(/^#?([A-Z_]+)(?==)/gm) ?? [];
  const explained = inlineCode('docs/configuration.md');
  expect(names.length).toBeGreaterThan(10);
  expect(names.map((name) => name.replace('#', '')).filter((name) => !explained.includes(name))).toEqual([]);
});

test('the glossary is in alphabetical order', () => {
  const terms = [...textOf('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, term = '']) => term);
  expect(terms.length).toBeGreaterThan(20);
  expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b, 'en')));
});

test('the log messages on the page for operators exist', () => {
  const [, table = ''] = textOf('docs/running.md').split('## Logs');
  const rows = table.match(/^\| \d\d \w+ \|.*$/gm) ?? [];
  const messages = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message));
  const source = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  expect(messages.length).toBeGreaterThan(5);
  expect(messages.filter((message) => !source.some((text) => text.includes(`'${message}'`)))).toEqual([]);
});

test.each(['CONTRIBUTING.md', 'docs/architecture.md', ...globSync('docs/decisions/*.md').sort()])(
  '%s names only identifiers that the source has',
  (page) => {
    const source = globSync('{src,commands}/**/*.ts')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const identifiers = inlineCode(page)
      .map((code) => code.replace(/\(.*\)$/, ''))
      .filter((code) => /^[\w.]*[a-z][A-Z]\w*$/.test(code))
      .map((code) => code.split('.').at(-1) ?? code);
    expect(identifiers.filter((name) => !source.includes(name))).toEqual([]);
  },
);
