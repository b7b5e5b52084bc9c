import { expect, test } from 'vitest';
import { createDmOpener } from '../../../src/discord/rest/dm-channel.ts';

/** A time that passes only while somebody sleeps. */
function sleepingTime() {
  let ms = 0;
  return {
    now: () => ms,
    sleep: async (left: number) => {
      ms += left;
    },
  };
}

test('direct messages are opened at one a second', async () => {
  const time = sleepingTime();
  const opened: number[] = [];
  const openDm = createDmOpener(
    { post: async () => opened.push(time.now()) && { id: '1' } },
    async () => {},
    time,
  );
  await Promise.all(['1', '2', '3', '4'].map(openDm));
  expect(opened).toEqual([0, 1_000, 2_000, 3_000]);
});

test('of many people at once, those beyond the tenth in the queue are told to try again later', async () => {
  const { promise: never } = Promise.withResolvers<void>();
  let requests = 0;
  const post = async () => {
    requests += 1;
    return { id: '1' };
  };
  const openDm = createDmOpener({ post }, async () => {}, { now: () => 0, sleep: () => never });
  expect(await openDm('first')).toEqual({ ok: true, channelId: '1' });
  const later: unknown[] = [];
  for (let person = 0; person < 15; person += 1)
    void openDm(String(person)).then((result) => later.push(result));
  await expect.poll(() => later.length).toBe(4);
  expect(new Set(later.map((result) => JSON.stringify(result)))).toEqual(
    new Set(['{"ok":false,"why":"later"}']),
  );
  expect(requests).toBe(1);
});
