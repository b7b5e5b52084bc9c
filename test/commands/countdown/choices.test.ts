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
