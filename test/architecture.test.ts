import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The layers of the bot, from top to bottom: an import stays in its folder or goes to a lower row, types included.
 * Folders of one row do not import each other. `pure` folders know neither Discord, storage, files nor the clock, and
 * keep no state in a module. docs/architecture.md says of each folder why it would change.
 */
const LAYERS: readonly { folders: readonly string[]; pure?: true }[] = [
  { folders: ['src/main.ts'] },
  { folders: ['src/app'] },
  { folders: ['commands'] },
  { folders: ['src/privacy'] },
  { folders: ['src/interactions'] },
  { folders: ['src/discord'] },
  { folders: ['src/delivery'] },
  { folders: ['src/knowledge', 'src/pictures'] },
  { folders: ['src/questions', 'src/calendar', 'src/countdown'], pure: true },
  { folders: ['src/answers'], pure: true },
  { folders: ['src/i18n'], pure: true },
  { folders: ['src/facts'], pure: true },
  { folders: ['src/store', 'src/ops'] },
  { folders: ['src/config.ts', 'src/lib'] },
];

/** What a pure folder may import besides lower pure folders. */
const PURE_HELPERS = /^src\/lib\/(search|markdown|data-file)\.ts$/;

/** The layers of the sandbox, likewise; `rules` and `world` know Discord's protocol, and no folder knows the bot. */
const SANDBOX_LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'open-browser.ts', 'terminal-log.ts'],
  ['sandbox.ts', 'bot.ts', 'bot-runner.ts', 'server.ts', 'wait-until-idle.ts'],
  ['app.ts'],
  ['page/'],
  ['client.ts'],
  ['control/'],
  ['http/'],
  ['webhooks/'],
  ['services.ts'],
  ['gateway/'],
  ['world/'],
  ['rules/'],
  ['clock.ts', 'counters.ts', 'notices.ts'],
];

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const files = globSync('{src,commands,sandbox,scripts,bench}/**/*.ts')
  .filter((file) => !file.includes('node_modules'))
  .sort();
const code = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const codeOf = (file: string) => code.get(file) ?? '';

/** Every import of a file; those of our own by their path from the root. */
function importsOf(file: string): Import[] {
  const found = [
    ...codeOf(file).matchAll(
      /^(?:import|export)\b([^'";]*?)\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm,
    ),
  ];
  return found.map(([, what = '', from, dynamic, bare]) => {
    const to = from ?? dynamic ?? bare ?? '';
    const typeOnly = /^\s*type\b/.test(what);
    return { from: file, to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to, typeOnly };
  });
}

const isWithin = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
const imports = files.flatMap(importsOf);
const importsWithin = (...folders: string[]) =>
  imports.filter(({ from }) => folders.some((folder) => isWithin(from, folder)));
const describeImports = (list: readonly Import[]) => list.map(({ from, to }) => `${from} imports ${to}`);

const layerOf = (file: string) =>
  LAYERS.findIndex(({ folders }) => folders.some((folder) => isWithin(file, folder)));
const folderOf = (file: string) =>
  LAYERS.flatMap(({ folders }) => folders).find((folder) => isWithin(file, folder));
const pureFolders = LAYERS.flatMap(({ folders, pure }) => (pure ? folders : []));
const ownFiles = files.filter((file) => isWithin(file, 'src') || isWithin(file, 'commands'));
const filesWithin = (folder: string) => files.filter((file) => isWithin(file, folder));

/** The lines of those files that match, without comments, as "file: line". */
function linesMatching(list: readonly string[], pattern: RegExp): string[] {
  return list.flatMap((file) =>
    codeOf(file)
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\*|\/\/)/.test(line) && pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test('the architecture test reads the files and their imports', () => {
  expect(files.length).toBeGreaterThan(250);
  expect(imports.length).toBeGreaterThan(1000);
});

describe('the layers of the bot', () => {
  test('every file belongs to a layer', () => {
    expect(ownFiles.filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  test('no file imports from its own row or a higher one, types included', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        layerOf(from) >= 0 &&
        layerOf(to) >= 0 &&
        folderOf(from) !== folderOf(to) &&
        layerOf(to) <= layerOf(from),
    );
    expect(describeImports(wrong)).toEqual([]);
  });

  test('no command imports another one, except that reminders import countdowns', () => {
    const commandOf = (file: string) => /^commands\/(\w+)/.exec(file)?.[1] ?? '';
    const between = importsWithin('commands').filter(
      ({ from, to }) =>
        isWithin(to, 'commands') &&
        commandOf(from) !== commandOf(to) &&
        from !== 'commands/index.ts' &&
        to !== 'commands/services.ts',
    );
    const wrong = between.filter(
      ({ from, to }) => !(commandOf(from) === 'remind' && commandOf(to) === 'countdown'),
    );
    expect(describeImports(wrong)).toEqual([]);
  });
});

describe.each(pureFolders)('the pure folder %s', (folder) => {
  test('imports only pure folders and libraries that need no machine', () => {
    const impure =
      /^(node:(?!crypto$|path$)|discord|@discordjs\/|@sapphire\/|keyv|@keyv\/|pg|pino|prom-client|hono|@hono\/)/;
    const wrong = importsWithin(folder).filter(({ to }) =>
      to.includes('/') && /^(src|commands|data)\//.test(to)
        ? !pureFolders.some((pure) => isWithin(to, pure)) && !PURE_HELPERS.test(to)
        : impure.test(to),
    );
    expect(describeImports(wrong)).toEqual([]);
  });

  test('reads neither the clock nor the machine', () => {
    const pattern =
      /Temporal\.Now|\bnew Date\b|\bDate\.(now|UTC|parse)\b|performance\.now|Math\.random|\bprocess\./;
    expect(linesMatching(filesWithin(folder), pattern)).toEqual([]);
  });

  test('keeps no state in a module', () => {
    const pattern =
      /^(export )?(let|var)\b|^(export )?const \w+(: [^=]+)? = new (WeakMap|Map<|Map\(\)|Set<|Set\(\)|WeakSet)/;
    expect(linesMatching(filesWithin(folder), pattern)).toEqual([]);
  });
});

test('only src/lib/clock.ts reads the system time', () => {
  const files = linesMatching(ownFiles, /Temporal\.Now|\bnew Date\b|\bDate\.now\b/);
  expect([...new Set(files.map((line) => line.split(':')[0]))]).toEqual(['src/lib/clock.ts']);
});

describe('code outside of the layers that know Discord', () => {
  const edge = ['src/discord', 'src/interactions', 'src/app', 'src/main.ts'];
  const others = ownFiles.filter((file) => !edge.some((folder) => isWithin(file, folder)));
  const below = others.filter((file) => !isWithin(file, 'commands') && !isWithin(file, 'src/privacy'));

  test('imports none of Discord’s libraries', () => {
    const users = imports.filter(
      ({ from, to }) => below.includes(from) && /^(discord|@discordjs\/|@sapphire\/snowflake)/.test(to),
    );
    expect(describeImports(users)).toEqual([]);
  });

  test('contains none of Discord’s error codes', () => {
    expect(linesMatching(others, /\b(100\d\d|200\d\d|300\d\d|40[0-4]\d\d|500\d\d|1[16]0\d{3})\b/)).toEqual(
      [],
    );
  });

  test('contains none of Discord’s Markdown', () => {
    const literals = others
      // A path pattern has two stars, a rule of the data names the spoiler bars that it forbids, and SVG closes its tags.
      .filter(
        (file) => !/^src\/(questions\/.*-schema|lib\/markdown|facts\/rules|pictures\/design)\.ts$/.test(file),
      )
      .flatMap((file) =>
        [...codeOf(file).matchAll(/(?<!\w)'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(
          ([, quoted, template]) => `${file}: ${quoted ?? template}`,
        ),
      );
    expect(literals.length).toBeGreaterThan(1000);
    expect(literals.filter((text) => /\*\*\S|\|\|\S|: -# |<t:|<@|<#|<\/\w/.test(text))).toEqual([]);
  });
});

test.each([
  ['a database', /^(pg|pg-boss|keyv|@keyv\/postgres|node:sqlite)$/, 'src/store'],
  ['Prometheus', /^prom-client$/, 'src/ops'],
])('only one folder imports %s', (_, library, folder) => {
  const users = importsWithin('src', 'commands').filter(({ to }) => library.test(to));
  expect(users.length).toBeGreaterThan(0);
  expect(describeImports(users.filter(({ from }) => !isWithin(from, folder)))).toEqual([]);
});

test('only src/app imports the commands', () => {
  const users = imports.filter(
    ({ from, to }) => isWithin(to, 'commands') && !isWithin(from, 'commands') && !isWithin(from, 'src/app'),
  );
  expect(describeImports(users)).toEqual([]);
});

describe('the layers of the sandbox', () => {
  const sandboxLayerOf = (file: string) =>
    SANDBOX_LAYERS.findIndex((layer) => layer.some((entry) => file.startsWith(`sandbox/${entry}`)));

  test('every file belongs to a layer', () => {
    expect(filesWithin('sandbox').filter((file) => sandboxLayerOf(file) < 0)).toEqual([]);
  });

  test('no file imports from a layer above it, types included', () => {
    const own = importsWithin('sandbox').filter(({ to }) => isWithin(to, 'sandbox'));
    expect(own.length).toBeGreaterThan(200);
    expect(describeImports(own.filter(({ from, to }) => sandboxLayerOf(to) < sandboxLayerOf(from)))).toEqual(
      [],
    );
  });

  test('only sandbox/bot.ts imports the bot', () => {
    const users = importsWithin('sandbox').filter(({ to }) => /^(src|commands|data)\//.test(to));
    const wrong = users.filter(
      ({ from, to, typeOnly }) => from !== 'sandbox/bot.ts' && !(to === 'src/lib/clock.ts' && typeOnly),
    );
    expect(describeImports(wrong)).toEqual([]);
  });

  test('the bot imports nothing from the sandbox', () => {
    const users = importsWithin('src', 'commands').filter(({ to }) =>
      /^(sandbox|test|bench|scripts)\//.test(to),
    );
    expect(describeImports(users)).toEqual([]);
  });
});

test('no hand-written file has more than 300 lines', () => {
  const written = globSync('{src,commands,sandbox,scripts,bench,chaos,test}/**/*.{ts,css}')
    .filter((file) => !/node_modules|\.generated\.ts$/.test(file))
    .filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > 300);
  expect(written).toEqual([]);
});
