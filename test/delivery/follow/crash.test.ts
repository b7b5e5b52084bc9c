import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFollow } from '../../../src/countdown/follow/edit-follow.ts';
import { readItem, scopeOf } from '../../../src/countdown/follow/follow.ts';
import { utcDay } from '../../../src/facts/dates.ts';
import type { Facts } from '../../../src/facts/snapshot.ts';
import { temporaryFolder } from '../../commands/countdown/support.ts';
import { Crash, fuse } from '../fuse.ts';
import { type Machine, machine, recordingChannels, testClock } from '../support.ts';
import { newsFacts, type Said } from './support.ts';

const START = '2024-02-01T12:00:00Z';

async function addFollow(bot: Machine, facts: Facts, digest?: 'weekly') {
  const follow = createFollow(facts, utcDay(Temporal.Instant.from(START)), { title: 'film', digest });
  await bot.add({ release: scopeOf(follow), follow, milestones: [] });
}

/** More news than fits into one post, and more a few days later. */
const FEW = Object.fromEntries(
  Array.from({ length: 17 }, (_, at) => [`s${at}`, [{ known: '2024-02-05', text: `News ${at}.` }]]),
);
const MORE = { ...FEW, later: [{ known: '2024-02-05', text: 'Seen later.' }] };

test.each([
  ['before', { seconds: 1 }],
  ['after', { seconds: 1 }],
  ['before', { hours: 1 }],
  ['after', { hours: 1 }],
] as const)(
  'a bot killed %s any step, and started again with more facts, tells each thing once',
  async (when, away) => {
    let crashes = 0;
    for (let fatal = 1; ; fatal += 1) {
      const path = join(temporaryFolder(), 'test.sqlite');
      const clock = testClock(START);
      const channels = recordingChannels({ clock });
      const setup = machine({ clock, sender: channels, path, facts: newsFacts({}) });
      await addFollow(setup, newsFacts({}));
      setup.close();
      clock.set('2024-02-05T10:00:00Z');
      const { state, spoil } = fuse(fatal, when);
      const [few, more] = [newsFacts(FEW), newsFacts(MORE)];
      const first = machine({ clock, sender: channels, path, facts: few, spoil });
      await refresh(first, few);
      await first.runTo('2024-02-05T10:00:00Z').catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      first.close();
      clock.add(away);
      const second = machine({ clock, sender: channels, path, facts: more });
      await refresh(second, more);
      await second.runTo('2024-02-10T00:00:00Z');
      second.close();
      const sent = new Map(channels.sends.map(({ nonce, occurrence }) => [nonce, occurrence.items ?? []]));
      const posted = channels.posted.map(({ nonce }) => nonce);
      expect(new Set(posted).size).toBe(posted.length);
      const told = posted.flatMap((nonce) => sent.get(nonce) ?? []).toSorted();
      expect({ fatal, told }).toEqual({
        fatal,
        told: Object.keys(MORE)
          .map((slot) => `film/${slot}@2024-02-05`)
          .toSorted(),
      });
      if (!state.blown) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(8);
  },
);

async function refresh({ queue }: Machine, facts: Facts) {
  const release = 'title:film';
  await queue.refresh(release, facts.fingerprint(release), Temporal.Instant.from(START));
}

const DAYS = 30;
const dayAt = (offset: number) => Temporal.PlainDate.from('2024-02-01').add({ days: offset }).toString();

/** Claims of some slots: when each became known, and how many hours after that it was added to the facts. */
const anyHistory = fc.array(
  fc.uniqueArray(
    fc.record({ known: fc.integer({ min: 0, max: DAYS }), late: fc.integer({ min: 0, max: 200 }) }),
    {
      selector: ({ known }) => known,
      minLength: 1,
      maxLength: 4,
    },
  ),
  { minLength: 1, maxLength: 4 },
);

test('whatever is added when, and however long the bot is down, nothing is told twice, early or superseded', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory,
      fc.array(fc.integer({ min: 1, max: 240 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(undefined, 'weekly' as const),
      async (history, gaps, digest) => {
        const path = join(temporaryFolder(), 'test.sqlite');
        const clock = testClock(START);
        const channels = recordingChannels({ clock });
        const factsAt = (now: Temporal.Instant) =>
          newsFacts(
            Object.fromEntries(
              history.map((claims, slot) => [
                `s${slot}`,
                claims.toSorted((a, b) => a.known - b.known).flatMap((claim) => seenBy(claim, slot, now)),
              ]),
            ),
          );
        let isNew = true;
        const live = async (until: Temporal.Instant) => {
          const facts = factsAt(clock.now());
          const bot = machine({ clock, sender: channels, path, facts });
          if (isNew) await addFollow(bot, facts, digest);
          isNew = false;
          await refresh(bot, facts);
          await bot.runTo(until.toString());
          bot.close();
        };
        for (const gap of gaps) {
          await live(clock.now().add({ hours: gap }));
          // Down for a while.
          clock.add({ hours: Math.floor(gap / 2) });
        }
        clock.set(`${dayAt(DAYS + 20)}T00:00:00Z`);
        await live(clock.now().add({ hours: 24 * 20 }));

        const told = channels.sends.flatMap(({ occurrence, now, facts }) =>
          (occurrence.items ?? []).map((text) => ({ ...readItem(text), text, now, facts })),
        );
        expect(new Set(told.map(({ text }) => text)).size).toBe(told.length);
        for (const { slot, known, now, facts } of told)
          expect(facts.asOf(utcDay(now)).get(slot)?.claim.known).toBe(known);
        history.forEach((claims, slot) => {
          const newest = dayAt(Math.max(...claims.map(({ known }) => known)));
          const ofSlot = told.filter((item) => item.slot === `film/s${slot}`);
          // Known on the day of the order: it may have been in the facts by then.
          if (newest > dayAt(0)) expect(ofSlot.at(-1)?.known).toBe(newest);
        });
      },
    ),
    { numRuns: 25 },
  );
});

function seenBy(
  { known, late }: { known: number; late: number },
  slot: number,
  now: Temporal.Instant,
): Said[] {
  const seen = Temporal.Instant.from(`${dayAt(known)}T00:00:00Z`).add({ hours: late });
  return Temporal.Instant.compare(seen, now) <= 0
    ? [{ known: dayAt(known), text: `News ${slot} of ${known}.` }]
    : [];
}
