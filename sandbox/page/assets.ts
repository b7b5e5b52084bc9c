import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize } from 'node:path';
import { asModule, exportsOf, packageFolder } from './packages.ts';

/** What the server answers for a path. */
export interface Asset {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const BROWSER = join(import.meta.dirname, 'browser');
/** Packages made of ES modules, served file by file as they lie in node_modules. */
const MODULES = [
  'lit',
  'lit-html',
  'lit-element',
  '@lit/reactive-element',
  '@lit/context',
  '@skyra/discord-components-core',
];
/** Packages made of CommonJS. */
const COMMONJS = ['discord-markdown-parser'];
const SANS_SERIF = '@fontsource-variable/noto-sans';
const MONOSPACE = '@fontsource-variable/source-code-pro';
/** Packages made of style sheets that declare a font, and of its files. */
const FONTS = [SANS_SERIF, MONOSPACE];
/** The style sheets of the fonts, below `/page`. */
export const FONT_STYLESHEETS = [
  `lib/${SANS_SERIF}/wght.css`,
  `lib/${SANS_SERIF}/wght-italic.css`,
  `lib/${MONOSPACE}/wght.css`,
];
/** Modules of theirs that the page puts its own in place of. */
const REPLACED = { 'lit/directives/style-map.js': '/page/style-map.ts' };

const script = (body: string): Asset => ({ type: 'text/javascript; charset=utf-8', body });
const styles = (body: string): Asset => ({ type: 'text/css; charset=utf-8', body });

/** Bare names of imports, and where the page finds them. */
export const importMap = (): string =>
  JSON.stringify({
    imports: Object.fromEntries([
      ...MODULES.flatMap((name) => exportsOf(name, '/page/lib')),
      ...COMMONJS.map((name) => [name, `/page/lib/${name}.js`]),
      ...Object.entries(REPLACED),
    ]),
  });

/** The file behind `/page/PATH`; undefined when there is none. Read once, and kept as it was then. */
export const assetAt = cached((path: string): Asset | undefined => {
  const clean = normalize(path);
  if (clean.startsWith('..')) return undefined;
  try {
    return clean.startsWith('lib/') ? fromPackages(clean.slice('lib/'.length)) : own(clean);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
});

/** A file of the page itself. TypeScript loses its types on the way: there is no build. */
function own(path: string): Asset | undefined {
  const text = () => readFileSync(join(BROWSER, path), 'utf8');
  if (path.endsWith('.ts')) return script(stripTypeScriptTypes(text()));
  if (path.endsWith('.css')) return styles(text());
  return undefined;
}

/** A file of one of the packages that the page needs, and of no other. */
function fromPackages(path: string): Asset | undefined {
  const commonjs = COMMONJS.find((name) => path === `${name}.js`);
  if (commonjs) return script(asModule(commonjs));
  const name = [...MODULES, ...FONTS].find((folder) => path.startsWith(`${folder}/`));
  if (!name) return undefined;
  const file = join(packageFolder(name), path.slice(name.length + 1));
  if (FONTS.includes(name)) return fontFile(file);
  if (!path.endsWith('.js')) return undefined;
  return script(readFileSync(file, 'utf8').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, ''));
}

function fontFile(file: string): Asset | undefined {
  if (file.endsWith('.css')) return styles(readFileSync(file, 'utf8'));
  if (file.endsWith('.woff2')) return { type: 'font/woff2', body: new Uint8Array(readFileSync(file)) };
  return undefined;
}

function cached<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as T) : read(key);
    known.set(key, value);
    return value;
  };
}
