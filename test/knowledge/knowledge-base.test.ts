import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { added, botAt, posts, said, temporaryFolder } from '../commands/countdown/support.ts';

const SLOT = 'ballerina/release/theatrical/us';

interface Data {
  slots: { slot: string; claims: Record<string, unknown>[] }[];
}

/** A data folder of one's own, in which the release is as it was known on a day. */
function dataOf(day: string) {
  const folder = temporaryFolder();
  cpSync('data', folder, { recursive: true });
  const file = join(folder, 'claims/ballerina.json');
  const whole = readFileSync(file, 'utf8');
  const until = (last: string): string => {
    const data = JSON.parse(whole) as Data;
    for (const slot of data.slots)
      if (slot.slot === SLOT) slot.claims = slot.claims.filter((claim) => String(claim['known']) <= last);
    return JSON.stringify(data);
  };
  writeFileSync(file, until(day));
  return { folder, file, until };
}

/** Asks until the answer holds the words: a change of the files is seen within a second or two of real time. */
async function until(sandbox: Sandbox, question: string, words: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect(await said(sandbox, question)).toMatch(words), {
    timeout: 60_000,
    interval: 100,
  });
}

const RELEASE = '/ballerina release region:us';
const ABOUT = '/concierge about';

test('an edit that moves a date reaches answers and countdowns without a restart', async () => {
  const { folder, file, until: knownBy } = dataOf('2023-12-31');
  const sandbox = await botAt('2024-02-22T12:00:00Z', { env: { CONCIERGE_DATA: folder } });
  await added(sandbox, `release:${SLOT} channel:releases milestones:7,0`);
  expect(await said(sandbox, RELEASE)).not.toContain('June 6, 2025');

  writeFileSync(file, knownBy('2024-12-31'));
  await until(sandbox, RELEASE, 'June 6, 2025');
  await sandbox.turn('2024-02-23T12:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringMatching(/moved/)]);
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect((await posts(sandbox)).slice(1)).toEqual([
    expect.stringMatching(/^2025-05-30T09:00Z .*7 days/s),
    expect.stringMatching(/^2025-06-06T09:00Z /),
  ]);
});

test('an edit with mistakes keeps the old facts and reports them, a corrected one is loaded', async () => {
  const { folder, file, until: knownBy } = dataOf('2023-12-31');
  const sandbox = await botAt('2024-02-22T12:00:00Z', { env: { CONCIERGE_DATA: folder } });
  const good = knownBy('2024-12-31');

  writeFileSync(file, good.slice(0, good.length / 2));
  await until(sandbox, ABOUT, /claims\/ballerina\.json.*is not JSON/s);
  expect(await said(sandbox, ABOUT)).not.toContain(folder);
  expect(await said(sandbox, RELEASE)).toContain('June 7, 2024');

  writeFileSync(file, good);
  await until(sandbox, RELEASE, 'June 6, 2025');
  expect(await said(sandbox, ABOUT)).not.toContain('is not JSON');
});

test('an edit that is saved file by file is loaded when its last file is there', async () => {
  const { folder, file, until: knownBy } = dataOf('2023-12-31');
  const sources = join(folder, 'sources.json');
  const before = readFileSync(sources, 'utf8');
  const sandbox = await botAt('2024-02-22T12:00:00Z', { env: { CONCIERGE_DATA: folder } });

  const after = knownBy('2024-12-31').replaceAll('"gamereactor-delay"', '"a-new-source"');
  writeFileSync(file, after);
  await until(sandbox, ABOUT, /a-new-source/);
  expect(await said(sandbox, RELEASE)).toContain('June 7, 2024');

  writeFileSync(sources, before.replace('"gamereactor-delay"', '"a-new-source"'));
  await until(sandbox, RELEASE, 'June 6, 2025');
});

test('edited messages are loaded too, and a folder that is removed and put back', async () => {
  const { folder } = dataOf('2023-12-31');
  const sandbox = await botAt('2024-02-22T12:00:00Z', { env: { CONCIERGE_DATA: folder } });
  const messages = join(folder, 'messages/en.json');
  const edited = readFileSync(messages, 'utf8').replace(
    '"About Concierge"',
    '"About the concierge of this house"',
  );

  const claims = join(folder, 'claims');
  rmSync(claims, { recursive: true });
  await until(sandbox, ABOUT, /no claims/);
  cpSync('data/claims', claims, { recursive: true });
  await until(sandbox, RELEASE, 'June 6, 2025');

  writeFileSync(messages, edited);
  await until(sandbox, ABOUT, 'About the concierge of this house');
});
