import fc from 'fast-check';
import { expect, test } from 'vitest';
import { title } from '../../../commands/countdown/options.ts';
import { HOSTILE } from '../../countdown/hostile.ts';
import { added, botAt, posts, said, times } from './support.ts';

const START = '2025-05-01T12:00:00Z';
const PARTY = 'title:Ballerina watch party date:2025-05-20 channel:releases milestones:7,1,0';

test('a countdown to an own date posts its milestones like a release', async () => {
  const sandbox = await botAt(START);
  const answer = await added(sandbox, `${PARTY} timezone:America/New_York role:High Table`);
  expect(answer).toContain('Ballerina watch party – May 20, 2025');
  expect(answer).toContain('until you change it');
  await sandbox.turn('2025-06-01T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    expect.stringMatching(
      /^2025-05-13T13:00Z <@&\d+> \*\*7 days\*\* left: \*Ballerina watch party\* is on \*\*May 20, 2025/,
    ),
    expect.stringMatching(/^2025-05-19T13:00Z .*\*\*1 day\*\* left/),
    expect.stringMatching(/^2025-05-20T13:00Z .*Today is the day: \*Ballerina watch party\*/),
  ]);
  expect(await said(sandbox, '/countdown list')).toContain('Finished');
});

test('new facts do not move a countdown to an own date', async () => {
  const sandbox = await botAt('2024-02-01T12:00:00Z');
  await added(sandbox, 'title:Ballerina date:2024-06-07 channel:releases milestones:7,0');
  await sandbox.turn('2024-07-01T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2024-05-31T09:00Z', '2024-06-07T09:00Z']);
});

test('/countdown edit moves an own date and announces it only with tell', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  await sandbox.turn('2025-05-13T12:00:00Z');
  await said(sandbox, '/countdown edit countdown:party date:2025-05-22 title:The party');
  await sandbox.turn('2025-05-16T12:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-13T09:00Z', '2025-05-15T09:00Z']);
  const answer = await said(sandbox, '/countdown edit countdown:party date:2025-05-25 tell:true');
  expect(answer).toContain('the new date');
  await sandbox.turn('2025-06-01T00:00:00Z');
  expect((await posts(sandbox)).slice(2)).toEqual([
    expect.stringMatching(/^2025-05-17T09:00Z \*The party\* has moved from May 22, 2025 to \*\*May 25/),
    expect.stringMatching(/^2025-05-18T09:00Z .*7 days/),
    expect.stringMatching(/^2025-05-24T09:00Z .*1 day/),
    expect.stringMatching(/^2025-05-25T09:00Z Today/),
  ]);
});

test.each([
  ['neither a release nor a date', '', 'what to count down to'],
  ['both a release and an own date', 'release:Ballerina title:x date:2025-06-01', 'Choose one: a `release`'],
  ['a title alone', 'title:x', 'both a `title` and a `date`'],
  ['a date alone', 'date:2025-06-01', 'both a `title` and a `date`'],
  [
    'a date that does not exist',
    'title:x date:2026-02-30',
    'isn’t in the calendar: February 2026 has 28 days.',
  ],
  ['a date that has passed', 'title:x date:2025-04-30', 'has passed'],
  ['a date more than ten years ahead', 'title:x date:2035-05-02', 'more than ten years'],
  ['a title that is too long', `title:${'x'.repeat(81)} date:2025-06-01`, 'Keep it to 80'],
])('/countdown add with %s is refused with the reason', async (_, options, sentence) => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${options} channel:releases`)).toContain(sentence);
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

test('/countdown add accepts today as a date in the time zone of the posts', async () => {
  const sandbox = await botAt('2025-05-01T22:00:00Z');
  const party = (zone: string) =>
    said(sandbox, `/countdown add title:x date:2025-05-01 time:20:00 channel:releases timezone:${zone}`);
  expect(await party('Asia/Tokyo')).toContain('has passed');
  expect(await party('America/New_York')).toContain('Countdown added');
});

test('/countdown edit refuses a past date, and tell without a date', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  expect(await said(sandbox, '/countdown edit countdown:party date:2025-04-01')).toContain('has passed');
  expect(await said(sandbox, '/countdown edit countdown:party tell:true')).toContain(
    'unless you also change the `date`',
  );
});

test('the title of an own date cannot mention, format or link anything', async () => {
  const sandbox = await botAt('2025-05-19T12:00:00Z');
  const evil = '@everyone **x** [a](https://example.org) `y` ||z||';
  await added(sandbox, `title:${evil} date:2025-05-20 channel:releases milestones:0`);
  await sandbox.turn('2025-05-21T00:00:00Z');
  const [post] = await sandbox.messages('releases');
  expect(post?.mentions).toEqual({ users: [], roles: [], everyone: false });
  const told = [
    post?.content,
    JSON.stringify(post?.embeds),
    await said(sandbox, '/countdown list'),
    await said(sandbox, '/countdown status'),
  ];
  for (const text of told) expect(text).not.toMatch(/(?<!\\)(@everyone|\*\*x|\[a\]|`y|\|\|z)/);
});

test('for any input, an accepted title has one to eighty visible characters', () => {
  fc.assert(
    fc.property(HOSTILE, (typed) => {
      const result = title.schema.safeParse(typed);
      if (!result.success || result.data === undefined) return;
      expect(result.data.length).toBeGreaterThan(0);
      expect([...result.data].length).toBeLessThanOrEqual(80);
      expect(result.data).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});
