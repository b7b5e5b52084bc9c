import { expect, test } from 'vitest';
import { added, botAt, said } from './support.ts';

test('/countdown add suggests dated releases first, then undated ones, then anniversaries', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const { choices = [] } = await sandbox.autocomplete('/countdown add release:');
  const kinds = choices.map(({ value }, index) => {
    if (String(value).startsWith('anniversary:')) return 3;
    return choices[index]?.name.includes('no date yet') ? 2 : 1;
  });
  expect(kinds).toEqual(kinds.toSorted());
  expect(new Set(kinds)).toEqual(new Set([1, 2, 3]));
  expect(choices.length).toBeLessThanOrEqual(25);
  // On that day the documentary comes first, on May 9.
  expect(choices[0]?.value).toBe('wick-is-pain/release/digital/us');
});

test('/countdown add suggests what is most wanted, then the next anniversaries, one of each title', async () => {
  const sandbox = await botAt('2026-11-22T00:00:00Z');
  const { choices = [] } = await sandbox.autocomplete('/countdown add release:');
  expect(choices.map(({ name }) => name)).toEqual([
    'Chapter 5 (Cinemas, United States) – no date yet; posts once my hand-kept facts have one',
    'Caine (Cinemas, United States) – no date yet; posts once my hand-kept facts have one',
    'Animated prequel (Cinemas, United States) – no date yet; posts once my hand-kept facts have one',
    'John Wick game (Release, worldwide) – no date yet; posts once my hand-kept facts have one',
    'Under the High Table (Release, worldwide) – no date yet; posts once my hand-kept facts have one',
    'The Book of Rules, 9th anniversary, November 29, 2026',
    'Chapter 2, 10th anniversary, February 10, 2027',
    'Chapter 4, 4th anniversary, March 24, 2027',
    'Wick Is Pain, 2nd anniversary, May 9, 2027',
    'Chapter 3, 8th anniversary, May 17, 2027',
    'Ballerina, 2nd anniversary, June 6, 2027',
    'The Continental, 4th anniversary, September 22, 2027',
    'Hex, 8th anniversary, October 8, 2027',
    'Chapters 1–4, 4th anniversary, October 17, 2027',
    'John Wick, 13th anniversary, October 24, 2027',
  ]);
  const typed = await sandbox.autocomplete('/countdown add release:chapter 2');
  expect(typed.choices?.map(({ name }) => name).slice(0, 3)).toEqual([
    'Chapter 2, 10th anniversary, February 10, 2027',
    'Chapter 2 (Premiere, ArcLight Hollywood, Los Angeles), 10th anniversary, January 30, 2027',
    'Chapter 2 (Streaming, United States), 2nd anniversary, January 1, 2027',
  ]);
  const answer = await added(sandbox, 'release:Chapter 2 10th anniversary channel:releases');
  expect(answer).toContain('**Chapter 2, 10th anniversary, February 10, 2027**');
});

test('/countdown add to what has no date says when it will post, and that facts are kept by hand', async () => {
  const sandbox = await botAt('2026-11-22T00:00:00Z');
  expect(await added(sandbox, 'release:Chapter 5 channel:releases')).toContain(
    'I’ll post once a date is announced and in my facts, which are kept by hand.',
  );
});

test('/countdown add accepts the releases, zones and milestones that autocomplete suggests', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  const first = async (text: string) => {
    const { choices = [] } = await sandbox.autocomplete(text);
    return String(choices[0]?.value);
  };
  const release = await first('/countdown add release:balle');
  const zone = await first('/countdown add release:Ballerina timezone:kathman');
  const milestones = await first('/countdown add release:Ballerina milestones:3, 5');
  expect([release, zone, milestones]).toEqual(['ballerina/release/theatrical/us', 'Asia/Kathmandu', '5,3']);
  const answer = await added(
    sandbox,
    `release:${release} channel:releases timezone:${zone} milestones:${milestones}`,
  );
  expect(answer).toContain('Asia/Kathmandu');
});

test('/countdown list shows release, channel and next post of each countdown', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  const [guild] = (await sandbox.state()).guilds;
  const channel = guild?.channels.find(({ name }) => name === 'releases')?.id;
  const listed = await said(sandbox, '/countdown list');
  expect(listed).toContain('Ballerina (Cinemas, United States)');
  expect(listed).toContain(`<#${channel}>`);
  expect(listed).toContain(`<t:${Temporal.Instant.from('2025-05-07T09:00Z').epochMilliseconds / 1000}:F>`);
});

test('/countdown remove accepts an autocomplete choice and ends the posts of that countdown', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  await added(sandbox, 'release:chapter-5/release/theatrical/us channel:releases');
  const { choices = [] } = await sandbox.autocomplete('/countdown remove countdown:baller');
  expect(choices).toHaveLength(1);
  expect(await said(sandbox, `/countdown remove countdown:${choices[0]?.value}`)).toContain('Removed');
  expect(await said(sandbox, `/countdown remove countdown:${choices[0]?.value}`)).toContain('No countdown');
  await sandbox.turn('2025-06-08T00:00:00Z');
  expect(await sandbox.messages('releases')).toEqual([]);
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
});

test('a server cannot see or remove the countdowns of another server', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await sandbox.world({ guilds: 2 });
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
  const { choices = [] } = await sandbox.autocomplete('/countdown remove countdown:');
  const scene = { guild: 'Guild 2' };
  expect((await sandbox.autocomplete({ text: '/countdown remove countdown:', ...scene })).choices).toEqual(
    [],
  );
  const refused = await said(sandbox, `/countdown remove countdown:${choices[0]?.value}`, scene);
  expect(refused).toContain('No countdown');
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
});

test.each(['***', '@', '-', 'nothing of the kind'])(
  '/countdown remove with “%s” is refused even if there is only one countdown',
  async (typed) => {
    const sandbox = await botAt('2025-05-01T00:00:00Z');
    await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases');
    expect(await said(sandbox, `/countdown remove countdown:${typed}`)).toContain(
      'No countdown here matches',
    );
    expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
  },
);
