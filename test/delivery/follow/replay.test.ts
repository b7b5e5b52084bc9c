import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readItem, scopeOf } from '../../../src/countdown/follow/follow.ts';
import type { PostOrder } from '../../../src/delivery/ports.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import { utcDay } from '../../../src/facts/dates.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { machine, recordingChannels, testClock } from '../support.ts';

const { facts, catalogue } = loadData('data');
const START = '2017-01-01';
const END = '2026-12-31T23:59:59Z';

interface RawSlot {
  slot: string;
  kind: string;
  title?: string;
  about?: string;
  medium?: string;
  topics?: string[];
  claims: ({ known: string } & Record<string, unknown>)[];
}
const slots = readdirSync('data/claims').flatMap(
  (file) => (JSON.parse(readFileSync(`data/claims/${file}`, 'utf8')) as { slots: RawSlot[] }).slots,
);

const isNews = ({ kind, topics = [] }: RawSlot) =>
  ['role', 'credit', 'trailer', 'release', 'project'].includes(kind) ||
  (kind === 'event' && topics.includes('filming')) ||
  (kind === 'prose' && topics[0] === 'streaming');

/** What a claim says, but for where it is from and how sure it is. */
const meaning = (claim: object) =>
  JSON.stringify(claim, (key, value: unknown) =>
    /^(known|confidence|change|valid|note|spoilerNote|spoiler|sources|reason|affirms|denies)$/.test(key)
      ? undefined
      : value,
  );

/** Every claim of a title, or of all, that says something new since the start. */
const expected = (title: string | undefined) =>
  slots
    .filter((slot) => isNews(slot) && (!title || (slot.title ?? slot.about) === title))
    .flatMap(({ slot, claims }) =>
      claims.flatMap((claim, at) => {
        const before = claims[at - 1];
        const isNew = !before || meaning(before) !== meaning(claim);
        return claim.known >= START && isNew ? [`${claim.known} ${slot}`] : [];
      }),
    )
    .toSorted();

/** Follows titles from the start, one server each, and returns what was posted for each. */
async function replay(titles: readonly (string | undefined)[], given: { digest?: 'weekly' } = {}) {
  const clock = testClock(`${START}T00:00:00Z`);
  const channels = recordingChannels({ clock });
  const bot = machine({ clock, sender: channels, facts });
  const guilds = titles.map((title, index) => ({
    title,
    guild: String(300000000000000000n + BigInt(index)),
  }));
  const ids = new Map<string, string | undefined>();
  for (const { title, guild } of guilds) {
    const follow = { ...(title && { title }), ...given, from: START };
    const { id } = await bot.add({ release: scopeOf(follow), follow, milestones: [] }, guild);
    ids.set(id, title);
  }
  await bot.runTo(END);
  bot.close();
  return Map.groupBy(channels.sends, ({ countdown }) => ids.get(countdown.id));
}

const toldIn = (posts: readonly PostOrder[]) =>
  posts
    .flatMap(({ occurrence, now }) =>
      (occurrence.items ?? []).map((item) => ({ ...readItem(item), on: utcDay(now) })),
    )
    .map(({ slot, known, on }) => ({ line: `${known} ${slot}`, slot, known, on }));

/** The week that ends on a day. */
const weekBefore = (day: string) =>
  Array.from({ length: 7 }, (_, days) => Temporal.PlainDate.from(day).subtract({ days }).toString());

test('ten years of news are told once each, on their day, for everything and for each title', async () => {
  const titles = [undefined, ...Object.keys(facts.titles)];
  const posts = await replay(titles);
  for (const title of titles) {
    const told = toldIn(posts.get(title) ?? []);
    expect(told.map(({ line }) => line).toSorted()).toEqual(expected(title));
    for (const { known, on } of told) expect(on).toBe(known);
  }
  expect(expected(undefined).length).toBeGreaterThan(200);
});

test('each post of ten years tells all of its news, as it is known on that day, and fits into a message', async () => {
  const posts = (await replay([undefined])).get(undefined) ?? [];
  for (const { countdown, occurrence, nonce, now } of posts) {
    const snapshot = facts.asOf(utcDay(now));
    const view = { facts, snapshot, language: catalogue.in('en-US'), spoilers: false };
    const { body } = createPost(view, countdown, occurrence, nonce, now);
    const items = (occurrence.items ?? []).map(readItem);
    for (const { slot, known } of items) expect(snapshot.get(slot)?.claim.known).toBe(known);
    const lines = body.content.split('\n').slice(items.length > 1 ? 1 : 0);
    expect(lines).toHaveLength(items.length);
    expect(body.content.length).toBeLessThanOrEqual(2000);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.content).not.toMatch(/undefined|null|\[object/);
  }
});

test('a weekly digest of ten years tells the same on Mondays, and leaves out what was superseded meanwhile', async () => {
  const posts = (await replay([undefined], { digest: 'weekly' })).get(undefined) ?? [];
  for (const { now } of posts) expect(now.toZonedDateTimeISO('UTC').dayOfWeek).toBe(1);
  const told = toldIn(posts);
  expect(new Set(told.map(({ line }) => line)).size).toBe(told.length);
  for (const { slot, known, on } of told) {
    expect(weekBefore(on)).toContain(known);
    expect(facts.asOf(on).get(slot)?.claim.known).toBe(known);
  }
  // Of each claim, the week's post tells what its slot says by then.
  for (const [known = '', slot = ''] of expected(undefined).map((line) => line.split(' '))) {
    const inTime = told.filter((item) => item.slot === slot && weekBefore(item.on).includes(known));
    expect(inTime.map((item) => item.slot)).toEqual([slot]);
  }
});
