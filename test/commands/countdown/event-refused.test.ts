import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import {
  afterRefusal,
  afterSuccess,
  eventStep,
  type ScheduledEvent,
} from '../../../src/countdown/scheduled-event.ts';
import { request } from '../../sandbox/support.ts';
import { at, botAt, said, temporaryFolder } from './support.ts';

const SLOT = 'ballerina/release/theatrical/us';
const EVENT = `/countdown event release:${SLOT}`;
/** The date of the release moves on this day, from June 7, 2024. */
const MOVED = '2024-02-22T00:00:00Z';
const MOVE = 'PATCH /guilds/*/scheduled-events/*';
const MAKE = 'POST /guilds/*/scheduled-events';
const REFUSAL = { status: 403, code: 50013 };

/** The first day of each event of the server. */
async function days(sandbox: Sandbox): Promise<string[]> {
  const path = `/guilds/${(await sandbox.state()).guilds[0]?.id}/scheduled-events`;
  const events: { scheduled_start_time: string }[] = (await request(sandbox, 'GET', path)).body;
  return events.map(({ scheduled_start_time: start }) => start.slice(0, 10));
}

/** How often a request was sent. */
const sent = async (sandbox: Sandbox, route: string) => (await sandbox.counters()).requests[route] ?? 0;
const PATCHES = 'PATCH /guilds/:id/scheduled-events/:id';

/** A server whose event could not be moved when the date did. */
async function refusedMove(state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt('2024-02-20T12:00:00Z', { state });
  await said(sandbox, EVENT);
  await sandbox.turn('2024-02-20T12:01:00Z');
  await sandbox.faults([{ route: MOVE, times: 'always', does: REFUSAL }]);
  await sandbox.turn('2024-02-22T00:30:00Z');
  expect(await days(sandbox)).toEqual(['2024-06-07']);
  return sandbox;
}

test('a scheduled event whose move was refused once is moved an hour later', async () => {
  const sandbox = await refusedMove();
  await sandbox.faults([]);
  await sandbox.turn('2024-02-22T00:59:00Z');
  expect(await days(sandbox)).toEqual(['2024-06-07']);
  await sandbox.turn('2024-02-22T01:01:00Z');
  expect(await days(sandbox)).toEqual(['2025-06-06']);
  expect(await said(sandbox, EVENT)).toContain('already has a scheduled event');
});

test('a refused move is tried again after 1 and 4 hours, then daily for a week, and no more', async () => {
  const sandbox = await refusedMove();
  const tries: number[] = [];
  for (const hours of [2, 5, 23, 25, 49, 170, 24 * 60]) {
    await sandbox.turn(at(MOVED).add({ hours }).toString());
    tries.push(await sent(sandbox, PATCHES));
  }
  expect(tries).toEqual([2, 3, 3, 4, 5, 10, 10]);
});

test('a refused move is still tried after a restart', async () => {
  const state = temporaryFolder();
  await (await refusedMove(state)).stop();
  const sandbox = await botAt('2024-02-22T02:00:00Z', { state });
  await sandbox.turn('2024-02-22T02:01:00Z');
  expect(await days(sandbox)).toEqual(['2025-06-06']);
});

test('/countdown event and status say that an event could not be moved and what to grant', async () => {
  const sandbox = await refusedMove();
  const status = await said(sandbox, '/countdown status');
  expect(status).toMatch(/scheduled event for Ballerina.* shows an old date.*\*\*Create Events\*\*/);
  const answer = await said(sandbox, EVENT);
  expect(answer).toMatch(/didn’t let me change.*https:\/\/discord\.com\/events.*\*\*Create Events\*\*/);
  await sandbox.faults([]);
  await sandbox.turn('2024-02-22T02:00:00Z');
  expect(await days(sandbox)).toEqual(['2025-06-06']);
  expect(await said(sandbox, '/countdown status')).toContain('no countdowns yet');
});

test.each([
  [{ status: 400, code: 30038 }, 'no room'],
  [{ status: 400, code: 50035 }, 'a bug in the bot'],
  [REFUSAL, '**Create Events**'],
] as const)(
  'an event that was refused with %o is created an hour later, and status says why',
  async (does, why) => {
    const sandbox = await botAt('2024-01-20T12:00:00Z');
    await sandbox.faults([{ route: MAKE, does }]);
    await said(sandbox, EVENT);
    await sandbox.turn('2024-01-20T12:30:00Z');
    expect(await days(sandbox)).toEqual([]);
    expect(await said(sandbox, '/countdown status')).toContain(why);
    await sandbox.turn('2024-01-20T13:30:00Z');
    expect(await days(sandbox)).toEqual(['2024-06-07']);
  },
);

test('a refused event is tried again at once when its date changes', () => {
  const order: ScheduledEvent = {
    id: 'event-abcdefghij',
    release: SLOT,
    timeZone: 'UTC',
    locale: 'en-US',
    createdAt: '2024-01-20T12:00:00Z',
  };
  const target = (date: string) => ({ date, since: '2024-01-20', changes: null, isFinal: false });
  const now = at('2024-02-01T12:00:00Z');
  const refused = afterRefusal(order, 'no-permission', '2024-06-07', now);
  expect(eventStep(refused, target('2024-06-07'), 'Ballerina', now)).toEqual({
    do: 'nothing',
    next: now.add({ hours: 1 }),
  });
  expect(eventStep(refused, target('2025-06-06'), 'Ballerina', now).do).toBe('make');
  expect(afterSuccess(refused)).toEqual(order);
});

test('for any course of refusals, the tries for a day have a bound and always lie ahead', () => {
  const target = { date: '2024-06-07', since: '2024-01-20', changes: null, isFinal: false };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 * 48 }), { maxLength: 60 }), (pauses) => {
      let event: ScheduledEvent = {
        id: 'event-abcdefghij',
        release: SLOT,
        timeZone: 'UTC',
        locale: 'en-US',
        createdAt: '2024-01-20T12:00:00Z',
      };
      let now = at(event.createdAt);
      let tries = 0;
      for (const minutes of pauses) {
        now = now.add({ minutes });
        const step = eventStep(event, target, 'Ballerina', now);
        if (step.do === 'make') {
          tries += 1;
          event = afterRefusal(event, 'no-permission', '2024-06-07', now);
        }
        const next = eventStep(event, target, 'Ballerina', now);
        expect(next.do).toBe('nothing');
        expect(Temporal.Instant.compare(next.next ?? now, now)).toBe(1);
      }
      expect(tries).toBeLessThanOrEqual(10);
    }),
  );
});
