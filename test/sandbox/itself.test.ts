import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../sandbox/client.ts';
import { createSandboxClock } from '../../sandbox/clock.ts';
import { nextSnowflake, snowflakeTime } from '../../sandbox/world/snowflake.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

const at = (text: string) => Temporal.Instant.from(text);

/** The sandbox as its own process. `ready` is its address, or undefined when it ended first. */
function launch(...args: string[]) {
  return launchWithBot('--server-only', ...args);
}

function launchWithBot(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ['sandbox/main.ts', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const ready = new Promise<string | undefined>((resolve) => {
    child.stdout?.on('data', (data) => {
      output += data;
      const url = /Sandbox ready: (http:\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.on('close', () => resolve(undefined));
  });
  let errors = '';
  child.stderr?.on('data', (data) => {
    errors += data;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));
  return { child, ready, ended, output: () => output };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('starts quickly, and several run side by side with worlds of their own', async () => {
  const started = performance.now();
  const sandboxes = await Promise.all([sandboxFor(), sandboxFor(), sandboxFor()]);
  expect(performance.now() - started).toBeLessThan(900);
  expect(new Set(sandboxes.map((sandbox) => sandbox.url)).size).toBe(3);
  await sandboxes[0]?.world({ addChannel: { name: 'only here' } });
  expect((await sandboxes[1]?.state())?.guilds[0]?.channels).toHaveLength(3);
});

test('the world at the beginning', async () => {
  const sandbox = await sandboxFor();
  const { guilds, commands, now } = await sandbox.state();
  expect(now).toMatch(/^2024-01-20T12:00:0/);
  expect(commands).toEqual([]);
  const [guild] = guilds;
  expect(guild?.channels.map((channel) => channel.name)).toEqual(['general', 'announcements', 'releases']);
  expect(guild?.members.map((member) => member.name)).toEqual(['winston', 'Concierge', 'john']);
  expect(guild?.roles.map((role) => [role.name, role.mentionable])).toEqual([
    ['@everyone', false],
    ['Concierge', false],
    ['High Table', true],
    ['Ruska Roma', false],
  ]);
});

/** A GET with headers that fetch would not let through. */
async function status(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  const sent = httpRequest(url, { headers, method });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

test('it answers to its own address only, and to no foreign page', async () => {
  const sandbox = await sandboxFor();
  const { port } = new URL(sandbox.url);
  const state = `${sandbox.url}/sandbox/state`;
  expect(await status(state, {})).toBe(200);
  expect(await status(state, { host: `localhost:${port}` })).toBe(200);
  expect(await status(state, { host: 'evil.example' })).toBe(403);
  expect(await status(state, { host: `evil.example:${port}` })).toBe(403);
  expect(await status(state, { origin: 'http://evil.example' })).toBe(403);
  expect(await status(state, { origin: 'null' })).toBe(403);
  expect(await status(state, { origin: sandbox.url })).toBe(200);
  expect(await status(`${sandbox.apiUrl}/v10/gateway`, { host: 'evil.example' })).toBe(403);
});

test('the front page says what this is', async () => {
  const sandbox = await sandboxFor();
  expect(await (await fetch(sandbox.url)).text()).toContain('POST /sandbox/command');
  expect((await fetch(`${sandbox.url}/sandbox/nothing`)).status).toBe(404);
});

test('mistakes in control calls are sentences', async () => {
  const sandbox = await sandboxFor();
  const post = async (path: string, body: string) => {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, { method: 'POST', body });
    return [response.status, ((await response.json()) as { error: string }).error];
  };
  expect(await post('/command', '{')).toEqual([400, 'The body of this call is JSON.']);
  expect((await post('/command', '{}'))[0]).toBe(400);
  expect(await post('/clock', '{"to":"soon"}')).toEqual([
    400,
    '"soon" is no instant. Write it as 2025-06-06T16:00:00Z.',
  ]);
  expect((await post('/clock', '{"to":"2020-01-01T00:00:00Z"}'))[1]).toMatch(/only turns forward/);
  expect(await post('/world', '{"removeBot":"nowhere"}')).toEqual([404, 'There is no server nowhere.']);
  expect(await post('/world', '{"deny":{"channel":"general","permission":"Fly"}}')).toEqual([
    400,
    'There is no permission Fly.',
  ]);
  expect((await post('/world', '{"unknown":1}'))[0]).toBe(400);
  const missing = await fetch(`${sandbox.url}/sandbox/messages?channel=nowhere`);
  expect([missing.status, await missing.json()]).toEqual([404, { error: 'There is no channel nowhere.' }]);
});

test('the clock runs, wakes sleepers by itself, and is turned past every sleeper at its own instant', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'));
  const seen: string[] = [];
  const sleep = async (text: string, then?: () => Promise<void>) => {
    await clock.sleepUntil(at(text));
    seen.push(`${text} ${clock.now()}`);
    await then?.();
  };
  const soon = clock.sleepUntil(clock.now().add({ milliseconds: 20 }));
  await soon;
  void sleep('2024-03-01T00:00:00Z');
  void sleep('2024-02-01T00:00:00Z', () => sleep('2024-02-01T00:00:01Z'));
  void sleep('2025-01-01T00:00:00Z');
  const settled: string[] = [];
  const settle = async () => {
    settled.push(String(clock.now()));
    await new Promise((resolve) => setTimeout(resolve, 3));
  };
  await clock.turn(at('2024-06-01T00:00:00Z'), settle);
  expect(seen).toEqual(
    ['2024-02-01T00:00:00Z', '2024-02-01T00:00:01Z', '2024-03-01T00:00:00Z'].map((text) => `${text} ${text}`),
  );
  expect(settled.slice(1)).toEqual([...seen.map((line) => line.slice(21)), '2024-06-01T00:00:00Z']);
  await expect(clock.turn(at('2024-01-01T00:00:00Z'), settle)).rejects.toThrow('only turns forward');
  clock.stop();
});

test('a manual clock stands still until it is turned, and wakes nobody by itself', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'), 'manual');
  let woken = false;
  const sleep = clock.sleepUntil(at('2024-01-01T00:00:00.001Z')).then(() => {
    woken = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([String(clock.now()), woken]).toEqual(['2024-01-01T00:00:00Z', false]);
  await clock.turn(at('2024-01-01T00:00:01Z'), async () => {});
  await sleep;
  expect(String(clock.now())).toBe('2024-01-01T00:00:01Z');
});

test('a sleep ends when it is given up, and a long one does not end at once', async () => {
  const clock = createSandboxClock(at('2024-01-01T00:00:00Z'));
  const giveUp = new AbortController();
  let woken = false;
  const sleep = clock.sleepUntil(at('2034-01-01T00:00:00Z'), giveUp.signal).then(() => {
    woken = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(woken).toBe(false);
  giveUp.abort();
  await sleep;
  clock.stop();
});

test('ids rise strictly and carry the time of the sandbox', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 50 }), (steps) => {
      let ms = Date.UTC(2024, 0, 1);
      let last = 0n;
      for (const step of steps) {
        ms += step;
        const next = nextSnowflake(last, ms);
        expect(next > last).toBe(true);
        expect(snowflakeTime(String(next))).toBe(ms);
        last = next;
      }
    }),
  );
});

test('messages carry the time of the clock that was turned', async () => {
  const sandbox = await sandboxFor();
  await sandbox.turn('2025-06-06T16:00:00Z');
  const { body } = await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, {
    content: 'x',
  });
  expect(body.timestamp).toMatch(/^2025-06-06T16:00:00/);
  expect(new Date(snowflakeTime(body.id)).toISOString()).toMatch(/^2025-06-06T16:00:00/);
});

test('turning waits until the bot has answered everything it was told on the way', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  client.on('channelCreate', async (channel) => {
    if (channel.isSendable()) await channel.send('welcome');
  });
  await sandbox.world({ addChannel: { name: 'new' } });
  await sandbox.turn('2024-02-01T00:00:00Z');
  expect((await sandbox.messages('new')).map((message) => message.content)).toEqual(['welcome']);
});

test('one world is served by one sandbox at a time', async () => {
  const state = folder();
  const first = await sandboxFor({ state });
  await expect(sandboxFor({ state })).rejects.toThrow('is in use by another sandbox');
  await first.stop();
  const second = await sandboxFor({ state });
  expect((await second.state()).guilds).toHaveLength(1);
});

test('killing cuts a bot off at once', async () => {
  const sandbox = await sandboxFor({ state: folder() });
  const { wire } = await identified(sandbox);
  await sandbox.kill();
  expect(await wire.closed).toBe(1006);
});

test('all of it survives kill -9, and the same command line runs again', async () => {
  const state = folder();
  const line = ['--port', '0', '--at', '2024-01-20T12:00:00Z', '--state', state];
  const first = launch(...line);
  const one = createClient((await first.ready) ?? '');
  const url = await first.ready;
  await one.turn('2024-05-01T00:00:00Z');
  await one.world({ addChannel: { name: 'kept' }, nonceWindowSeconds: 9999 });
  const before = await one.state();
  const kept = before.guilds[0]?.channels.find((channel) => channel.name === 'kept')?.id ?? '';
  const post = async (at: string | undefined, content: string) => {
    const headers = { authorization: 'Bot x', 'content-type': 'application/json' };
    const body = JSON.stringify({ content, nonce: 'n', enforce_nonce: true });
    return (
      await fetch(`${at}/api/v10/channels/${kept}/messages`, { method: 'POST', headers, body })
    ).json() as Promise<{ id: string; content: string }>;
  };
  await fetch(`${url}/api/v10/applications/${before.bot.id}/commands`, {
    method: 'PUT',
    headers: { authorization: 'Bot x' },
    body: JSON.stringify([{ name: 'hi', description: 'x' }]),
  });
  const posted = await post(url, 'before');
  first.child.kill('SIGKILL');
  await first.ended;

  const second = launch(...line);
  const again = await second.ready;
  const two = createClient(again ?? '');
  expect(second.output()).toContain('is ignored');
  const after = await two.state();
  expect(after.now >= '2024-05-01').toBe(true);
  expect(after.guilds).toEqual(before.guilds);
  expect(after.bot).toEqual(before.bot);
  expect(after.commands.map((command) => command.name)).toEqual(['hi']);
  expect((await two.messages(kept)).map((message) => message.content)).toEqual(['before']);
  expect(await post(again, 'after')).toMatchObject({ id: posted.id, content: 'before' });
  await two.world({ addRole: { name: 'later' } });
  const later = (await two.state()).guilds[0]?.roles.at(-1)?.id ?? '0';
  expect(BigInt(later) > BigInt(posted.id)).toBe(true);
  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
}, 15_000);

test('--interactions http starts the bot without a gateway, and the control calls are the same', async () => {
  const { ready } = launchWithBot('--port', '0', '--interactions', 'http', '--at', '2024-01-20T12:00:00Z');
  const controls = createClient((await ready) ?? '');
  const answer = await controls.command('/ballerina release');
  expect(answer.reply?.embeds[0]?.description).toContain('June 7, 2024');
  expect((await controls.counters()).identifies).toBe(0);
});

test('arguments that are wrong are one sentence', async () => {
  const wrong = launch('--colour', 'red');
  expect(await wrong.ended).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^Unknown option '--colour'.*\n$/),
  });
  expect((await launch('--at', 'yesterday').ended).code).toBe(2);
  expect((await launch('--port', 'many').ended).code).toBe(2);
  expect(await launch('--interactions', 'post').ended).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^--interactions takes gateway or http, not "post"/),
  });
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const ended = await launch('--port', String(port)).ended;
  expect(ended).toEqual({
    code: 1,
    errors: `Port ${port} is taken; choose another with --port, or leave it out.\n`,
  });
}, 15_000);
