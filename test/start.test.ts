import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { sandboxFor } from './sandbox/support.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'start-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs `npm start`'s program to its end. */
async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { DISCORD_TOKEN: '', DATABASE_URL: `sqlite:${join(folder(), 'db.sqlite')}`, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', errors: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.errors += data;
  });
  const [code] = await once(child, 'close');
  return { code: code as number | null, ...said };
}

/** Something that would notice a connection. */
async function listener() {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(500).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api`, requests: () => requests };
}

test('a start without a token fails with one sentence that says what to do', async () => {
  const { code, out, errors } = await start({});
  expect(code).toBe(78);
  expect(out).toBe('');
  expect(errors.trim().split('\n')).toEqual([
    'DISCORD_TOKEN is not set. Put the bot’s token into the environment or into a file named .env, or try the bot without one: npm run sandbox.',
  ]);
});

test('a start with unusable environment values fails with one sentence for each', async () => {
  const { code, errors } = await start({
    DISCORD_TOKEN: 'x',
    LOG_LEVEL: 'loud',
    CONCIERGE_NOW: 'yesterday',
    DISCORD_API_URL: 'discord',
  });
  expect(code).toBe(78);
  const lines = errors.trim().split('\n');
  expect(lines).toHaveLength(3);
  for (const name of ['LOG_LEVEL', 'CONCIERGE_NOW', 'DISCORD_API_URL']) {
    expect(lines.filter((line) => line.startsWith(name))).toHaveLength(1);
  }
});

test('a start with five mistakes in the data reports all five and connects to nothing', async () => {
  const data = join(folder(), 'data');
  cpSync('data', data, { recursive: true });
  const file = join(data, 'claims', 'ballerina.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const claims = (id: string) => json.slots.find((slot: { slot: string }) => slot.slot === id).claims;
  claims('ballerina/role/ana-de-armas')[0].sources = ['digital-trends-20222'];
  claims('ballerina/plot')[0].sources = [];
  claims('ballerina/event/2022-filming').at(-1).until = '2021-01';
  claims('ballerina/release/theatrical/us')[1].known = '2024-02-22';
  claims('ballerina/sequel')[0].staus = 'confirmed';
  writeFileSync(file, JSON.stringify(json));

  const discord = await listener();
  const { code, errors } = await start({
    DISCORD_TOKEN: 'x',
    CONCIERGE_DATA: data,
    DISCORD_API_URL: discord.url,
  });
  expect(code).toBe(78);
  const lines = errors.trim().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines.filter((line) => line.startsWith(`${file}: slots[`))).toHaveLength(5);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Did you mean "digital-trends-2022"?'),
      expect.stringContaining('name at least one source'),
      expect.stringContaining('before it begins'),
      expect.stringContaining('not after the claim before it'),
      expect.stringContaining('"staus"'),
    ]),
  );
  expect(lines.at(-1)).toBe('5 mistake(s) in the data: correct them and start again.');
  expect(discord.requests()).toBe(0);
});

test('a start with an unusable database fails with one sentence and connects to nothing', async () => {
  const discord = await listener();
  const url = new URL(inject('postgres'));
  url.pathname = 'not_there';
  const env = { DISCORD_TOKEN: 'x', DATABASE_URL: url.href, DISCORD_API_URL: discord.url };
  const { code, errors } = await start(env);
  expect(code).toBe(78);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringMatching(/^The database .+\/not_there does not exist .+\.$/),
  ]);
  expect(errors).not.toContain(url.password);
  expect(discord.requests()).toBe(0);
});

test('a start with an occupied port for interactions fails with one sentence', async () => {
  const sandbox = await sandboxFor();
  const { port } = new URL(sandbox.url);
  const { code, errors } = await start({
    DISCORD_TOKEN: 'x',
    DISCORD_API_URL: sandbox.apiUrl,
    INTERACTIONS: 'http',
    HTTP_PORT: port,
  });
  expect(code).toBe(75);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^The server for interactions cannot listen on 127\.0\.0\.1:\d+ \(.+\)\. Choose another HTTP_PORT/,
    ),
  ]);
});

/** A port on which nothing listens yet. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The bot as a process, in front of a Discord that does not answer yet, when it says so. */
async function waitingBot(port: number) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      DISCORD_TOKEN: 'a-secret-token',
      DISCORD_API_URL: `http://127.0.0.1:${port}/api`,
      DATABASE_URL: `sqlite:${join(folder(), 'db.sqlite')}`,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const chunks = on(child.stdout.setEncoding('utf8'), 'data');
  let output = '';
  const hears = async (words: string) => {
    while (!output.includes(words)) output += String((await chunks.next()).value);
  };
  await hears('Discord unavailable at start, retrying');
  return { child, hears, output: () => output };
}

test('a start waits for Discord, and goes on when it answers', async () => {
  const port = await freePort();
  const bot = await waitingBot(port);
  await sandboxFor({ port });
  await bot.hears('"ready"');
  expect(bot.output()).not.toContain('a-secret-token');
  expect(bot.output().match(/unavailable at start/g)).toHaveLength(1);
}, 60_000);

test('a start that waits for Discord stops at a signal', async () => {
  const { child } = await waitingBot(await freePort());
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('the program sets its handlers for signals before it loads anything', () => {
  const program = readFileSync('src/main.ts', 'utf8');
  const imports = program.match(/^import .*$/gm) ?? [];
  expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  expect(program.indexOf("process.on('SIGTERM'")).toBeLessThan(program.indexOf('await import('));
});

test('the signal SIGHUP makes the bot read the data again without a stop', async () => {
  const sandbox = await sandboxFor();
  const data = folder();
  cpSync('data', data, { recursive: true });
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      DISCORD_TOKEN: 'a-token',
      DISCORD_API_URL: sandbox.apiUrl,
      DATABASE_URL: `sqlite:${join(folder(), 'db.sqlite')}`,
      CONCIERGE_DATA: data,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = child.stdout.setEncoding('utf8');
  const line = async (words: string) => {
    for await (const [text] of on(lines, 'data')) if (String(text).includes(words)) return;
  };
  await line('ready');
  writeFileSync(join(data, 'people.json'), '{');
  const told = line('people.json: is not JSON');
  child.kill('SIGHUP');
  await told;
  expect(child.exitCode).toBeNull();
});

test('a normal stop of the bot logs no warning', async () => {
  const sandbox = await sandboxFor();
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      DISCORD_TOKEN: 'a-token',
      DISCORD_API_URL: sandbox.apiUrl,
      DATABASE_URL: `sqlite:${join(folder(), 'db.sqlite')}`,
      // The bot compares its clock with Discord's.
      CONCIERGE_NOW: sandbox.clock.now().toString(),
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const ready = Promise.withResolvers<void>();
  child.stdout.on('data', (data) => {
    output += data;
    if (output.includes('"ready"')) ready.resolve();
  });
  await ready.promise;
  child.kill('SIGTERM');
  await once(child, 'close');
  const warnings = output
    .trim()
    .split('\n')
    .filter((line) => (JSON.parse(line) as { level: number }).level > 30);
  expect(output).toContain('"stopped"');
  expect(warnings).toEqual([]);
}, 60_000);
