import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize } from 'node:path';
import { bundleCommonJs, findPackageFolder, listModuleExports } from './packages.ts';

/** A file of the page, as it is served. */
export interface Asset {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const BROWSER = join(import.meta.dirname, 'browser');
/** Packages of ES modules. Their files are served as they are in node_modules. */
const MODULES = [
  'lit',
  'lit-html',
  'lit-element',
  '@lit/reactive-element',
  '@lit/context',
  '@skyra/discord-components-core',
];
/** Packages of CommonJS. Each is served as one ES module. */
const COMMONJS = ['discord-markdown-parser'];
const SANS_SERIF = '@fontsource-variable/noto-sans';
const MONOSPACE = '@fontsource-variable/source-code-pro';
/** Packages of fonts: their style sheets and font files. */
const FONTS = [SANS_SERIF, MONOSPACE];
/** The style sheets of the fonts, below `/page`. */
export const FONT_STYLESHEETS = [
  `lib/${SANS_SERIF}/wght.css`,
  `lib/${SANS_SERIF}/wght-italic.css`,
  `lib/${MONOSPACE}/wght.css`,
];
/** Modules of these packages that the page replaces by its own. */
const REPLACED = { 'lit/directives/style-map.js': '/page/style-map.ts' };

const script = (body: string): Asset => ({ type: 'text/javascript; charset=utf-8', body });
const styles = (body: string): Asset => ({ type: 'text/css; charset=utf-8', body });

/** Returns the import map of the page as JSON: the URL of each package. */
export const createImportMap = (): string =>
  JSON.stringify({
    imports: Object.fromEntries([
      ...MODULES.flatMap((name) => listModuleExports(name, '/page/lib')),
      ...COMMONJS.map((name) => [name, `/page/lib/${name}.js`]),
      ...Object.entries(REPLACED),
    ]),
  });

/** Returns the file of `/page/PATH`, or undefined when there is none. Each is read once. */
export const findAsset = memoize((path: string): Asset | undefined => {
  const clean = normalize(path);
  if (clean.startsWith('..')) return undefined;
  try {
    return clean.startsWith('lib/') ? readPackageFile(clean.slice('lib/'.length)) : readPageFile(clean);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
});

/** Reads a file of the page. Types are removed from TypeScript, so that no build is needed. */
function readPageFile(path: string): Asset | undefined {
  const text = () => readFileSync(join(BROWSER, path), 'utf8');
  if (path.endsWith('.ts')) return script(stripTypeScriptTypes(text()));
  if (path.endsWith('.css')) return styles(text());
  return undefined;
}

/** Reads a file of the packages above. Files of other packages are not served. */
function readPackageFile(path: string): Asset | undefined {
  const commonjs = COMMONJS.find((name) => path === `${name}.js`);
  if (commonjs) return script(bundleCommonJs(commonjs));
  const name = [...MODULES, ...FONTS].find((folder) => path.startsWith(`${folder}/`));
  if (!name) return undefined;
  const file = join(findPackageFolder(name), path.slice(name.length + 1));
  if (FONTS.includes(name)) return readFontFile(file);
  if (!path.endsWith('.js')) return undefined;
  return script(readFileSync(file, 'utf8').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, ''));
}

function readFontFile(file: string): Asset | undefined {
  if (file.endsWith('.css')) return styles(readFileSync(file, 'utf8'));
  if (file.endsWith('.woff2')) return { type: 'font/woff2', body: new Uint8Array(readFileSync(file)) };
  return undefined;
}

function memoize<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as T) : read(key);
    known.set(key, value);
    return value;
  };
}
