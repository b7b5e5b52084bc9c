import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdit, type CountdownEdit } from '../../src/countdown/edits.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { undoChange } from '../../src/countdown/undo.ts';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { createOwnerDataReader } from '../../src/privacy/owner-data.ts';
import { STORES } from '../store/stores.ts';
import {
  at,
  factsWith,
  GUILD,
  machine,
  order,
  PLAIN_HISTORY,
  recordingChannels,
  testClock,
} from './support.ts';

const facts = factsWith(PLAIN_HISTORY);
const KEYS = [7, 1, 0].map((days) => expect.stringContaining(`/milestone/${days}/2024-06-07`));

test.each([
  ['before a post is due', '2024-05-31T08:50:00Z', '2024-05-31T08:55:00Z'],
  ['while a post falls due', '2024-05-31T08:55:00Z', '2024-05-31T09:05:00Z'],
  ['after a post was made', '2024-05-31T09:01:00Z', '2024-05-31T09:10:00Z'],
])('an undone removal %s neither repeats nor loses a post', async (_, removedAt, undoneAt) => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  const bot = machine({ clock, sender: channels });
  const { id } = await bot.add();
  await bot.runTo(removedAt);
  expect(await bot.removals.remove(GUILD, id, clock.now())).toBe(true);
  const count = channels.posted.length;
  await bot.runTo(undoneAt);
  expect(channels.posted).toHaveLength(count);
  expect(await bot.removals.restore(GUILD, id, clock.now())).toMatchObject({ ok: true });
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(channels.posted.map(({ key }) => key)).toEqual(KEYS);
});

test('a post that is being sent while its countdown is removed is not repeated after Undo', async () => {
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock });
  const bot = machine({
    clock,
    sender: {
      find: channels.find,
      async send(given) {
        if (channels.posted.length === 0) await bot.removals.remove(GUILD, given.countdown.id, clock.now());
        return channels.send(given);
      },
    },
  });
  const { id } = await bot.add();
  await bot.runTo('2024-05-31T09:10:00Z');
  expect(await bot.countdowns.list(GUILD)).toEqual([]);
  await bot.removals.restore(GUILD, id, clock.now());
  await bot.runTo('2024-06-08T00:00:00Z');
  expect(channels.posted.map(({ key }) => key)).toEqual(KEYS);
});

/** Days and hours around the posts of a countdown to June 7, 2024. */
const instant = fc
  .integer({ min: 0, max: 9 * 24 * 4 })
  .map((quarters) => at('2024-05-30T00:00:00Z').add({ minutes: quarters * 15 }));

test('a removal that is undone at any instant within 15 minutes changes nothing but when posts are made', async () => {
  const check = fc.asyncProperty(instant, fc.integer({ min: 0, max: 14 }), async (removedAt, minutes) => {
    const clock = testClock('2024-05-30T00:00:00Z');
    const channels = recordingChannels({ clock });
    const bot = machine({ clock, sender: channels });
    const { id } = await bot.add();
    await bot.runTo(removedAt.toString());
    const before = await bot.countdowns.list(GUILD);
    await bot.removals.remove(GUILD, id, clock.now());
    await bot.runTo(removedAt.add({ minutes }).toString());
    await bot.removals.restore(GUILD, id, clock.now());
    expect(await bot.countdowns.list(GUILD)).toEqual(before);
    await bot.runTo('2024-06-10T00:00:00Z');
    expect(channels.posted.map(({ key }) => key)).toEqual(KEYS);
    bot.close();
  });
  await fc.assert(check, { numRuns: 15 });
});

const edit: fc.Arbitrary<CountdownEdit> = fc.record(
  {
    time: fc.constantFrom('00:00', '08:30', '23:59'),
    timeZone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Pacific/Apia'),
    milestones: fc.constantFrom([3], [30, 7, 1, 0], [0]),
    roleId: fc.constantFrom(null, '400000000000000001'),
    locale: fc.constantFrom('de', 'fr'),
    title: fc.constant('Gala'),
    date: fc.constantFrom('2024-06-06', '2024-06-20'),
    startTime: fc.constantFrom(null, '20:00'),
    movedOn: fc.constant('2024-05-30'),
  },
  { requiredKeys: [] },
);

test('any change that is undone before a post leaves the countdown exactly as it was', () => {
  const isOwn = fc.constantFrom({}, { release: 'own', own: { title: 'Party', date: '2024-06-07' } });
  fc.assert(
    fc.property(edit, isOwn, instant, (change, given, now) => {
      const before = { ...order(given), id: 'abcdefghij', createdAt: '2024-05-29T00:00:00Z' };
      const progress = { told: '2024-06-07', settledThrough: before.createdAt };
      const today = '2024-05-30';
      const after = applyEdit(before, progress, targetOf(facts, before, today), change, now);
      expect(undoChange(after, progress, before, { now, today })).toEqual(before);
    }),
  );
});

describe.each(STORES)('a removed countdown in %s', (_, openStore) => {
  async function withRemoved() {
    const now = at('2024-05-30T00:00:00Z');
    const store = await openStore();
    const repositories = createRepositories(store, () => facts);
    const added = await repositories.countdowns.add(GUILD, order(), now);
    if (!added.ok) throw new Error(added.why);
    const { id } = added.state.countdown;
    await repositories.removals.remove(GUILD, id, now);
    return { ...repositories, id, now, stored: createOwnerDataReader(store.open) };
  }

  test('is kept and exported, comes back once, and a second Undo changes nothing', async () => {
    const { removals, countdowns, stored, id, now } = await withRemoved();
    expect(await countdowns.list(GUILD)).toEqual([]);
    expect((await stored(GUILD)).map(({ kind }) => kind)).toEqual(['countdowns', 'progress']);
    expect(await removals.restore(GUILD, id, now)).toMatchObject({ ok: true });
    expect(await removals.restore(GUILD, id, now)).toEqual({ ok: false, why: 'back' });
    expect(await countdowns.list(GUILD)).toHaveLength(1);
  });

  test('is gone after 15 minutes, and when the server is forgotten', async () => {
    const { removals, countdowns, stored, id, now } = await withRemoved();
    const late = now.add({ minutes: 15 });
    expect(await removals.restore(GUILD, id, late)).toEqual({ ok: false, why: 'late' });
    await removals.clean(GUILD, id, late);
    expect(await stored(GUILD)).toEqual([]);
    const other = await withRemoved();
    await other.countdowns.deleteOwner(GUILD);
    expect(await other.stored(GUILD)).toEqual([]);
    expect(await countdowns.list(GUILD)).toEqual([]);
  });
});
