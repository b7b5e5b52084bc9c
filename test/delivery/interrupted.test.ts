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

test('a refused content after a lost answer is no proof that the post is missing', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const lost = { outcome: { kind: 'retry', why: 'no answer' }, made: true } as const;
  const refused = { outcome: { kind: 'rejected', reason: 'automod', why: '200000' }, made: false } as const;
  const sender = recordingChannels({ clock, answer: (_, count) => [lost, refused][count - 1] });
  const { add, run, ledger, countdowns } = machine({ clock, sender });
  const own = { title: 'Party', date: '2024-06-07' };
  const { id } = await add({ release: 'own', own, milestones: [7] });
  clock.set('2024-05-31T09:00:00Z');
  await run();
  clock.set('2024-05-31T09:01:00Z');
  await run();
  expect(sender.posted).toHaveLength(1);
  expect(await ledger.get(`${id}/milestone/7/2024-06-07`)).toMatchObject({ why: 'unsure' });
  expect((await countdowns.get(GUILD, id))?.progress.unsure).toBe('2024-05-31T09:00:00Z');
});
