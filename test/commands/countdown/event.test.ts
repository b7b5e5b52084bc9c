import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import {
  eventStep,
  hoursOf,
  type MadeEvent,
  type ScheduledEvent,
} from '../../../src/countdown/scheduled-event.ts';
import { request } from '../../sandbox/support.ts';
import { press } from '../../support.ts';
import { at, botAt, said, storedRows, temporaryFolder } from './support.ts';

const SLOT = 'ballerina/release/theatrical/us';
const EVENT = `/countdown event release:${SLOT}`;
const ORDER: ScheduledEvent = {
  id: 'event-abcdefghij',
  release: SLOT,
  timeZone: 'Pacific/Apia',
  locale: 'en-US',
  createdAt: '2024-01-20T12:00:00Z',
};

interface Event {
  id: string;
  name: string;
  status: number;
  scheduled_start_time: string;
  scheduled_end_time: string;
  entity_metadata: { location: string };
}

async function path(sandbox: Sandbox): Promise<string> {
  return `/guilds/${(await sandbox.state()).guilds[0]?.id}/scheduled-events`;
}
async function events(sandbox: Sandbox): Promise<Event[]> {
  return (await request(sandbox, 'GET', await path(sandbox))).body;
}
const days = (list: readonly Event[]) =>
  list.map((event) => `${event.scheduled_start_time.slice(0, 16)} ${event.scheduled_end_time.slice(0, 16)}`);

/** A sandbox in which the bot was asked for an event, and made it. */
async function withEvent(instant: string, options = {}): Promise<Sandbox> {
  const sandbox = await botAt(instant, options);
  expect(await said(sandbox, EVENT)).toContain('I’m creating a scheduled event for Ballerina');
  await sandbox.turn(Temporal.Instant.from(instant).add({ minutes: 1 }).toString());
  return sandbox;
}

test('/countdown event creates an event for the whole day that follows the release date', async () => {
  const sandbox = await withEvent('2024-01-20T12:00:00Z');
  const [made, ...others] = await events(sandbox);
  expect(others).toEqual([]);
  expect(made).toMatchObject({
    name: expect.stringContaining('Ballerina'),
    entity_metadata: { location: 'Cinemas, United States' },
  });
  expect(days([made as Event])).toEqual(['2024-06-07T00:00 2024-06-08T00:00']);
  expect(await said(sandbox, EVENT)).toMatch(
    new RegExp(`already has a scheduled event: https://discord.com/events/\\d+/${made?.id}`),
  );

  await sandbox.turn('2024-02-23T12:00:00Z');
  const moved = await events(sandbox);
  expect(moved.map(({ id }) => id)).toEqual([made?.id]);
  expect(days(moved)).toEqual(['2025-06-06T00:00 2025-06-07T00:00']);
});

test('a scheduled event uses the time zone of the server', async () => {
  const sandbox = await botAt('2024-01-20T12:00:00Z');
  const { interaction = '' } = await press(
    sandbox,
    await sandbox.command({ text: '/countdown settings' }),
    'Change …',
  );
  await sandbox.modal({ interaction, fields: { timezone: 'Europe/Berlin', time: '9:00', milestones: '0' } });
  expect(await said(sandbox, EVENT)).toContain('Europe/Berlin');
  await sandbox.turn('2024-01-20T12:01:00Z');
  expect(days(await events(sandbox))).toEqual(['2024-06-06T22:00 2024-06-07T22:00']);
});

test('a deleted scheduled event is created again only on request', async () => {
  const sandbox = await withEvent('2024-01-20T12:00:00Z');
  const [made] = await events(sandbox);
  await request(sandbox, 'DELETE', `${await path(sandbox)}/${made?.id}`);
  await sandbox.turn('2024-02-23T12:00:00Z');
  expect(await events(sandbox)).toEqual([]);

  expect(await said(sandbox, EVENT)).toContain('I’m creating a scheduled event');
  await sandbox.turn('2024-02-23T12:01:00Z');
  expect(days(await events(sandbox))).toEqual(['2025-06-06T00:00 2025-06-07T00:00']);
});

test('a scheduled event that a person renamed keeps its name when its date moves', async () => {
  const sandbox = await withEvent('2024-01-20T12:00:00Z');
  const [made] = await events(sandbox);
  await request(sandbox, 'PATCH', `${await path(sandbox)}/${made?.id}`, { name: 'Gala' });
  await sandbox.turn('2024-02-23T12:00:00Z');
  const moved = await events(sandbox);
  expect(moved.map(({ name }) => name)).toEqual(['Gala']);
  expect(days(moved)).toEqual(['2025-06-06T00:00 2025-06-07T00:00']);
});

test('a scheduled event that has started is not changed', async () => {
  const sandbox = await withEvent('2024-01-20T12:00:00Z');
  const [made] = await events(sandbox);
  await request(sandbox, 'PATCH', `${await path(sandbox)}/${made?.id}`, { status: 2 });
  await sandbox.turn('2024-02-23T12:00:00Z');
  expect(days(await events(sandbox))).toEqual(['2024-06-07T00:00 2024-06-08T00:00']);
  expect(await said(sandbox, EVENT)).toMatch(/has already started, so I’m leaving it as it is: https:/);
});

test('a scheduled event is deleted when its date is withdrawn and recreated for a new date', async () => {
  const folder = temporaryFolder();
  cpSync('data', folder, { recursive: true });
  const file = join(folder, 'claims/ballerina.json');
  const data = JSON.parse(readFileSync(file, 'utf8'));
  const slot = data.slots.find((entry: { slot: string }) => entry.slot === SLOT);
  const [first, dated, moved, out] = slot.claims;
  slot.claims = [first, dated, { ...first, known: '2024-02-01' }, moved, out];
  writeFileSync(file, JSON.stringify(data));

  const sandbox = await withEvent('2024-01-20T12:00:00Z', { env: { CONCIERGE_DATA: folder } });
  expect(await events(sandbox)).toHaveLength(1);
  await sandbox.turn('2024-02-01T00:01:00Z');
  expect(await events(sandbox)).toEqual([]);
  expect(await said(sandbox, EVENT)).toContain('has no date yet');
  await sandbox.turn('2024-02-23T12:00:00Z');
  expect(days(await events(sandbox))).toEqual(['2025-06-06T00:00 2025-06-07T00:00']);
});

test('a scheduled event is found and not created twice if the response was lost', async () => {
  const sandbox = await botAt('2024-01-20T12:00:00Z');
  await sandbox.faults([{ route: 'POST /guilds/*/scheduled-events', does: { status: 500, when: 'after' } }]);
  await said(sandbox, EVENT);
  await sandbox.turn('2024-01-20T13:00:00Z');
  const [made, ...others] = await events(sandbox);
  expect(others).toEqual([]);
  expect(await said(sandbox, EVENT)).toContain(made?.id);
});

test('/countdown event with remove deletes the event and its stored data', async () => {
  const state = temporaryFolder();
  const sandbox = await withEvent('2024-01-20T12:00:00Z', { state });
  expect(await said(sandbox, `${EVENT} remove:true`)).toContain('Removed the scheduled event');
  await sandbox.turn('2024-01-20T13:00:00Z');
  expect(await events(sandbox)).toEqual([]);
  expect(await said(sandbox, `${EVENT} remove:true`)).toContain('I have no scheduled event');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('event-'))).toEqual([]);
});

test('the stored data of a scheduled event is deleted after its day', async () => {
  const state = temporaryFolder();
  const sandbox = await withEvent('2025-06-01T12:00:00Z', { state });
  await sandbox.turn('2025-06-08T00:00:00Z');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('event-'))).toEqual([]);
});

test('a scheduled event created on the release day starts within minutes', async () => {
  const sandbox = await withEvent('2025-06-06T12:00:00Z');
  expect(days(await events(sandbox))).toEqual([
    expect.stringMatching(/^2025-06-06T12:0\d 2025-06-07T00:00$/),
  ]);
});

test('/countdown event without the permission in the server names it and creates nothing', async () => {
  const sandbox = await botAt('2024-01-20T12:00:00Z');
  await sandbox.world({ deleteRole: 'Concierge' });
  // Events belong to the server: what a channel allows does not count.
  await sandbox.world({ allow: { channel: 'general', permission: 'CreateEvents' } });
  expect(await said(sandbox, EVENT)).toContain('**Create Events**');
  await sandbox.turn('2024-01-20T13:00:00Z');
  expect(await events(sandbox)).toEqual([]);
});

test('/countdown event creates an event where only the channel of the command denies it', async () => {
  const sandbox = await botAt('2024-01-20T12:00:00Z');
  await sandbox.world({ deny: { channel: 'general', permission: 'CreateEvents' } });
  expect(await said(sandbox, EVENT)).toContain('I’m creating a scheduled event');
  await sandbox.turn('2024-01-20T13:00:00Z');
  expect(await events(sandbox)).toHaveLength(1);
});

test('/countdown event reports a refusal by Discord when repeated, and tries again', async () => {
  const sandbox = await botAt('2024-01-20T12:00:00Z');
  const refusal = { status: 403, code: 50013 };
  await sandbox.faults([{ route: 'POST /guilds/*/scheduled-events', does: refusal }]);
  await said(sandbox, EVENT);
  await sandbox.turn('2024-01-20T12:30:00Z');
  expect(await events(sandbox)).toEqual([]);
  expect(await said(sandbox, EVENT)).toContain('**Create Events**');
  await sandbox.turn('2024-01-20T12:31:00Z');
  expect(await events(sandbox)).toHaveLength(1);
});

test('/countdown event refuses past releases, unknown releases and members without permission', async () => {
  const sandbox = await botAt('2026-11-22T12:00:00Z');
  expect(await said(sandbox, EVENT)).toContain('is already out');
  expect(await said(sandbox, '/countdown event release:Nothing of the kind')).toContain(
    'I don’t know a release',
  );
  expect(await said(sandbox, EVENT, { user: 'john' })).toMatch(/Manage Server|permission/);
});

test('/concierge forget deletes the stored data of scheduled events', async () => {
  const state = temporaryFolder();
  const sandbox = await withEvent('2024-01-20T12:00:00Z', { state });
  const asked = await sandbox.command({ text: '/concierge forget' });
  const customId = JSON.stringify(asked.reply?.components).match(/"custom_id":"([^"]+)"/)?.[1] ?? '';
  await sandbox.click({ message: asked.reply?.id ?? '', customId });
  await sandbox.turn('2024-01-21T12:00:00Z');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('event-'))).toEqual([]);
});

test('for any date changes, event steps come to an end and leave started events unchanged', () => {
  const date = fc.option(fc.constantFrom('2024-03-01', '2024-06-07', '2025-06-06', '2025-06'), { nil: null });
  const hours = fc.integer({ min: 0, max: 24 * 600 });
  fc.assert(
    fc.property(fc.array(fc.tuple(date, hours), { maxLength: 12 }), (course) => {
      let event: ScheduledEvent | null = ORDER;
      let begun: string | undefined;
      let now = at(ORDER.createdAt);
      for (const [day, later] of course.toSorted((a, b) => a[1] - b[1])) {
        now = at(ORDER.createdAt).add({ hours: later });
        for (let steps = 0; event; steps += 1) {
          expect(steps).toBeLessThan(4);
          const target = { date: day, since: '2024-01-20', changes: null, isFinal: false };
          const step = eventStep(event, target, 'Ballerina', now);
          if (event.made && Temporal.Instant.compare(event.made.start, now) <= 0) begun ??= event.made.day;
          if (begun) expect(['nothing', 'forget']).toContain(step.do);
          if (step.next) expect(Temporal.Instant.compare(step.next, now)).toBe(1);
          if (step.do === 'nothing') break;
          const { made: _, ...bare }: ScheduledEvent = event;
          const start: string = day?.length === 10 ? hoursOf(event, day, now).start.toString() : '';
          const made: MadeEvent = { id: '1', day: day ?? '', start, name: 'Ballerina' };
          event = step.do === 'forget' ? null : step.do === 'withdraw' ? bare : { ...bare, made };
        }
        if (event && !begun) expect(event.made?.day).toBe(day?.length === 10 ? day : undefined);
      }
    }),
  );
});
