import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';

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

/** Bundles the page's code: what the page needs first, and what draws messages. Takes a quarter of a second. */
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

/** Bundles the script that stands in the document. Its data attributes are URLs: `main` of the page's script, `fonts` of the style sheet of the fonts. */
export const bundleFirstScript = (): Promise<string> => bundleAsOne('first-script.ts', 'browser');

/** The first view as HTML, with the title of the document. */
export interface FirstDrawing {
  readonly title: string;
  readonly html: string;
}

/** Returns what draws the first view: the page's own code, run in the sandbox. */
export async function loadFirstDrawing(): Promise<(first: object) => FirstDrawing> {
  const code = await bundleAsOne('draw-first.ts', 'node');
  const context = createContext({
    // The reader's window is not known: it has what most have.
    matchMedia: () => ({ matches: false }),
    localStorage: { getItem: () => null },
    location: { hash: '' },
    performance,
    URLSearchParams,
  });
  runInContext(code, context);
  return context['page'].drawFirst;
}

/** Bundles a module of the page as a classic script, whose exports are the properties of `page`. */
async function bundleAsOne(name: string, platform: 'browser' | 'node'): Promise<string> {
  const bundle = await rolldown({
    input: join(BROWSER, name),
    platform,
    external: /\/message-list\.ts$/,
    resolve: { alias: REPLACED },
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', name: 'page', minify: true });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

/** Returns the style sheets of the page as one, without those of the fonts. */
export const bundleStyles = (): string =>
  STYLESHEETS.map((name) => readFileSync(join(BROWSER, 'styles', `${name}.css`), 'utf8')).join('\n');
