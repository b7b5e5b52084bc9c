import { expect, test } from 'vitest';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { factsWith, GUILD, machine, PLAIN_HISTORY, recordingChannels, testClock } from './support.ts';

test('of two milestones at one instant the nearer one is posted, also if its first attempt fails', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const failure = { outcome: { kind: 'retry', why: '502' }, made: false } as const;
  const sender = recordingChannels({ clock, answer: (_, count) => (count === 1 ? failure : undefined) });
  const { add, runTo } = machine({ clock, sender });
  const own = { title: 'Party', date: '2024-06-07', time: '09:00' };
  await add({ release: 'own', own, milestones: [1], minutesBefore: [1_440] });
  await runTo('2024-06-06T10:00:00Z');
  expect(sender.posted.map(({ key }) => key.split('/')[2])).toEqual(['1440m']);
});

test('an edit that a crash interrupts after its write counts from the next start on', async () => {
  const clock = testClock('2024-05-01T00:00:00Z');
  const sender = recordingChannels({ clock });
  const store = openSqliteStore(':memory:', { postsPerSecond: 1_000_000 });
  const { add, runTo } = machine({ clock, sender, store });
  const { id } = await add({ milestones: [0] });
  let writes = 0;
  const crashing = {
    ...store,
    queue: {
      ...store.queue,
      // The process ends after the document is written.
      enqueue: async (entry: Parameters<typeof store.queue.enqueue>[0]) => {
        writes += 1;
        if (writes === 2) throw new Error('crash');
        await store.queue.enqueue(entry);
      },
    },
  };
  const { countdowns } = createRepositories(crashing, () => factsWith(PLAIN_HISTORY));
  const change = countdowns.change(
    GUILD,
    id,
    ({ countdown }) => ({ ...countdown, milestones: [7, 0] }),
    clock.now(),
  );
  await expect(change).rejects.toThrow('crash');
  await runTo('2024-06-01T00:00:00Z');
  expect(sender.posted.map(({ key }) => key.split('/')[2])).toEqual(['7']);
});
