import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../sandbox/client.ts';
import { describeLogLine } from '../../sandbox/terminal-log.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { leadIn } from '../support.ts';

/** Starts a sandbox without the bot as a process. `ready` is its URL, or undefined when it ended first. */
function launch(...args: string[]) {
  return launchWithBot('--server-only', ...args);
}

/** As `launch`, with the bot. */
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

test('the world survives kill -9, and is loaded when the same command runs again', async () => {
  const state = temporaryFolder();
  const line = ['--port', '0', '--at', '2024-01-20T12:00:00Z', '--state', state];
  const first = launch(...line);
  const firstClient = createClient((await first.ready) ?? '');
  const url = await first.ready;
  await firstClient.turn('2024-05-01T00:00:00Z');
  await firstClient.world({ addChannel: { name: 'kept' }, nonceWindowSeconds: 9999 });
  const before = await firstClient.state();
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
  const secondClient = createClient(again ?? '');
  expect(second.output()).toContain('is ignored');
  const after = await secondClient.state();
  expect(after.now >= '2024-05-01').toBe(true);
  expect(after.guilds).toEqual(before.guilds);
  expect(after.bot).toEqual(before.bot);
  expect(after.commands.map((command) => command.name)).toEqual(['hi']);
  expect((await secondClient.messages(kept)).map((message) => message.content)).toEqual(['before']);
  expect(await post(again, 'after')).toMatchObject({ id: posted.id, content: 'before' });
  await secondClient.world({ addRole: { name: 'later' } });
  const later = (await secondClient.state()).guilds[0]?.roles.at(-1)?.id ?? '0';
  expect(BigInt(later) > BigInt(posted.id)).toBe(true);
  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test('with --interactions http the bot answers commands without the gateway', async () => {
  const { ready } = launchWithBot('--port', '0', '--interactions', 'http', '--at', '2024-01-20T12:00:00Z');
  const client = createClient((await ready) ?? '');
  const answer = await client.command('/ballerina release');
  expect(leadIn(answer)).toContain('June 7, 2024');
  expect((await client.counters()).identifies).toBe(0);
});

const hasScript = existsSync('/usr/bin/script');

test.skipIf(!hasScript)('at a terminal it prints sentences, and last that it is ready', async () => {
  // `script` of util-linux runs a command at a terminal of its own.
  const line = `${process.execPath} --disable-warning=ExperimentalWarning sandbox/main.ts --port 0`;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { detached: true });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGKILL'));
  let output = '';
  for await (const data of child.stdout) {
    output += data;
    if (/Sandbox ready: http:\S+\s/.test(output)) break;
  }
  const lines = output.trim().split(/\r?\n/);
  expect(lines).toContainEqual(expect.stringMatching(/^Commands registered \(commands: \d+\)\.$/));
  expect(lines.filter((text) => text.startsWith('{'))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^Sandbox ready: http:\/\/127\.0\.0\.1:\d+$/);
});

test('a line of the log is told as a sentence, with the stack of an error', () => {
  const tell = (line: object) => describeLogLine(JSON.stringify({ time: 1, pid: 2, hostname: 'h', ...line }));
  expect(tell({ level: 30, msg: 'ready', role: 'all' })).toBe('Ready (role: all).');
  expect(tell({ level: 40, msg: 'Discord is slow.', ms: 5 })).toBe('Warning: Discord is slow (ms: 5).');
  expect(tell({ level: 50, err: { message: 'no', stack: 'Error: no\n  at x' }, msg: 'a post failed' })).toBe(
    'Error: A post failed (error: no).\nError: no\n  at x',
  );
});

test('an unknown argument ends the process with code 2 and one line', async () => {
  const wrong = launch('--colour', 'red');
  expect(await wrong.ended).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^Unknown option '--colour'.*\n$/),
  });
});

test.each([
  ['--at', 'yesterday'],
  ['--port', 'many'],
])('an invalid value of %s ends the process with code 2', async (name, value) => {
  expect((await launch(name, value).ended).code).toBe(2);
});

test('an invalid value of --interactions ends the process with code 2 and the valid ones', async () => {
  expect(await launch('--interactions', 'post').ended).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^--interactions takes gateway or http, not "post"/),
  });
});

test('a port that is taken ends the process with code 1 and one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const ended = await launch('--port', String(port)).ended;
  expect(ended).toEqual({
    code: 1,
    errors: `Port ${port} is taken; choose another with --port, or leave it out.\n`,
  });
});
