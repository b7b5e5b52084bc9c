import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { added, botAt, said } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases';
const COMMANDS = ['list', 'status', 'status countdown:Ballerina', 'preview countdown:Ballerina'];

/** Asks each command until it has looked at the channel: on a slow machine it answers without, so as not to be late. */
async function expectAnswers(sandbox: Sandbox, isWanted: (answer: string) => boolean): Promise<void> {
  for (const command of COMMANDS)
    await expect
      .poll(() => said(sandbox, `/countdown ${command}`), { timeout: 30_000 })
      .toSatisfy(isWanted, command);
}

test.each(['SendMessages', 'ViewChannel'])(
  'a countdown warns before its next post that the bot lost %s in the channel',
  async (permission) => {
    const sandbox = await botAt('2025-05-01T00:00:00Z');
    await added(sandbox, BALLERINA);
    await sandbox.world({ deny: { channel: 'releases', permission } });
    const refusal = await said(sandbox, `/countdown add title:x date:2025-06-01 channel:releases`);
    const [sentence = ''] = refusal.split(' Nothing was changed');
    const shown = sentence.slice(sentence.indexOf('I can’t post'));
    expect(shown).toContain('Give me');
    await expectAnswers(sandbox, (answer) => answer.includes(shown));
    expect(await said(sandbox, '/countdown edit countdown:Ballerina time:10:00')).toContain(shown);
  },
);

test('a countdown warns before its next post that its channel was deleted', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ deleteChannel: 'releases' });
  await expectAnswers(sandbox, (answer) => /is gone.*\/countdown edit/s.test(answer));
  const edited = await said(sandbox, '/countdown edit countdown:Ballerina time:10:00');
  expect(edited).toMatch(/is gone.*\/countdown edit/s);
});

test('a countdown warns before its next post that the bot is timed out, until the time-out ends', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.world({ timeOut: { until: '2025-05-03T00:00:00Z' } });
  const end = Temporal.Instant.from('2025-05-03T00:00:00Z').epochMilliseconds / 1000;
  const edit = '/countdown edit countdown:Ballerina time:10:00';
  const warning = `I’m timed out in this server until <t:${end}:F>`;
  await expectAnswers(sandbox, (answer) => answer.includes(warning));
  expect(await said(sandbox, edit)).toContain(warning);
  await sandbox.turn('2025-05-03T00:01:00Z');
  await expectAnswers(sandbox, (answer) => !answer.includes('timed out'));
});

test('a countdown with all permissions shows no warning', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await expectAnswers(sandbox, (answer) => !/can’t post|is gone|timed out/.test(answer));
});

test('/countdown list answers without a permission check when Discord does not respond', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  await sandbox.faults([{ route: 'GET /guilds/*', does: { hang: true } }]);
  expect(await said(sandbox, '/countdown list')).toContain('Next post');
});
