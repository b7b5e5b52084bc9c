import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DeliveryServices, FailedOutcome, PostChanges } from '../../src/delivery/ports.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { CHANNEL, type Channels, GUILD, machine, recordingChannels, testClock } from './support.ts';

const START = '2024-05-30T00:00:00Z';
const DAYS = ['2024-05-31', '2024-06-06', '2024-06-07'];

/** The changes to what was posted: a deleted message is not there any more. */
function changesOf(channels: Channels, refused: () => FailedOutcome | undefined = () => undefined) {
  const log: string[] = [];
  const removed = new Set<string>();
  const change = (what: string) => async (message: { messageId: string }) => {
    log.push(`${what} ${message.messageId}`);
    const failure = refused();
    if (failure) return failure;
    if (what === 'remove') removed.add(message.messageId);
    return { kind: 'done' } as const;
  };
  const changes: PostChanges = {
    async edit({ occurrence }, { messageId }) {
      if (removed.has(messageId)) return { kind: 'gone' };
      log.push(`edit ${messageId} ${occurrence.daysBefore}`);
      return { kind: 'edited' };
    },
    remove: change('remove'),
    pin: change('pin'),
    unpin: change('unpin'),
  };
  const left = () => channels.posted.map(({ id }) => id).filter((id) => !removed.has(id));
  return { changes, log, removed, left };
}

function setUp(given: object, refused?: () => FailedOutcome | undefined) {
  const clock = testClock(START);
  const channels = recordingChannels({ clock });
  const changed = changesOf(channels, refused);
  const bot = machine({ clock, sender: channels, changes: changed.changes });
  return { clock, channels, ...changed, bot, add: () => bot.add(given) };
}

test('of the posts of a countdown only the newest stays', async () => {
  const { bot, add, channels, left } = setUp({ keep: 'newest' });
  await add();
  for (const [index, day] of DAYS.entries()) {
    await bot.runTo(`${day}T10:00:00Z`);
    expect(left()).toEqual([`message-${index + 1}`]);
  }
  expect(channels.posted).toHaveLength(3);
});

test('where none is to stay, all are deleted a day after the day, not before', async () => {
  const { bot, add, left } = setUp({ keep: 'none' });
  await add();
  await bot.runTo('2024-06-08T08:59:00Z');
  expect(left()).toHaveLength(3);
  await bot.runTo('2024-06-08T09:01:00Z');
  expect(left()).toEqual([]);
});

test('without the choice, nothing is deleted', async () => {
  const { bot, add, log } = setUp({});
  await add();
  await bot.runTo('2024-07-01T00:00:00Z');
  expect(log).toEqual([]);
});

test('a deletion that is refused pauses nothing, delays no post, and is given up after a day', async () => {
  const { bot, add, channels, log } = setUp({ keep: 'newest' }, () => ({
    kind: 'paused',
    reason: 'no-access',
  }));
  const { id } = await add();
  await bot.runTo('2024-06-30T00:00:00Z');
  expect(channels.posted).toHaveLength(3);
  expect((await bot.countdowns.get(GUILD, id))?.progress.paused).toBeUndefined();
  expect(log.length).toBeLessThan(40);
  expect((await bot.ledger.all(id))[`${id}/milestone/7/2024-06-07`]).toMatchObject({ removed: 'failed' });
});

test('a deletion that has begun is ended where the countdown is removed, and its records are erased then', async () => {
  let isDown = true;
  const { bot, add, left } = setUp({ keep: 'newest' }, () =>
    isDown ? { kind: 'retry', why: '500' } : undefined,
  );
  const { id } = await add();
  await bot.runTo('2024-06-06T09:00:10Z');
  expect(left()).toHaveLength(2);
  await bot.countdowns.remove(GUILD, id);
  isDown = false;
  await bot.runTo('2024-06-06T12:00:00Z');
  expect(left()).toEqual(['message-2']);
  expect(await bot.ledger.all(id)).toEqual({});
});

test('the erasure of a server erases the records, and deletes nothing', async () => {
  const { bot, add, log } = setUp({ keep: 'none' });
  const { id } = await add();
  await bot.runTo('2024-06-07T10:00:00Z');
  await bot.countdowns.deleteOwner(GUILD);
  await bot.runTo('2024-06-20T00:00:00Z');
  expect(log).toEqual([]);
  expect(await bot.ledger.all(id)).toEqual({});
});

test('a post is published before it is deleted', async () => {
  const clock = testClock(START);
  const channels = recordingChannels({ clock });
  const { changes, log } = changesOf(channels);
  const crosspost = async (_: string, id: string) => {
    log.push(`publish ${id}`);
    return { kind: 'published' } as const;
  };
  const bot = machine({ clock, sender: channels, changes, crosspost });
  await bot.add({ keep: 'newest', publish: true });
  await bot.runTo('2024-06-06T10:00:00Z');
  expect(log).toEqual(['publish message-1', 'publish message-2', 'remove message-1']);
});

test('a live message is posted once, pinned, edited each day, and posted anew on the day', async () => {
  const { bot, add, channels, log } = setUp({ live: true, roleId: '300000000000000001' });
  await add();
  await bot.runTo('2024-06-10T00:00:00Z');
  expect(channels.posted.map(({ key }) => key.split('/').slice(1, 3).join('/'))).toEqual([
    'live/8',
    'milestone/0',
  ]);
  expect(log).toEqual([
    'pin message-1',
    ...[7, 6, 5, 4, 3, 2, 1].map((days) => `edit message-1 ${days}`),
    'unpin message-1',
    'pin message-2',
  ]);
});

test('days on which the bot was away are not caught up', async () => {
  const { clock, bot, add, log } = setUp({ live: true });
  const { id } = await add();
  await bot.runTo('2024-05-30T10:00:00Z');
  clock.set('2024-06-04T12:00:00Z');
  await bot.run();
  expect(log).toEqual(['pin message-1', 'edit message-1 3']);
  expect(Object.keys(await bot.ledger.all(id))).toHaveLength(1);
});

test.each([
  ['made', true],
  ['not made', false],
])('a live message whose send had no answer, and was %s, is there once the next day', async (_, made) => {
  const clock = testClock(START);
  const lost = { outcome: { kind: 'retry', why: 'no answer' }, made } as const;
  const channels = recordingChannels({ clock, answer: (_, count) => (count === 1 ? lost : undefined) });
  const { changes, log } = changesOf(channels);
  const { add, run } = machine({ clock, sender: channels, changes });
  await add({ live: true });
  clock.set('2024-05-30T09:00:00Z');
  await run();
  clock.set('2024-05-31T09:00:00Z');
  await run();
  expect(channels.posted).toHaveLength(1);
  expect(log.filter((line) => line.startsWith('edit'))).toEqual(made ? ['edit message-1 7'] : []);
});

test('a live message that somebody deleted is posted anew the next day, once', async () => {
  const { bot, add, channels, removed, log } = setUp({ live: true });
  await add();
  await bot.runTo('2024-05-31T10:00:00Z');
  removed.add('message-1');
  await bot.runTo('2024-06-03T10:00:00Z');
  expect(channels.posted).toHaveLength(2);
  expect(log.slice(-2)).toEqual(['edit message-2 5', 'edit message-2 4']);
});

test('a live message that cannot be pinned is edited all the same', async () => {
  const { bot, add, log } = setUp({ live: true }, () => ({ kind: 'paused', reason: 'no-permission' }));
  await add();
  await bot.runTo('2024-06-01T10:00:00Z');
  expect(log).toEqual(['pin message-1', 'edit message-1 7', 'edit message-1 6']);
});

test('a failed edit is retried, and an edit that is refused pauses the countdown', async () => {
  const clock = testClock(START);
  const channels = recordingChannels({ clock });
  let outcome: FailedOutcome | undefined = { kind: 'retry', why: '500' };
  let edits = 0;
  const edit = async () => {
    edits += 1;
    return outcome ?? ({ kind: 'edited' } as const);
  };
  const bot = machine({ clock, sender: channels, changes: { ...changesOf(channels).changes, edit } });
  const { id } = await bot.add({ live: true });
  await bot.runTo('2024-05-31T09:10:00Z');
  expect(edits).toBeGreaterThan(1);
  outcome = undefined;
  await bot.runTo('2024-05-31T20:00:00Z');
  expect(channels.posted).toHaveLength(1);
  outcome = { kind: 'paused', reason: 'no-access' };
  await bot.runTo('2024-06-01T10:00:00Z');
  expect((await bot.countdowns.get(GUILD, id))?.progress.paused).toBe('no-access');
});

test('an edit to another channel posts the live message there', async () => {
  const { clock, bot, add, channels } = setUp({ live: true });
  const { id } = await add();
  await bot.runTo('2024-05-31T10:00:00Z');
  const other = '100000000000000002';
  await bot.countdowns.change(
    GUILD,
    id,
    ({ countdown }) => ({ ...countdown, channelId: other }),
    clock.now(),
  );
  await bot.runTo('2024-06-02T10:00:00Z');
  expect(channels.posted.map(({ channelId }) => channelId)).toEqual([CHANNEL, other]);
});

/** The process ends here. */
class Crash extends Error {}

/** Lets the `fatal`-th step of the ledger, the queue or Discord end the process, before it takes effect or after. */
function fuse(fatal: number, when: 'before' | 'after') {
  const state = { steps: 0, blown: false };
  const guard =
    <Args extends unknown[], T>(step: (...given: Args) => Promise<T>) =>
    async (...given: Args): Promise<T> => {
      state.steps += 1;
      const isMine = state.steps === fatal;
      if (state.blown || (isMine && when === 'before')) {
        state.blown = true;
        throw new Crash();
      }
      const result = await step(...given);
      if (!isMine) return result;
      state.blown = true;
      throw new Crash();
    };
  const spoil = (parts: DeliveryServices): DeliveryServices => {
    const { ledger, progress, queue, sender, changes } = parts;
    return {
      ...parts,
      ledger: { ...ledger, set: guard(ledger.set), replace: guard(ledger.replace) },
      progress: { ...progress, set: guard(progress.set), schedule: guard(progress.schedule) },
      queue: { ...queue, enqueue: guard(queue.enqueue) },
      sender: { send: guard(sender.send), find: guard(sender.find) },
      changes: {
        edit: guard(changes.edit),
        remove: guard(changes.remove),
        pin: guard(changes.pin),
        unpin: guard(changes.unpin),
      },
    };
  };
  return { state, spoil };
}

test.each([
  ['before', { keep: 'newest' }, 2, 1],
  ['after', { keep: 'newest' }, 2, 1],
  ['after', { keep: 'none' }, 2, 0],
  ['before', { live: true, keep: 'newest' }, 2, 1],
  ['after', { live: true, keep: 'newest' }, 2, 1],
] as const)(
  'a bot killed %s any step of %j loses, repeats and deletes nothing wrongly',
  async (when, given, posts, stay) => {
    for (let fatal = 1; ; fatal += 1) {
      const clock = testClock('2024-06-05T00:00:00Z');
      const channels = recordingChannels({ clock });
      const { changes, left } = changesOf(channels);
      const path = join(temporaryFolder(), 'test.sqlite');
      const { state, spoil } = fuse(fatal, when);
      const first = machine({ clock, sender: channels, changes, path, spoil });
      await first.add(given);
      await first.runTo('2024-06-09T00:00:00Z').catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      first.close();
      if (!state.blown) break;
      clock.add({ minutes: 5 });
      const second = machine({ clock, sender: channels, changes, path });
      await second.runTo('2024-06-09T00:00:00Z');
      second.close();
      const ids = channels.posted.map(({ id }) => id);
      expect({ fatal, posts: ids.length, left: left() }).toEqual({
        fatal,
        posts,
        left: stay === 0 ? [] : ids.slice(-stay),
      });
    }
  },
);
