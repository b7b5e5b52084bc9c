import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { factsWith, type History, machine, order, recordingChannels, testClock } from './support.ts';

/** A bot that runs with the facts of its time, and is started again with edited ones, as main.ts does it. */
async function edited(
  before: History,
  after: History,
  {
    start,
    until,
    end,
    milestones = [30, 7, 0],
  }: Record<'start' | 'until' | 'end', string> & { milestones?: number[] },
) {
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock(start);
  const channels = recordingChannels({ clock });
  const first = machine({ clock, path, sender: channels, facts: factsWith(before) });
  await first.add({ ...order(), milestones });
  await first.runTo(until);
  const posted = channels.posted.length;
  first.close();

  const facts = factsWith(after);
  const second = machine({ clock, path, sender: channels, facts });
  for (const release of await second.queue.releases())
    await second.queue.refresh(release, facts.fingerprint(release), clock.now());
  await second.runTo(end);
  const words = channels.posted
    .slice(posted)
    .map(({ key, at }) => `${key.split('/').slice(1, 4).join('/')} ${at}`);
  return words;
}

const UNDATED = { known: '2022-04-29', date: null };
const DATED = { known: '2023-04-04', date: '2024-06-07' };
const MOVED = { known: '2024-02-22', date: '2025-06-06' };

test('a countdown announces a moved date and follows it', async () => {
  expect(
    await edited([UNDATED, DATED], [UNDATED, DATED, MOVED], {
      start: '2023-06-01T00:00:00Z',
      until: '2024-02-22T12:00:00Z',
      end: '2026-01-01T00:00:00Z',
    }),
  ).toEqual([
    'moved/2024-06-07/2025-06-06 2024-02-22T12:00:00Z',
    'milestone/30/2025-06-06 2025-05-07T09:00:00Z',
    'milestone/7/2025-06-06 2025-05-30T09:00:00Z',
    'milestone/0/2025-06-06 2025-06-06T09:00:00Z',
  ]);
});

test('a countdown announces the date of a release that had none', async () => {
  expect(
    await edited([UNDATED], [UNDATED, DATED], {
      start: '2022-06-01T00:00:00Z',
      until: '2023-04-05T00:00:00Z',
      end: '2023-12-31T00:00:00Z',
    }),
  ).toEqual(['dated/undated/2024-06-07 2023-04-05T00:00:00Z']);
});

test('a countdown announces a date that moves after its last milestone', async () => {
  const moved = { known: '2024-05-20', date: '2025-06-06' };
  expect(
    await edited([UNDATED, DATED], [UNDATED, DATED, moved], {
      start: '2023-06-01T00:00:00Z',
      until: '2024-05-20T12:00:00Z',
      end: '2025-01-01T00:00:00Z',
      milestones: [30],
    }),
  ).toEqual(['moved/2024-06-07/2025-06-06 2024-05-20T12:00:00Z']);
});

test('a countdown posts nothing after an edit that does not change the date', async () => {
  const confirmed = { known: '2023-09-01', date: '2024-06-07' };
  expect(
    await edited([UNDATED, DATED], [UNDATED, DATED, confirmed], {
      start: '2023-06-01T00:00:00Z',
      until: '2023-09-02T00:00:00Z',
      end: '2024-05-01T00:00:00Z',
    }),
  ).toEqual([]);
});
