import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { readFontStyles } from './fonts.ts';

const BROWSER = join(import.meta.dirname, 'browser');

/** Modules of packages that the page replaces by its own. */
const REPLACED = { 'lit/directives/style-map.js': join(BROWSER, 'style-map.ts') };

/** The style sheets, one for each part of the page. Later ones override earlier ones: the order matters. */
const STYLESHEETS = [
  'theme',
  'base',
  'buttons',
  'clock-bar',
  'sidebar',
  'chat',
  'message',
  'message-content',
  'composer',
  'desk',
  'dialogs',
  'responsive',
  'preferences',
] as const;

/** The page's code and the packages that it uses, as ES modules. */
export interface Scripts {
  /** The name of the module that the document loads. */
  readonly entry: string;
  /** The code of each module, by name. A name changes with the code. */
  readonly files: ReadonlyMap<string, string>;
}

/** Bundles the page's code: what the first view needs, and what draws messages. The first call takes a quarter of a second. */
export async function bundleScripts(): Promise<Scripts> {
  const bundle = await rolldown({
    input: join(BROWSER, 'main.ts'),
    platform: 'browser',
    resolve: { alias: REPLACED },
  });
  try {
    const names = { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' };
    const { output } = await bundle.generate({ format: 'esm', minify: true, ...names });
    const files = output.flatMap((file) =>
      file.type === 'chunk' ? [[file.fileName, file.code] as const] : [],
    );
    return { entry: output[0].fileName, files: new Map(files) };
  } finally {
    await bundle.close();
  }
}

/** Returns the style sheets of the fonts and of the page as one. */
export const bundleStyles = (): string =>
  [
    readFontStyles(),
    ...STYLESHEETS.map((name) => readFileSync(join(BROWSER, 'styles', `${name}.css`), 'utf8')),
  ].join('\n');
