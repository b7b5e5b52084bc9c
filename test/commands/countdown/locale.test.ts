import { expect, test } from 'vitest';
import { added, botAt, posts, said } from './support.ts';

const RELEASE = 'release:ballerina/release/theatrical/us';

test('countdown posts use the language of the server, answers that of the reader', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await sandbox.world({ guildLocale: { locale: 'en-GB' } });
  await added(sandbox, `${RELEASE} channel:releases milestones:7`);
  const answer = await said(sandbox, `/countdown add ${RELEASE} channel:general`, { locale: 'en-US' });
  expect(answer).toContain('June 6, 2025');
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('6 June 2025')]);
});

test('a date is written in the language of its sentence where the reader’s has no catalogue', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await sandbox.world({ guildLocale: { locale: 'de' } });
  const answer = await said(sandbox, `/countdown add ${RELEASE} channel:releases milestones:7`, {
    locale: 'fr',
  });
  expect(answer).toContain('June 6, 2025');
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('June 6, 2025')]);
});
