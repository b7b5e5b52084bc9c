import { expect, test } from 'vitest';
import { textIn } from '../../support.ts';
import { added, botAt, posts, requestOf, said } from './support.ts';

const START = '2025-05-01T00:00:00Z';
const PARTY = 'title:Party date:2025-06-01 channel:releases milestones:7,1,0';
const SENTENCE = 'Only {days} until {title} on {date}!';

test('a countdown says its own sentence, as the preview shows it, and the usual one on the day', async () => {
  const sandbox = await botAt(START);
  const answer = await added(sandbox, `${PARTY} sentence:${SENTENCE}`);
  expect(answer).toContain('Says “Only {days} until {title} on {date}!”');
  const preview = await sandbox.command('/countdown preview countdown:Party');
  expect(textIn(preview)).toContain('> Only 7 days until Party on June 1, 2025!');
  expect(preview.reply?.attachments).toMatchObject([
    { description: 'Countdown: Party. 7 days left. June 1, 2025.' },
  ]);
  await sandbox.turn('2025-06-02T00:00:00Z');
  expect(await posts(sandbox)).toEqual([
    '2025-05-25T09:00Z Only 7 days until Party on June 1, 2025!',
    '2025-05-31T09:00Z Only 1 day until Party on June 1, 2025!',
    '2025-06-01T09:00Z Today is the day: *Party*, **June 1, 2025**.',
  ]);
});

test('a sentence without the days is said on the day too', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} sentence:Get **ready** for { Title }`);
  await sandbox.turn('2025-06-02T00:00:00Z');
  expect((await posts(sandbox)).at(-1)).toBe('2025-06-01T09:00Z Get **ready** for Party');
});

test('hour milestones tell the hours and minutes left, and the start has the usual sentence', async () => {
  const sandbox = await botAt(START);
  await added(
    sandbox,
    'title:Premiere date:2025-05-03 20:00 channel:releases milestones:1d,2h,15m,now sentence:{days} to go, {date}',
  );
  await sandbox.turn('2025-05-04T00:00:00Z');
  const said = (await posts(sandbox)).map((post) => post.replace(/<t:\d+:F> \(<t:\d+:R>\)/, 'START'));
  expect(said).toEqual([
    '2025-05-02T09:00Z 1 day to go, START',
    '2025-05-03T18:00Z 2 hours to go, START',
    '2025-05-03T19:45Z 15 minutes to go, START',
    '2025-05-03T20:00Z It’s time: *Premiere* starts now, START.',
  ]);
});

test('a move is told in the usual sentence, and the next post in the own one', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${PARTY} sentence:${SENTENCE}`);
  await sandbox.turn('2025-05-25T12:00:00Z');
  await said(sandbox, '/countdown edit countdown:Party date:2025-06-10 tell:true');
  await sandbox.turn('2025-06-04T00:00:00Z');
  const [, moved, next] = await posts(sandbox);
  expect(moved).toContain('*Party* has moved from June 1, 2025 to **June 10, 2025**');
  expect(next).toContain('Only 7 days until Party on June 10, 2025!');
});

test('a sentence pings nobody but the role of the countdown', async () => {
  const sandbox = await botAt(START);
  const [guild] = (await sandbox.state()).guilds;
  const user = guild?.members[0]?.id;
  const role = guild?.roles[0]?.id;
  await added(
    sandbox,
    `${PARTY} role:High Table sentence:@everyone @here <@${user}> <@&${role}> [free](https://x.example) in {days}`,
  );
  await sandbox.turn('2025-05-26T00:00:00Z');
  const [post] = await sandbox.messages('releases');
  const request = post && requestOf(post);
  expect(request?.allowed_mentions).toEqual({ parse: [], roles: [expect.stringMatching(/^\d+$/)] });
  const [, ...rest] = (request?.content ?? '').split(' ');
  expect(rest.join(' ')).toBe(
    `\\@everyone \\@here \\<\\@${user}\\> \\<\\@&${role}\\> \\[free\\](https://x.example) in 7 days`,
  );
});

test.each([
  ['an unknown placeholder', 'In {weeks}, {title}', 'I don’t know `{weeks}` in `sentence`. Use `{days}`'],
  ['half a placeholder', 'In {days', 'I don’t know `{` in `sentence`'],
  ['too long a text', 'a'.repeat(201), '200'],
  ['too many placeholders', '{title}'.repeat(6), 'five placeholders'],
  ['nothing but mentions', '@everyone <@100000000000000001>', 'has no words'],
  ['nothing that can be seen', '\u3164', 'has no words'],
])('%s is refused as a sentence, and nothing is added or changed', async (_, sentence, why) => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${PARTY} sentence:${sentence}`)).toContain(why);
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns yet');
  await added(sandbox, PARTY);
  expect(await said(sandbox, `/countdown edit countdown:Party sentence:${sentence}`)).toContain(why);
  expect(await said(sandbox, '/countdown list')).not.toContain('Says');
});

test('an edit changes the sentence, keeps it where it is not named, and takes it back', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  const edit = '/countdown edit countdown:Party';
  expect(await said(sandbox, `${edit} sentence:{days} left`)).toContain('Says “{days} left”');
  expect(await said(sandbox, `${edit} time:10:00`)).toContain('Says “{days} left”');
  const { choices = [] } = await sandbox.autocomplete(`${edit} sentence:`);
  expect(choices.map(({ value }) => value)).toEqual(['default', 'Only {days} until {title}!']);
  expect(await said(sandbox, `${edit} sentence:default`)).not.toContain('Says');
});
