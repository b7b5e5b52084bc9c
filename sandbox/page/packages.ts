import { readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a package lies on this machine. */
export function packageFolder(name: string): string {
  const found = findPackageJSON(name, import.meta.url);
  if (!found) throw new Error(`The package ${name} is missing: npm ci installs it.`);
  return dirname(found);
}

/** A condition of `exports` as a browser reads it; other conditions are for Node, for types and for development. */
type Target = string | { readonly browser?: Target; readonly default?: Target };

/** The import map entries of a package whose files are ES modules: each name it exports, and the path that serves it. */
export function exportsOf(name: string, served: string): [specifier: string, path: string][] {
  const { exports } = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, Target>>;
  };
  return Object.entries(exports).flatMap(([key, target]): [string, string][] => {
    const file = fileFor(target);
    return file?.endsWith('.js') ? [[join(name, key), join(served, name, file)]] : [];
  });
}

const fileFor = (target: Target | undefined): string | undefined =>
  target === undefined || typeof target === 'string' ? target : fileFor(target.browser ?? target.default);

/**
 * A CommonJS package as one ES module with the same exports: every file it requires by a relative path, each in
 * a function, and a `require` that knows them. It needs no bundler, and no `eval`, which a strict policy forbids.
 */
export function asModule(name: string): string {
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
