import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { request } from '../../sandbox/support.ts';
import { buttonsIn } from '../../support.ts';
import { added, botAt, said } from './support.ts';

/** The events of the server, each as its name and its day. */
async function eventsIn(sandbox: Sandbox): Promise<string[]> {
  const { guilds } = await sandbox.state();
  const { body } = await request(sandbox, 'GET', `/guilds/${guilds[0]?.id}/scheduled-events`);
  return body.map(
    ({ name, scheduled_start_time: start }: { name: string; scheduled_start_time: string }) =>
      `${name} ${start.slice(0, 10)}`,
  );
}

async function withParty(): Promise<Sandbox> {
  const sandbox = await botAt('2025-05-01T12:00:00Z');
  await added(sandbox, 'title:Watch party date:2025-05-20 channel:general');
  return sandbox;
}

test('/countdown event offers what can be made: own dates, dated and undated releases, no anniversaries', async () => {
  const sandbox = await withParty();
  await added(sandbox, 'title:Quiz date:2025-05-02 channel:general');
  await sandbox.turn('2025-05-03T12:00:00Z');
  const { choices = [] } = await sandbox.autocomplete('/countdown event release:');
  expect(choices.map(({ name }) => name.replace(/ – no date yet.*/, ''))).toEqual([
    'Watch party – May 20, 2025',
    'Wick Is Pain (Digital, United States) – May 9, 2025',
    'Ballerina (Cinemas, United States) – June 6, 2025',
    'Chapter 5 (Cinemas, United States)',
    'Caine (Cinemas, United States)',
    'Animated prequel (Cinemas, United States)',
    'Under the High Table (Release, worldwide)',
  ]);
  const typed = await sandbox.autocomplete('/countdown event release:chapter 4');
  expect(typed.choices?.filter(({ value }) => String(value).startsWith('anniversary'))).toEqual([]);
});

test('/countdown event creates an event for an own date, moves it and removes it', async () => {
  const sandbox = await withParty();
  const { choices = [] } = await sandbox.autocomplete('/countdown event release:party');
  const order = `/countdown event release:${choices[0]?.value}`;
  expect(await said(sandbox, order)).toContain(
    'I’m creating a scheduled event for Watch party on May 20, 2025, all day (UTC).',
  );
  await sandbox.turn('2025-05-01T12:01:00Z');
  expect(await eventsIn(sandbox)).toEqual(['Watch party 2025-05-20']);
  expect(await said(sandbox, order)).toContain('Watch party already has a scheduled event');

  await said(sandbox, '/countdown edit countdown:party date:2025-05-22');
  await sandbox.turn('2025-05-01T12:02:00Z');
  expect(await eventsIn(sandbox)).toEqual(['Watch party 2025-05-22']);

  expect(await said(sandbox, '/countdown event release:watch party remove:true')).toBe(
    'Removed the scheduled event for Watch party.',
  );
  await sandbox.turn('2025-05-01T12:03:00Z');
  expect(await eventsIn(sandbox)).toEqual([]);
});

test('an event for an own date begins at its hour, and follows each edit and its undo', async () => {
  const sandbox = await botAt('2025-05-01T12:00:00Z');
  await added(sandbox, 'title:Watch party date:2025-05-20 20:00 timezone:Europe/Berlin channel:general');
  expect(await said(sandbox, '/countdown event release:watch party')).toContain(
    'I’m creating a scheduled event for Watch party on May 20, 2025 at 20:00 (Europe/Berlin)',
  );
  const starts = async (minute: number) => {
    await sandbox.turn(`2025-05-01T12:0${minute}:00Z`);
    const { guilds } = await sandbox.state();
    const { body } = await request(sandbox, 'GET', `/guilds/${guilds[0]?.id}/scheduled-events`);
    return body.map(
      (event: Record<string, string>) =>
        `${event['name']} ${event['scheduled_start_time']?.slice(0, 16)} ${event['scheduled_end_time']?.slice(11, 16)}`,
    );
  };
  expect(await starts(1)).toEqual(['Watch party 2025-05-20T18:00 21:00']);
  const edited = await sandbox.command(
    '/countdown edit countdown:party date:2025-05-21 19:30 title:Big party',
  );
  expect(await starts(2)).toEqual(['Big party 2025-05-21T17:30 20:30']);
  const undo = buttonsIn(edited).find(({ label }) => label === 'Undo');
  await sandbox.click({ message: edited.reply?.id ?? '', customId: undo?.customId ?? '' });
  expect(await starts(3)).toEqual(['Watch party 2025-05-20T18:00 21:00']);
  await said(sandbox, '/countdown edit countdown:party timezone:UTC');
  expect(await starts(4)).toEqual(['Watch party 2025-05-20T20:00 23:00']);
});

test('/countdown event for an own date is refused to members, and where there is no such date', async () => {
  const sandbox = await withParty();
  expect(await said(sandbox, '/countdown event release:watch party', { user: 'john' })).toContain(
    'permission',
  );
  expect(await said(sandbox, '/countdown event release:watch')).toContain('I don’t know a release');
  await sandbox.world({ guilds: 2 });
  expect(await said(sandbox, '/countdown event release:watch party', { guild: 'Guild 2' })).toContain(
    'I don’t know a release',
  );
});
