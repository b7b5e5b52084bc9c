import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { added, botAt, posts, temporaryFolder } from '../commands/countdown/support.ts';

const SLOT = 'ballerina/release/theatrical/us';
interface ClaimFile {
  slots: { slot: string; claims: { known: string }[] }[];
}

/** A data folder as it was before anything was known of the release after a day. */
function dataBefore(day: string): string {
  const folder = temporaryFolder();
  cpSync('data', folder, { recursive: true });
  const file = join(folder, 'claims/ballerina.json');
  const data = JSON.parse(readFileSync(file, 'utf8')) as ClaimFile;
  for (const slot of data.slots)
    if (slot.slot === SLOT) slot.claims = slot.claims.filter(({ known }) => known <= day);
  writeFileSync(file, JSON.stringify(data));
  return folder;
}

test('a bot whose data is edited between two starts announces the date, then that it moved', async () => {
  const state = temporaryFolder();
  const bot = (instant: string, facts?: string) =>
    botAt(instant, { state, ...(facts && { env: { CONCIERGE_DATA: dataBefore(facts) } }) });

  const undated = await bot('2022-06-01T00:00:00Z', '2022-06-01');
  await added(undated, `release:${SLOT} channel:releases milestones:7,0`);
  await undated.turn('2023-04-05T12:00:00Z');
  expect(await posts(undated)).toEqual([]);
  await undated.stop();

  const dated = await bot('2023-04-05T12:00:00Z', '2023-04-05');
  await dated.turn('2024-02-23T12:00:00Z');
  expect(await posts(dated)).toEqual([expect.stringMatching(/^2023-04-05T12:00Z .*has a release date/s)]);
  await dated.stop();

  const moved = await bot('2024-02-23T12:00:00Z');
  await moved.turn('2025-06-08T00:00:00Z');
  expect((await posts(moved)).slice(1)).toEqual([
    expect.stringMatching(/^2024-02-23T12:00Z .*moved/s),
    expect.stringMatching(/^2025-05-30T09:00Z .*7 days/s),
    expect.stringMatching(/^2025-06-06T09:00Z .*is out/s),
  ]);
});
