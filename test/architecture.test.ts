import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const files = globSync('{src,commands,sandbox,scripts,bench}/**/*.ts');
const code = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Every import of a file; those of our own by their path from the root. */
function importsOf(file: string): Import[] {
  const text = code.get(file) ?? '';
  const found = [
    ...text.matchAll(
      /^(?:import|export)\b([^'";]*?)\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm,
    ),
  ];
  return found.map(([, what = '', from, dynamic, bare]) => {
    const to = from ?? dynamic ?? bare ?? '';
    const typeOnly = /^\s*type\b/.test(what);
    return { from: file, to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to, typeOnly };
  });
}

const imports = files.flatMap(importsOf);
const within = (...folders: string[]) =>
  imports.filter(({ from }) => folders.some((one) => from.startsWith(`${one}/`)));
const shown = (list: Import[]) => list.map(({ from, to }) => `${from} imports ${to}`);

const PURE = ['src/facts', 'src/i18n', 'src/answers', 'src/questions', 'src/calendar', 'src/countdown'];
const IMPURE =
  /^(discord\.js|@discordjs\/|discord-api-types|keyv|@keyv\/|node:sqlite|pg|pino|prom-client|src\/(store|delivery|discord|interactions|app|ops|lib\/clock|main|config)\b)/;

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(imports.length).toBeGreaterThan(300);
});

describe.each(PURE)('%s is pure', (folder) => {
  test('it imports nothing of Discord, of storage or of the clock', () => {
    expect(shown(within(folder).filter(({ to }) => IMPURE.test(to)))).toEqual([]);
  });

  test('it never asks what time it is', () => {
    const asking = files
      .filter((file) => file.startsWith(`${folder}/`))
      .filter((file) =>
        /Temporal\.Now|\bnew Date\b|\bDate\.(now|UTC|parse)\b|performance\.now/.test(code.get(file) ?? ''),
      );
    expect(asking).toEqual([]);
  });
});

test('only the clock asks what time it is', () => {
  const asking = files
    .filter((file) => /^(src|commands)\//.test(file))
    .filter((file) => /Temporal\.Now|\bnew Date\b|\bDate\.now\b/.test(code.get(file) ?? ''));
  expect(asking).toEqual(['src/lib/clock.ts']);
});

test('facts know nothing of text, answers or countdowns', () => {
  expect(
    shown(within('src/facts').filter(({ to }) => /^src\/(?!(facts|lib)\/)|^commands\//.test(to))),
  ).toEqual([]);
});

test('answers know nothing of how questions are read', () => {
  expect(
    shown(within('src/answers', 'src/i18n', 'src/facts').filter(({ to }) => /^src\/questions\//.test(to))),
  ).toEqual([]);
});

test('delivery knows nothing of Discord, nor of commands', () => {
  expect(
    shown(within('src/delivery').filter(({ to }) => /^(discord|@discordjs|src\/discord|commands)/.test(to))),
  ).toEqual([]);
});

test.each([
  ['a database', /^(pg|pg-boss|keyv|@keyv\/postgres|node:sqlite)$/, 'src/store'],
  ['Prometheus', /^prom-client$/, 'src/ops'],
])('%s is known in one folder only', (_, library, folder) => {
  const users = within('src', 'commands').filter(({ to }) => library.test(to));
  expect(users.length).toBeGreaterThan(0);
  expect(shown(users.filter(({ from }) => !from.startsWith(`${folder}/`)))).toEqual([]);
});

test('commands are imported only where the bot is composed', () => {
  const users = imports.filter(({ from, to }) => to.startsWith('commands/') && !from.startsWith('commands/'));
  expect(shown(users).sort()).toEqual([
    'src/app/command-services.ts imports commands/services.ts',
    'src/app/compose.ts imports commands/index.ts',
  ]);
});

test('the sandbox knows of the bot only where it starts it', () => {
  const users = within('sandbox').filter(({ to }) => /^(src|commands|data)\//.test(to));
  const others = users.filter(
    ({ from, to, typeOnly }) => from !== 'sandbox/bot.ts' && !(to === 'src/lib/clock.ts' && typeOnly),
  );
  expect(shown(others)).toEqual([]);
});

test('the bot knows nothing of the sandbox', () => {
  expect(
    shown(within('src', 'commands').filter(({ to }) => /^(sandbox|test|bench|scripts)\//.test(to))),
  ).toEqual([]);
});

/** The layers of the sandbox, from top to bottom: files and folders of `sandbox/`. Imports stay in a layer or go down. */
const SANDBOX_LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'open-browser.ts'],
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
  ['clock.ts', 'counters.ts'],
];

describe('the layers of the sandbox', () => {
  const layerOf = (file: string) =>
    SANDBOX_LAYERS.findIndex((layer) => layer.some((entry) => file.startsWith(`sandbox/${entry}`)));

  test('every file belongs to a layer', () => {
    const sandboxFiles = files.filter((file) => file.startsWith('sandbox/'));
    expect(sandboxFiles.filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  test('no file imports from a layer above it, types included', () => {
    const own = within('sandbox').filter(({ to }) => to.startsWith('sandbox/'));
    expect(own.length).toBeGreaterThan(200);
    expect(shown(own.filter(({ from, to }) => layerOf(to) < layerOf(from)))).toEqual([]);
  });
});
