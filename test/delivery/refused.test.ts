import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { added, botAt, temporaryFolder } from '../commands/countdown/support.ts';

const DUE = '2025-06-06T09:00:00Z';

test('a bot whose token is rejected while it posts ends with a sentence, and loses nothing', async () => {
  const state = temporaryFolder();
  const before = await botAt('2025-06-06T08:00:00Z', { state });
  await added(before, 'release:ballerina/release/theatrical/us channel:releases milestones:0');
  await before.stop();

  const discord = await botAt(DUE, { state, serverOnly: true });
  const unauthorized = { times: 'always', does: { status: 401 } } as const;
  await discord.faults([
    { route: 'POST /channels/*/messages', ...unauthorized },
    { route: 'GET /users/@me', ...unauthorized },
  ]);
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: 'a-secret-token',
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: `sqlite:${join(state, 'concierge.sqlite')}`,
      CONCIERGE_NOW: Temporal.Instant.from(DUE).toString(),
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  const ended = once(child, 'exit');
  const [code] = await ended;
  expect(code).toBe(78);
  expect(output).toContain('refuses the token');
  expect(output).not.toContain('a-secret-token');
  expect((await discord.counters()).requests['POST /channels/:id/messages']).toBe(1);
  await discord.stop();

  const after = await botAt(Temporal.Instant.from(DUE).add({ minutes: 30 }).toString(), { state });
  await after.turn(Temporal.Instant.from(DUE).add({ minutes: 40 }));
  expect(await after.messages('releases')).toHaveLength(1);
});
