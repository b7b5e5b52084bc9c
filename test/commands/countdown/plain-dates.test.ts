import { expect, test } from 'vitest';
import { buttonsIn, press, textIn } from '../../support.ts';
import { added, botAt, posts, said, temporaryFolder, times } from './support.ts';

/** A Saturday. */
const START = '2026-11-28T05:00:00Z';
const PARTY = 'title:Watch party channel:releases';

/** A time stamp that Discord shows in each reader's zone, with how far off it is. */
const live = (instant: string) => {
  const seconds = Temporal.Instant.from(instant).epochMilliseconds / 1000;
  return `<t:${seconds}:F> (<t:${seconds}:R>)`;
};

test.each([
  ['tomorrow', 'November 29, 2026'],
  ['next Friday', 'December 4, 2026'],
  ['24.12.2026', 'December 24, 2026'],
  ['2026/12/31', 'December 31, 2026'],
  ['in 3 weeks', 'December 19, 2026'],
  ['Dec 24 8pm', 'December 24, 2026, 20:00'],
])('/countdown add takes the date "%s" and repeats it in words', async (typed, words) => {
  const sandbox = await botAt(START);
  expect(await added(sandbox, `${PARTY} date:${typed}`)).toContain(`**Watch party – ${words}**`);
});

test('a date with an hour posts hours and minutes before it, and at its start, with the live time', async () => {
  const sandbox = await botAt(START);
  const answer = await added(
    sandbox,
    `${PARTY} date:Dec 24 8pm timezone:America/New_York milestones:7d, 1d, 2h, 15m, now`,
  );
  expect(answer).toContain(`Starts ${live('2026-12-25T01:00:00Z')}`);
  expect(answer).toMatch(/7 days, 1 day, 2 hours, and 15 minutes before, and when it starts/);
  expect(answer).toContain('Posts on earlier days come at 09:00 America/New_York');
  expect(answer).toMatch(/2 hours left: .*\n.*15 minutes left: .*\n.*the start: /);
  await sandbox.turn('2027-01-10T00:00:00Z');
  const start = live('2026-12-25T01:00:00Z');
  expect(await posts(sandbox)).toEqual([
    `2026-12-17T14:00Z *Watch party* starts ${start}.`,
    `2026-12-23T14:00Z *Watch party* starts ${start}.`,
    `2026-12-24T23:00Z *Watch party* starts ${start}.`,
    `2026-12-25T00:45Z *Watch party* starts ${start}.`,
    `2026-12-25T01:00Z It’s time: *Watch party* starts now, ${start}.`,
  ]);
  expect(await said(sandbox, '/countdown list')).toContain('Finished. Everything was posted.');
});

test('a bot that was down at the start posts late that it has started, and no minutes before', async () => {
  const state = temporaryFolder();
  const before = await botAt(START, { state });
  await added(before, `${PARTY} date:Dec 24 8pm milestones:15m, now`);
  await added(before, 'title:Short channel:general date:Dec 24 8pm milestones:15m');
  await before.stop();
  const sandbox = await botAt('2026-12-24T20:30:00Z', { state });
  await sandbox.turn('2026-12-25T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    `2026-12-24T20:30Z *Watch party* started ${live('2026-12-24T20:00:00Z')}.`,
  ]);
  expect(await posts(sandbox, 'general')).toEqual([]);
  expect(await said(sandbox, '/countdown status countdown:Short')).toContain('too late to send the last one');
});

test('a calendar day is posted without a time stamp, as before', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:24 Dec milestones:30d, daily`);
  await sandbox.turn('2027-01-10T00:00:00Z');
  expect(await times(sandbox)).toEqual(
    [17, 18, 19, 20, 21, 22, 23, 24].map((day) => `2026-12-${day}T09:00Z`),
  );
  for (const post of await posts(sandbox)) expect(post).not.toContain('<t:');
});

test.each([
  ['an own date without an hour', `${PARTY} date:24 Dec milestones:2h`],
  ['a release', 'release:caine channel:releases milestones:7d, 2h'],
])('/countdown add refuses hours before %s and says what to type', async (_, options) => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${options}`)).toMatch(
    /^Hours and minutes before need a date of your own with an hour, for example `24 Dec 20:00`\./,
  );
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('/remind me refuses hours before a release', async () => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, '/remind me release:ballerina milestones:2h')).toContain(
    '“2h” has hours or minutes, which need a date of your own with an hour.',
  );
});

test.each([
  ['soon', /^I couldn’t read “soon” as a date\. Try `2026-11-28`, `24 Dec 20:00` or `next Friday`\./],
  ['31 June', /^“31 June” isn’t in the calendar: June 2026 has 30 days\./],
  ['29 Feb 2027', /^“29 Feb 2027” isn’t in the calendar: February 2027 has 28 days\./],
  ['today 4am', /^November 28, 2026, 04:00 has passed\. Choose a later time\./],
  ['yesterday', /^November 27, 2026 has passed\./],
])('/countdown add refuses the date "%s" with the reason', async (typed, sentence) => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${PARTY} date:${typed}`)).toMatch(sentence);
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('a date with two meanings is asked back, and a button adds the countdown that was typed', async () => {
  const state = temporaryFolder();
  const first = await botAt(START, { state });
  const options = `${PARTY} date:tomorrow at 8 timezone:Europe/Berlin time:10:00 milestones:2h, now role:High Table`;
  const asked = await first.command(`/countdown add ${options}`);
  expect(asked.ephemeral).toBe(true);
  expect(textIn(asked)).toContain(
    '“tomorrow at 8” has more than one meaning. Nothing was changed yet.\n• November 29, 2026, 08:00\n• November 29, 2026, 20:00',
  );
  expect(buttonsIn(asked).map(({ label }) => label)).toEqual([
    'November 29, 2026, 08:00',
    'November 29, 2026, 20:00',
  ]);
  expect(await said(first, '/countdown list')).toContain('no countdowns');
  const answer = await press(first, asked, 'November 29, 2026, 20:00');
  expect(answer.reply?.id).toBe(asked.reply?.id);
  expect(textIn(answer)).toMatch(/^Countdown added\n\*\*Watch party – November 29, 2026, 20:00\*\*\n/);
  expect(textIn(answer)).toMatch(/2 hours before, and when it starts\n.*Mentions <@&/);
  await first.turn('2026-12-01T00:00:00Z');
  expect(await times(first)).toEqual(['2026-11-29T17:00Z', '2026-11-29T19:00Z']);
});

test('a date in numbers is asked back where the locale of the reader does not order them', async () => {
  const sandbox = await botAt(START);
  const text = `/countdown add ${PARTY} date:03/04/2027`;
  const asked = await sandbox.command({ text, locale: 'ja' });
  expect(buttonsIn(asked)).toHaveLength(2);
  expect(textIn(await sandbox.command({ text, locale: 'en-GB' }))).toContain('3 April 2027');
});

test('the button of a date that was asked back is refused to who may no longer manage the server', async () => {
  const sandbox = await botAt(START);
  const asked = await sandbox.command(`/countdown add ${PARTY} date:tomorrow at 8`);
  const customId = buttonsIn(asked)[0]?.customId ?? '';
  const answer = await sandbox.click({ message: asked.reply?.id ?? '', customId, user: 'john' });
  expect(answer.error ?? textIn(answer)).not.toContain('Countdown added');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('the button of a date that was asked back checks the channel again', async () => {
  const sandbox = await botAt(START);
  const asked = await sandbox.command(`/countdown add ${PARTY} date:tomorrow at 8`);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  const answer = await press(sandbox, asked, 'November 29, 2026, 20:00');
  expect(textIn(answer)).toContain('I can’t post in');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('a countdown in an announcement channel is published after its date was asked back', async () => {
  const sandbox = await botAt(START);
  const asked = await sandbox.command('/countdown add title:x channel:announcements date:tomorrow at 8');
  const direct = await said(sandbox, '/countdown add title:y channel:announcements date:tomorrow 20:00');
  const answer = textIn(await press(sandbox, asked, 'November 29, 2026, 20:00'));
  const isPublished = (text: string) => text.includes('also published');
  expect(isPublished(answer)).toBe(isPublished(direct));
});

test('/countdown edit takes plain words, keeps the hour of a new day, and drops it for “all day”', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:Dec 24 8pm milestones:1d, now`);
  const edit = (options: string) => said(sandbox, `/countdown edit countdown:party ${options}`);
  expect(await edit('date:Dec 26')).toContain('Watch party – December 26, 2026, 20:00');
  expect(await edit('date:Dec 26 21:30 milestones:15m, now')).toContain('December 26, 2026, 21:30');
  expect(await edit('date:Dec 26 all day')).toMatch(/^Hours and minutes before need a date/);
  expect(await edit('date:Dec 26 all day milestones:0')).toContain('**Watch party – December 26, 2026**');
  expect(await edit('milestones:2h')).toMatch(/^Hours and minutes before need a date/);
  await sandbox.turn('2027-01-10T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2026-12-26T09:00Z']);
});

test('/countdown edit asks back a date with two meanings, and its button saves all that was typed', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:Dec 24 8pm milestones:now`);
  const asked = await sandbox.command(
    '/countdown edit countdown:party title:The party channel:general date:Dec 25 at 8 tell:true',
  );
  expect(buttonsIn(asked)).toHaveLength(2);
  const answer = textIn(await press(sandbox, asked, 'December 25, 2026, 20:00'));
  expect(answer).toMatch(/^Countdown changed\n\*\*The party – December 25, 2026, 20:00/);
  await sandbox.turn('2027-01-10T00:00:00Z');
  const start = live('2026-12-25T20:00:00Z');
  expect(await posts(sandbox, 'general')).toEqual([
    `2026-11-28T09:00Z *The party* has moved from December 24, 2026, 20:00 to ${start}.`,
    `2026-12-25T20:00Z It’s time: *The party* starts now, ${start}.`,
  ]);
});

test('a new hour is announced before the start, and the new start is posted', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:Dec 24 8pm milestones:now`);
  await sandbox.turn('2026-12-24T19:30:00Z');
  await said(sandbox, '/countdown edit countdown:party date:Dec 24 9pm tell:true');
  await sandbox.turn('2026-12-25T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2026-12-24T19:30Z', '2026-12-24T21:00Z']);
});

test.each([
  ['/countdown add date:dec 24 8pm', [['December 24, 2026, 20:00', '2026-12-24 20:00']]],
  [
    '/countdown add date:03.04.2027',
    [
      ['April 3, 2027', '2027-04-03'],
      ['March 4, 2027', '2027-03-04'],
    ],
  ],
  ['/countdown add date:soo', []],
  ['/countdown add date:', []],
  ['/countdown add timezone:Asia/Tokyo date:tomorrow', [['November 29, 2026', '2026-11-29']]],
  [
    '/countdown add timezone:Pacific/Kiritimati date:in 6 hours',
    [['November 29, 2026, 01:00', '2026-11-29 01:00']],
  ],
  [
    '/countdown add time:8',
    [
      ['08:00', '08:00'],
      ['20:00', '20:00'],
    ],
  ],
  ['/countdown add time:9 p', [['21:00', '21:00']]],
])('autocomplete of "%s" offers what it can mean', async (text, expected) => {
  const sandbox = await botAt(START);
  const { choices = [] } = await sandbox.autocomplete(text);
  expect(choices.map(({ name, value }) => [name, value])).toEqual(expected);
});

test('autocomplete of a date in /countdown edit uses the zone of the countdown', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:Dec 24 timezone:Pacific/Kiritimati`);
  const { choices = [] } = await sandbox.autocomplete('/countdown edit countdown:party date:in 6 hours');
  expect(choices.map(({ value }) => value)).toEqual(['2026-11-29 01:00']);
});

test('a time with two meanings is refused with both', async () => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${PARTY} date:tomorrow time:8`)).toMatch(
    /^“8” can mean both `08:00` and `20:00` for `time`\. Type one of them\./,
  );
});

test('/countdown preview finds a post by its hours or minutes', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} date:Dec 24 8pm milestones:7d, 2h, now`);
  const preview = (milestone: string) =>
    said(sandbox, `/countdown preview countdown:party milestone:${milestone}`);
  expect(await preview('2h')).toContain('December 24, 2026, 18:00');
  expect(await preview('now')).toContain('It’s time: *Watch party* starts now');
  expect(await preview('3h')).toContain('has no post “3h”');
});
