import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { added, botAt, said } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases';
const COMMANDS = ['list', 'status', 'status countdown:Ballerina', 'preview countdown:Ballerina'];

const answers = (sandbox: Sandbox) =>
  Promise.all(COMMANDS.map((command) => said(sandbox, `/countdown ${command}`)));

test.each(['SendMessages', 'EmbedLinks', 'ViewChannel'])(
  'a countdown warns before its next post that the bot lost %s in the channel',
  async (permission) => {
    const sandbox = await botAt('2025-05-01T00:00:00Z');
    await added(sandbox, BALLERINA);
    await sandbox.world({ deny: { channel: 'releases', permission } });
    const refusal = await said(sandbox, `/countdown add title:x date:2025-06-01 channel:releases`);
    const [sentence = ''] = refusal.split(' Nothing was changed');
    const shown = sentence.slice(sentence.indexOf('I can’t post'));
    expect(shown).toContain('Give me');
    for (const answer of await answers(sandbox)) expect(answer).toContain(shown);
    expect(await said(sandbox, '/countdown edit countdown:Ballerina time:10:00')).toContain(shown);
  },
);

test('a countdown warns before its next post that its channel was deleted', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deleteChannel: 'releases' });
  for (const answer of await answers(sandbox)) expect(answer).toMatch(/is gone.*\/countdown edit/s);
  const edited = await said(sandbox, '/countdown edit countdown:Ballerina time:10:00');
  expect(edited).toMatch(/is gone.*\/countdown edit/s);
});

test('a countdown warns before its next post that the bot is timed out, until the time-out ends', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ timeOut: { until: '2025-05-03T00:00:00Z' } });
  const end = Temporal.Instant.from('2025-05-03T00:00:00Z').epochMilliseconds / 1000;
  const edit = '/countdown edit countdown:Ballerina time:10:00';
  for (const answer of [...(await answers(sandbox)), await said(sandbox, edit)])
    expect(answer).toContain(`I’m timed out in this server until <t:${end}:F>`);
  await sandbox.turn('2025-05-03T00:01:00Z');
  for (const answer of await answers(sandbox)) expect(answer).not.toContain('timed out');
});

test('a countdown with all permissions shows no warning', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  for (const answer of await answers(sandbox)) expect(answer).not.toMatch(/can’t post|is gone|timed out/);
});

test('/countdown list answers without a permission check when Discord does not respond', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.faults([{ route: 'GET /guilds/*', does: { hang: true } }]);
  expect(await said(sandbox, '/countdown list')).toContain('Next post');
});
