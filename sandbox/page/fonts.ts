import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** Packages of fonts, each with its style sheets. */
const FONTS = {
  '@fontsource-variable/noto-sans': ['wght.css', 'wght-italic.css'],
  '@fontsource-variable/source-code-pro': ['wght.css'],
} as const;

/** Returns the style sheets of all fonts, with the URLs of the files as this page serves them. */
export const readFontStyles = (): string =>
  Object.entries(FONTS)
    .flatMap(([name, sheets]) =>
      sheets.map((sheet) =>
        readFileSync(join(findPackageFolder(name), sheet), 'utf8').replaceAll(
          'url(./files/',
          `url(/page/fonts/${name}/`,
        ),
      ),
    )
    .join('\n');

/** Returns the font file of `/page/fonts/PACKAGE/FILE`, or undefined when there is none. Other files are not served. */
export function findFont(path: string): Uint8Array<ArrayBuffer> | undefined {
  const [, name = '', file = ''] = /^(@[\w-]+\/[\w-]+)\/([\w-]+\.woff2)$/.exec(path) ?? [];
  if (!Object.hasOwn(FONTS, name)) return undefined;
  try {
    return new Uint8Array(readFileSync(join(findPackageFolder(name), 'files', file)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Returns the folder of a package. Throws when it is not installed. */
function findPackageFolder(name: string): string {
  const found = findPackageJSON(name, import.meta.url);
  if (!found) throw new Error(`The package ${name} is missing: npm ci installs it.`);
  return dirname(found);
}
