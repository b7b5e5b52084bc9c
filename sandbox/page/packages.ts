import { readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Returns the folder of a package. Throws when it is not installed. */
export function findPackageFolder(name: string): string {
  const found = findPackageJSON(name, import.meta.url);
  if (!found) throw new Error(`The package ${name} is missing: npm ci installs it.`);
  return dirname(found);
}

/** A target in `exports`, with the conditions that a browser uses. */
type Target = string | { readonly browser?: Target; readonly default?: Target };

/** Returns the import map entries of a package of ES modules: each exported name, and the path below `served`. */
export function listModuleExports(name: string, served: string): [specifier: string, path: string][] {
  const { exports } = JSON.parse(readFileSync(join(findPackageFolder(name), 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, Target>>;
  };
  return Object.entries(exports).flatMap(([key, target]): [string, string][] => {
    const file = findBrowserFile(target);
    return file?.endsWith('.js') ? [[join(name, key), join(served, name, file)]] : [];
  });
}

const findBrowserFile = (target: Target | undefined): string | undefined =>
  target === undefined || typeof target === 'string'
    ? target
    : findBrowserFile(target.browser ?? target.default);

/**
 * Returns a CommonJS package as one ES module with the same exports. Each file is a function, and a `require` calls them.
 * It needs no bundler, and no `eval`, which the content security policy forbids.
 */
export function bundleCommonJs(name: string): string {
  const entry = fileURLToPath(import.meta.resolve(name));
  const files = new Map<string, string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    const code = readFileSync(file, 'utf8').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, '');
    const targets = [...code.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, said = '']) => said);
    const resolved = new Map(targets.map((said) => [said, createRequire(file).resolve(said)]));
    files.set(
      file,
      code.replaceAll(
        /\brequire\("(\.[^"]+)"\)/g,
        (_all, said) => `require(${JSON.stringify(resolved.get(said))})`,
      ),
    );
    for (const target of resolved.values()) add(target);
  };
  add(entry);
  const names = Object.keys(createRequire(import.meta.url)(name)).filter(
    (exported) => exported !== 'default',
  );
  const functions = [...files].map(
    ([file, code]) => `${JSON.stringify(file)}: function (module, exports, require) {\n${code}\n}`,
  );
  return `const files = {\n${functions.join(',\n')}\n};
const loaded = {};
function require(file) {
  if (!loaded[file]) files[file]((loaded[file] = { exports: {} }), loaded[file].exports, require);
  return loaded[file].exports;
}
export const { ${names.join(', ')} } = require(${JSON.stringify(entry)});
`;
}
