import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createFacts, type Facts } from '../../src/facts/snapshot.ts';
import { parseData, readData } from '../../src/knowledge/load.ts';
import { added, botAt, temporaryFolder, times } from '../commands/countdown/support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us';
const PLACE = 'channel:releases timezone:Europe/Berlin time:09:00 milestones:0';

/** The facts, as a start with those rules of the time zones has them. */
function factsUnder(timeZoneData: string): Facts {
  const limits = { choices: Number.POSITIVE_INFINITY, choiceName: Number.POSITIVE_INFINITY };
  const parsed = parseData(readData('data'), limits);
  if (!parsed.ok) throw new Error('the data has mistakes');
  return createFacts(parsed.facts, timeZoneData);
}

/** Moves all due entries an hour back, as if they had been computed by rules of the time zones that differ by an hour. */
function computeOtherwise(state: string, facts: Facts): void {
  const db = new DatabaseSync(join(state, 'concierge.sqlite'));
  const entries = db.prepare('SELECT id, release FROM due').all();
  expect(entries).toHaveLength(2);
  for (const { id, release } of entries)
    db.prepare('UPDATE due SET at = at + 3600000, basis = ? WHERE id = ?').run(
      facts.fingerprint(String(release)),
      id ?? null,
    );
  db.close();
}

/** Two starts, with entries between them that were computed by other rules; returns when the posts were made. */
async function restarted(timeZoneData: string): Promise<string[]> {
  const state = temporaryFolder();
  const first = await botAt('2025-06-01T00:00:00Z', { state });
  await added(first, `${BALLERINA} ${PLACE}`);
  await added(first, `title:Party date:2025-06-06 ${PLACE.replace('releases', 'general')}`);
  await first.stop();
  computeOtherwise(state, factsUnder(timeZoneData));
  const second = await botAt('2025-06-02T00:00:00Z', { state });
  await second.turn('2025-06-07T00:00:00Z');
  return [...(await times(second)), ...(await times(second, 'general'))];
}

test('a start with new rules of the time zones works out the whole queue anew', async () => {
  expect(await restarted('2020a')).toEqual(['2025-06-06T07:00Z', '2025-06-06T07:00Z']);
});

test('a start with the same rules keeps the queue as it is', async () => {
  expect(await restarted(process.versions['tz'] ?? '')).toEqual(['2025-06-06T08:00Z', '2025-06-06T08:00Z']);
});
