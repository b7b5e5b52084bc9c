import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DeliveryServices } from '../../src/delivery/ports.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { GUILD, machine, recordingChannels, testClock } from './support.ts';

const DUE = '2024-05-31T09:00:00Z';

/** A bot that was cut off while it sent the post of seven days before, and comes back `away` later. */
async function cutOff(made: boolean, readable: boolean, away: Temporal.DurationLike) {
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock, readable });
  const first = machine({
    clock,
    path,
    sender: {
      find: channels.find,
      send: async (order) => {
        if (made) await channels.send(order);
        throw new Error('the power fails');
      },
    },
  });
  const { id } = await first.add();
  clock.set(DUE);
  await expect(first.run()).rejects.toThrow('the power fails');
  first.close();
  clock.add(away);
  const second = machine({ clock, path, sender: channels });
  await second.run();
  return { id, channels, second };
}

test.each([
  ['made', 'read', true, true, 1],
  ['not made', 'read', false, true, 1],
  ['made', 'not read', true, false, 1],
  ['not made', 'not read', false, false, 0],
] as const)(
  'an hour after an unanswered send: a post that was %s, in a channel that can be %s',
  async (_, __, made, readable, posts) => {
    const { channels } = await cutOff(made, readable, { hours: 1 });
    expect(channels.posted).toHaveLength(posts);
  },
);

test('an uncertain post is shown in the list, and the next milestone is posted', async () => {
  const { id, channels, second } = await cutOff(false, false, { hours: 1 });
  const state = await second.countdowns.get(GUILD, id);
  expect(state?.progress.unsure).toBe(DUE);
  expect(await second.ledger.get(`${id}/milestone/7/2024-06-07`)).toMatchObject({
    state: 'skipped',
    why: 'unsure',
  });
  await second.runTo('2024-06-06T10:00:00Z');
  expect(channels.posted.map(({ key }) => key)).toEqual([`${id}/milestone/1/2024-06-07`]);
});

test('a post recorded as made causes no request after a restart', async () => {
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock('2024-05-30T00:00:00Z');
  const channels = recordingChannels({ clock, readable: false });
  const spoil = (parts: DeliveryServices): DeliveryServices => ({
    ...parts,
    progress: { ...parts.progress, set: () => Promise.reject(new Error('the power fails')) },
  });
  const first = machine({ clock, path, sender: channels, spoil });
  const { id } = await first.add();
  clock.set(DUE);
  await expect(first.run()).rejects.toThrow('the power fails');
  first.close();
  clock.add({ hours: 1 });
  const second = machine({ clock, path, sender: channels });
  await second.run();
  expect([channels.posted.length, channels.sends.length, channels.searches]).toEqual([1, 1, 0]);
  expect((await second.countdowns.get(GUILD, id))?.progress.unsure).toBeUndefined();
});

test('another process searches the channel even within the nonce window: it cannot know how long ago the send was', async () => {
  const { channels } = await cutOff(true, true, { minutes: 1 });
  expect(channels.posted).toHaveLength(1);
  expect([channels.sends.length, channels.searches]).toEqual([1, 1]);
});
