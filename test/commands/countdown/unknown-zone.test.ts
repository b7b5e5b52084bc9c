import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createFacts } from '../../../src/facts/snapshot.ts';
import { added, botAt, said, temporaryFolder } from './support.ts';

test('a countdown with an unknown stored time zone shows it, and the others continue', async () => {
  const state = temporaryFolder();
  const before = await botAt('2025-05-01T00:00:00Z', { state });
  await added(before, 'title:Lost date:2025-06-01 channel:releases timezone:Asia/Tokyo');
  await added(before, 'title:Kept date:2025-06-01 channel:releases timezone:Europe/Paris milestones:0');
  await before.stop();
  const db = new DatabaseSync(join(state, 'concierge.sqlite'));
  db.exec("UPDATE documents SET value = replace(value, 'Asia/Tokyo', 'Mars/Olympus')");
  db.close();

  const sandbox = await botAt('2025-05-01T01:00:00Z', { state });
  const commands = ['list', 'status', 'preview countdown:Lost', 'edit countdown:Lost date:2025-07-01 20:00'];
  for (const command of commands)
    expect(await said(sandbox, `/countdown ${command}`)).toContain('don’t know the time zone `Mars/Olympus`');
  expect(await said(sandbox, '/countdown list')).toMatch(/Kept.*Next post/s);
  await sandbox.turn('2025-06-02T00:00:00Z');
  expect((await sandbox.messages('releases')).map(({ content }) => content)).toEqual([
    expect.stringContaining('Kept'),
  ]);
  const mended = await said(sandbox, '/countdown edit countdown:Lost timezone:Tokyo date:2025-07-01');
  expect(mended).toContain('Asia/Tokyo');
});

test('new time zone rules change the fingerprint of the facts', () => {
  const data = { slots: [], sources: {}, titles: {}, people: {}, characters: {}, terms: {}, ids: {} };
  const fingerprints = ['2026a', '2026b'].map((rules) => createFacts(data, rules).fingerprint('own'));
  expect(new Set(fingerprints).size).toBe(2);
});
