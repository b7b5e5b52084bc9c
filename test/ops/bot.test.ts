import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { pino } from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { postgresDatabase } from '../postgres.ts';
import { PATIENT, sandboxFor } from '../sandbox/support.ts';
import { valuesOf } from './support.ts';

const ADD =
  '/countdown add release:Ballerina channel:releases timezone:America/New_York time:09:00 milestones:30,7,1,0';

/** A sandbox whose bot lets operators look, and where. */
async function watched(at: string) {
  const lines: { msg?: string; url?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const sandbox = await startSandbox({ at, clock: 'manual', timing: PATIENT, env: { OPS_PORT: '0' }, log });
  onTestFinished(() => sandbox.stop());
  const url = lines.find(({ msg }) => msg === 'listening for operators')?.url ?? '';
  return { sandbox, url };
}

test('a running bot is ready and counts answers and posts', async () => {
  const { sandbox, url } = await watched('2025-05-01T12:00:00Z');
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, store: 'ok', clock: 'ok', gateway: 'ok', queue: 'ok' },
  ]);

  await sandbox.command('/ballerina cast');
  await sandbox.command('/ballerina cast as_of:someday');
  await sandbox.autocomplete('/ballerina cast person:an');
  await sandbox.command(ADD);
  const answers = (command: string, outcome: string) =>
    valuesOf(url, 'concierge_answers_total', { command, outcome });
  expect(await answers('ballerina/cast', 'answered')).toEqual([1]);
  expect(await answers('ballerina/cast', 'refused')).toEqual([1]);
  expect(await answers('ballerina/cast', 'choices')).toEqual([1]);
  expect(await answers('countdown/add', 'answered')).toEqual([1]);

  // The next milestone is that of seven days before; its first try meets an error, the second a limit.
  await sandbox.faults([
    { route: 'POST /channels/*/messages', does: { status: 500 } },
    { route: 'POST /channels/*/messages', after: 1, does: { rateLimit: 0.1 } },
  ]);
  await sandbox.turn('2025-05-30T14:00:00Z');
  expect(await sandbox.messages('releases')).toHaveLength(2);
  const posts = (outcome: string) => valuesOf(url, 'concierge_posts_total', { outcome });
  expect([await posts('posted'), await posts('retry'), await posts('paused')]).toEqual([[2], [2], [0]]);
  expect(await valuesOf(url, 'concierge_post_lateness_seconds_count')).toEqual([2]);
  expect(await valuesOf(url, 'concierge_post_lateness_seconds_bucket', { le: '60' })).toEqual([2]);
  expect(await valuesOf(url, 'concierge_rate_limited_total', { scope: 'user' })).toEqual([1]);
  expect(await valuesOf(url, 'concierge_invalid_requests_total')).toEqual([1]);
  expect(await valuesOf(url, 'concierge_due_backlog')).toEqual([0]);
});

test('a bot without its gateway is alive but not ready, and says why', async () => {
  const { sandbox, url } = await watched('2025-05-01T12:00:00Z');
  await sandbox.faults([
    { route: 'GET /gateway/bot', times: 'always', does: { status: 500 } },
    { gateway: 'drop' },
  ]);
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
    store: 'ok',
    gateway: 'the gateway is not connected',
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('the server for operators does not respond after a stop', async () => {
  const { sandbox, url } = await watched('2025-05-01T12:00:00Z');
  await sandbox.stop();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('a bot without its database is alive but not ready, recovers by itself and logs no secret', async () => {
  const sandbox = await sandboxFor({ at: '2025-05-29T12:00:00Z' });
  const { url: database, password, away, back } = await databaseThatFails();
  const token = 'a.token-that.nobody-else-may-have';
  const bot = await runBot({
    DISCORD_TOKEN: token,
    DISCORD_API_URL: sandbox.apiUrl,
    DATABASE_URL: database,
    CONCIERGE_NOW: '2025-05-29T12:00:00Z',
    LOG_LEVEL: 'trace',
  });
  const ready = async () => (await fetch(`${bot.url}/readyz`)).json();
  expect(await ready()).toEqual({ ready: true, store: 'ok', clock: 'ok', gateway: 'ok', queue: 'ok' });

  await away();
  await expect.poll(ready).toMatchObject({
    ready: false,
    store: 'the database does not answer',
    gateway: 'ok',
  });
  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  expect((await sandbox.command(ADD)).reply?.content).toContain('can’t reach my database');
  expect((await sandbox.command('/ballerina cast')).reply?.components).toHaveLength(1);
  expect(await valuesOf(bot.url, 'concierge_answers_total', { outcome: 'unavailable' })).toEqual([1]);
  expect(await valuesOf(bot.url, 'concierge_due_backlog')).toEqual([Number.NaN]);
  await expect.poll(() => bot.lines.join('\n')).toContain('due queue unavailable');

  await back();
  await expect.poll(ready).toMatchObject({ ready: true });
  expect((await sandbox.command(ADD)).reply?.embeds).toHaveLength(1);
  // The first answer is lost on the way, so the failure is logged with all that the library knows of it.
  await sandbox.faults([
    { route: 'POST /interactions/*/*/callback', times: 'always', does: { status: 500 } },
  ]);
  const callbacks = async () => {
    const { requests } = await sandbox.counters();
    return Object.entries(requests).reduce(
      (sum, [route, count]) => sum + (/callback/.test(route) ? count : 0),
      0,
    );
  };
  const before = await callbacks();
  // It is never answered, so nothing waits for it.
  sandbox.command('/ballerina cast').catch(() => {});
  await expect.poll(callbacks).toBeGreaterThan(before);

  const { lines, errors } = await bot.stop();
  expect(errors).toBe('');
  expect(lines.map((line) => typeof JSON.parse(line).msg)).toEqual(lines.map(() => 'string'));
  const log = lines.join('\n');
  expect(log).toMatch(/\/interactions\/\d+\/\[hidden\]\/callback/);
  expect(log).not.toMatch(/\/(interactions|webhooks)\/\d+\/(?!\[hidden\])/);
  for (const secret of [token, password]) expect(log).not.toContain(secret);
});

/** A database with an owner and a password of its own, which can be taken away and given back. */
async function databaseThatFails() {
  const url = new URL(await postgresDatabase());
  const name = url.pathname.slice(1);
  const password = `secret-${crypto.randomUUID()}`;
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: inject('postgres') });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await administer(`CREATE ROLE owner_of_${name} LOGIN PASSWORD '${password}'`);
  await administer(`ALTER DATABASE ${name} OWNER TO owner_of_${name}`);
  Object.assign(url, { username: `owner_of_${name}`, password });
  return {
    url: url.href,
    password,
    away: () =>
      administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`),
    back: () => administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
  };
}

/** The bot as a process of its own, when it is ready, and where operators look. */
async function runBot(env: Record<string, string>) {
  const child = spawn(process.execPath, ['src/main.ts'], { env: { ...env, OPS_PORT: '0' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const output = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line);
      if (line.includes('"ready"')) resolve();
    });
    child.on('close', () => reject(new Error(errors)));
  });
  const listening = lines.find((line) => line.includes('listening for operators'));
  return {
    url: String(JSON.parse(listening ?? '{}').url),
    lines,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
      return { lines, errors };
    },
  };
}
