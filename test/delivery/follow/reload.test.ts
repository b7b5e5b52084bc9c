import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFollow } from '../../../src/countdown/follow/edit-follow.ts';
import { type Follow, scopeOf } from '../../../src/countdown/follow/follow.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import { utcDay } from '../../../src/facts/dates.ts';
import type { Facts } from '../../../src/facts/snapshot.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { temporaryFolder } from '../../commands/countdown/support.ts';
import { machine, recordingChannels, testClock } from '../support.ts';
import { newsFacts, type Said } from './support.ts';

const { catalogue } = loadData('data');

/** What the facts hold from an instant on: the bot is started again with them, as after an edit of the data. */
type Edit = [at: string, slots: Readonly<Record<string, readonly Said[]>>];

/** Follows the film from the first edit on, and returns each post: when, and its text. */
async function follow(
  edits: readonly Edit[],
  end: string,
  given: Partial<Follow> & { timeZone?: string } = {},
) {
  const { timeZone = 'UTC', ...order } = given;
  const path = join(temporaryFolder(), 'test.sqlite');
  const clock = testClock(edits[0]?.[0] ?? '');
  const channels = recordingChannels({ clock });
  const texts: string[] = [];
  const sender = {
    ...channels,
    send: (post: Parameters<typeof channels.send>[0], maySend?: () => boolean) => {
      const { facts, now, countdown, occurrence, nonce } = post;
      const view = {
        facts,
        snapshot: facts.asOf(utcDay(now)),
        language: catalogue.in('en-US'),
        spoilers: false,
      };
      texts.push(
        `${now.toString().slice(0, 16)} ${createPost(view, countdown, occurrence, nonce, now).body.content}`,
      );
      return channels.send(post, maySend);
    },
  };
  for (const [index, [at, slots]] of edits.entries()) {
    await startWith(newsFacts(slots), index === 0, edits[index + 1]?.[0] ?? end, at);
  }
  return texts;

  async function startWith(facts: Facts, isFirst: boolean, until: string, at: string) {
    clock.set(at);
    const bot = machine({ clock, path, sender, facts });
    if (isFirst) {
      const newOrder = { ...createFollow(facts, utcDay(clock.now()), { title: 'film' }), ...order };
      await bot.add({ release: scopeOf(newOrder), follow: newOrder, milestones: [], timeZone });
    }
    for (const release of await bot.queue.releases())
      await bot.queue.refresh(release, facts.fingerprint(release), clock.now());
    await bot.runTo(until);
    bot.close();
  }
}

const OLD: Said = { known: '2024-01-10', text: 'It is planned.' };
const SOURCE = '([Variety](<https://variety.com/film>))';

test('what becomes known is told once at the time of posts, with its source', async () => {
  const news = { known: '2024-02-05', text: 'It is announced.', change: 'refined' } as const;
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', { a: [OLD] }],
        ['2024-02-05T01:00:00Z', { a: [OLD, news] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual([`2024-02-05T09:00 It is announced. ${SOURCE}`]);
});

test('what is added to the facts later is told when it is first seen, with its real day', async () => {
  const news = { known: '2024-02-05', text: 'It is announced.' };
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', {}],
        ['2024-02-09T14:30:00Z', { a: [news] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual(['2024-02-09T14:30 It is announced. (Feb 5, 2024, [Variety](<https://variety.com/film>))']);
});

test('what became known before the order is never told, however late it is added', async () => {
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', {}],
        ['2024-02-09T14:30:00Z', { a: [OLD] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual([]);
});

test('what was known on the day of the order is not told; what is added of that day is', async () => {
  const known = { known: '2024-02-01', text: 'Known in the morning.' };
  const added = { known: '2024-02-01', text: 'Known in the evening.' };
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', { a: [known] }],
        ['2024-02-01T20:00:00Z', { a: [known], b: [added] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual([`2024-02-01T20:00 Known in the evening. ${SOURCE}`]);
});

test('another wording of the same claim is not told again, nor one that only repeats it', async () => {
  const news = { known: '2024-02-05', text: 'It is announced.' };
  const again = { known: '2024-03-05', text: 'It’s announced.', change: 'refined' } as const;
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', {}],
        ['2024-02-05T08:00:00Z', { a: [news] }],
        ['2024-02-20T08:00:00Z', { a: [{ ...news, text: 'It’s announced.' }] }],
        ['2024-03-06T08:00:00Z', { a: [{ ...news, text: 'It’s announced.' }, again] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual([`2024-02-05T09:00 It is announced. ${SOURCE}`]);
});

test('a correction says what was said before', async () => {
  const wrong = { known: '2024-02-05', text: 'It is set in Rome.' };
  const right = { known: '2024-02-08', text: 'It is set in Prague.', change: 'corrected' } as const;
  expect(await follow([['2024-02-01T12:00:00Z', { a: [wrong, right] }]], '2024-12-31T00:00:00Z')).toEqual([
    `2024-02-05T09:00 It is set in Rome. ${SOURCE}`,
    `2024-02-08T09:00 **Correction:** It is set in Prague. Earlier it was said: It is set in Rome. ${SOURCE}`,
  ]);
});

test('a spoiler is behind bars, its correction too', async () => {
  const first = { known: '2024-02-05', text: 'He dies.', spoiler: true } as const;
  const second = { known: '2024-02-08', text: 'He lives.', change: 'retracted', spoiler: true } as const;
  expect(await follow([['2024-02-01T12:00:00Z', { a: [first, second] }]], '2024-12-31T00:00:00Z')).toEqual([
    `2024-02-05T09:00 ||He dies.|| ${SOURCE}`,
    `2024-02-08T09:00 ||**Correction:** He lives. Earlier it was said: He dies.|| ${SOURCE}`,
  ]);
});

test('a bot that was down tells in one post what holds by then, and nothing that was superseded', async () => {
  const a = [
    { known: '2024-02-05', text: 'It comes in May.' },
    { known: '2024-02-08', text: 'It comes in June.', change: 'moved' },
  ] as const;
  const b = { known: '2024-02-10', text: 'It is shot in Rome.' };
  expect(
    await follow(
      [
        ['2024-02-01T12:00:00Z', {}],
        ['2024-02-20T15:00:00Z', { a, b: [b] }],
      ],
      '2024-12-31T00:00:00Z',
    ),
  ).toEqual([
    [
      '2024-02-20T15:00 **News about Film**',
      '- It comes in June. (Feb 8, 2024, [Variety](<https://variety.com/film>))',
      '- It is shot in Rome. (Feb 10, 2024, [Variety](<https://variety.com/film>))',
    ].join('\n'),
  ]);
});

test('several edits of one day are one post that day, and one the next', async () => {
  const said = (text: string) => [{ known: '2024-02-05', text }];
  const posts = await follow(
    [
      ['2024-02-01T12:00:00Z', {}],
      ['2024-02-05T14:00:00Z', { a: said('One.') }],
      ['2024-02-05T14:05:00Z', { a: said('One.'), b: said('Two.') }],
      ['2024-02-05T14:10:00Z', { a: said('One.'), b: said('Two.'), c: said('Three.') }],
    ],
    '2024-12-31T00:00:00Z',
  );
  expect(posts.map((post) => post.slice(0, 16))).toEqual(['2024-02-05T14:00', '2024-02-06T09:00']);
  expect(posts[1]).toMatch(/Two\. \(Feb 5, 2024.*\n.*Three\. \(Feb 5, 2024/);
});

test('a weekly digest gathers a week, at the local time of Monday through changes of the clocks', async () => {
  const days = ['2024-03-05', '2024-03-08', '2024-03-12', '2024-03-14', '2024-10-30', '2024-11-02'];
  const slots = Object.fromEntries(
    days.map((known, at) => [`s${at}`, [{ known, text: `News of ${known}.` }]]),
  );
  const posts = await follow([['2024-03-04T15:00:00Z', slots]], '2024-12-31T00:00:00Z', {
    digest: 'weekly',
    timeZone: 'America/New_York',
  });
  // Summer time begins on March 10 and ends on November 3, 2024: nine o’clock is 13:00 in summer, 14:00 in winter.
  expect(posts.map((post) => [post.slice(0, 16), post.match(/News of/g)?.length])).toEqual([
    ['2024-03-11T13:00', 2],
    ['2024-03-18T13:00', 2],
    ['2024-11-04T14:00', 2],
  ]);
});

test('a weekly digest that is missed is made once the bot is back; what is seen late waits for Monday', async () => {
  const news = (known: string) => [{ known, text: `News of ${known}.` }];
  const posts = await follow(
    [
      ['2024-03-04T15:00:00Z', {}],
      ['2024-03-06T15:00:00Z', { a: news('2024-03-06') }],
      ['2024-03-13T15:00:00Z', { a: news('2024-03-06'), b: news('2024-03-07') }],
    ],
    '2024-12-31T00:00:00Z',
    { digest: 'weekly' },
  );
  expect(posts.map((post) => post.slice(0, 16))).toEqual(['2024-03-11T09:00', '2024-03-18T09:00']);
});

test('more than fits into one post comes in a second one right after it', async () => {
  const slots = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [
      `s${at}`,
      [{ known: '2024-02-05', text: `News number ${at}, ${'long '.repeat(40)}.` }],
    ]),
  );
  const posts = await follow([['2024-02-01T12:00:00Z', slots]], '2024-12-31T00:00:00Z');
  expect(posts.map((post) => post.slice(0, 16))).toEqual(['2024-02-05T09:00', '2024-02-05T09:00']);
  for (const post of posts) expect(post.length).toBeLessThan(2020);
  const numbers = posts.flatMap((post) =>
    [...post.matchAll(/News number (\d+)/g)].map(([, number]) => Number(number)),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at));
});
