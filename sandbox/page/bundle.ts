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

/** Returns the page's code and the packages that it uses as one ES module. The first call takes a quarter of a second. */
export async function bundleScript(): Promise<string> {
  const bundle = await rolldown({
    input: join(BROWSER, 'main.ts'),
    platform: 'browser',
    resolve: { alias: REPLACED },
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
    return output[0].code;
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
