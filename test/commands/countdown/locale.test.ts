import { expect, test } from 'vitest';
import { added, botAt, posts, said } from './support.ts';

test('countdown posts use the language of the server, answers that of the reader', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await sandbox.world({ guildLocale: { locale: 'de' } });
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases milestones:7');
  const french = await said(
    sandbox,
    '/countdown add release:ballerina/release/theatrical/us channel:general',
    { locale: 'fr' },
  );
  expect(french).toContain('6 juin 2025');
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('6. Juni 2025')]);
});
