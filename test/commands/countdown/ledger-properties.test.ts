import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTENT_REFUSALS, PAUSE_REASONS, progressSchema } from '../../../src/countdown/countdown.ts';
import { ownerIdOf } from '../../../src/countdown/owner.ts';
import { type LedgerRecord, ledgerSchema } from '../../../src/delivery/ledger.ts';
import { createRepositories } from '../../../src/delivery/repositories.ts';
import { handleInteraction } from '../../../src/interactions/handle-interaction.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { silent } from '../../delivery/support.ts';
import { createInteractionOptions } from '../support.ts';
import { at, CHANNEL_REFUSED, temporaryFolder } from './support.ts';

const GUILD = '200000000000000001';
const USER = '300000000000000001';
const { facts } = loadData('data');
const ADDED = at('2025-05-01T00:00:00Z');
const MILESTONES = [3, 2, 1, 0];

/** Any record that a ledger can hold, of a day in May 2025. */
const record: fc.Arbitrary<LedgerRecord> = fc
  .tuple(
    fc.constantFrom('sending', 'posted', 'waiting', 'paused', 'skipped'),
    fc.integer({ min: 1, max: 28 }),
    fc.constantFrom(...PAUSE_REASONS),
    fc.constantFrom('late', 'collapsed', 'gave-up', 'unsure', 'rejected'),
    fc.option(fc.constantFrom(...CONTENT_REFUSALS), { nil: undefined }),
  )
  .map(([state, day, reason, why, content]): LedgerRecord => {
    const instant = `2025-05-${String(day).padStart(2, '0')}T09:00:00Z`;
    if (state === 'sending') return { state, attempt: 1, nonce: 'n', at: instant };
    if (state === 'waiting') return { state, attempt: 1, at: instant };
    if (state === 'posted')
      return { state, messageId: '100000000000000009', at: instant, channelId: '100000000000000001' };
    if (state === 'paused') return { state, why: reason, at: instant };
    return { state, why, at: instant, ...(why === 'rejected' && content && { content }) };
  });

/** What is stored of a countdown: a record for some of its milestones, how far it is settled, and whether it is silent. */
const stored = fc.record({
  records: fc.array(fc.option(record, { nil: undefined }), {
    minLength: MILESTONES.length,
    maxLength: MILESTONES.length,
  }),
  settledDay: fc.integer({ min: 1, max: 31 }),
  paused: fc.option(fc.constantFrom(...PAUSE_REASONS), { nil: undefined }),
  /** When it is asked: before, between and after the posts of a countdown to May 20, 2025. */
  now: fc.constantFrom('2025-05-18T12:00:00Z', '2025-05-20T12:00:00Z', '2025-05-30T12:00:00Z'),
});
type Stored = typeof stored extends fc.Arbitrary<infer T> ? T : never;

async function write(store: Store, id: string, { records, settledDay, paused }: Stored) {
  const entries = records.flatMap((found, index) =>
    found ? [[`${id}/milestone/${MILESTONES[index]}/2025-05-20`, found] as const] : [],
  );
  await store.open('ledger', ledgerSchema).set(id, Object.fromEntries(entries));
  await store.open('progress', progressSchema).set(id, {
    told: '2025-05-20',
    settledThrough: `2025-05-${String(settledDay).padStart(2, '0')}T09:00:00Z`,
    ...(paused && { paused, pausedIn: '100000000000000001' }),
  });
}

/** Adds a countdown to May 20, 2025. */
async function add(store: Store, ownerId: string) {
  const result = await createRepositories(store, () => facts).countdowns.add(
    ownerId,
    {
      ...(ownerId === GUILD ? {} : { personal: true as const }),
      channelId: '100000000000000001',
      release: 'own',
      own: { title: 'Party', date: '2025-05-20' },
      anniversary: false,
      timeZone: 'UTC',
      time: '09:00',
      milestones: MILESTONES,
      locale: 'en-US',
    },
    ADDED,
  );
  if (!result.ok) throw new Error(result.why);
  return result.state.countdown.id;
}

/** What the command answers at an instant, as one text. */
async function answer(store: Store, path: readonly [string, string], now: string, options: object[] = []) {
  const [name, subcommand] = path;
  const response = await handleInteraction(createInteractionOptions(store, at(now), 'abc123'), {
    id: '1',
    application_id: '2',
    token: 't',
    type: 2,
    locale: 'en-US',
    guild_id: GUILD,
    guild_locale: 'en-US',
    member: { permissions: '8', roles: [], user: { id: USER } },
    authorizing_integration_owners: { 0: GUILD },
    data: { name, type: 1, options: [{ type: 1, name: subcommand, options }] },
  } as never);
  return JSON.stringify(response);
}

/** Whether the post of a day in May fell due after everything that is settled, and has no record of its end. */
const isMissed = ({ records, settledDay }: Stored, day: number, index: number): boolean =>
  day > settledDay && !['posted', 'skipped'].includes(records[index]?.state ?? '');

/** Whether the newest record is a refusal, and no other is as new. */
function isRefusedLast(records: readonly LedgerRecord[]): boolean {
  const [newest, next] = records.toSorted((a, b) => Temporal.Instant.compare(b.at, a.at));
  return newest?.state === 'paused' && newest.at !== next?.at;
}

const POSTED: LedgerRecord = { state: 'posted', messageId: '100000000000000009', at: '2025-05-20T09:00:00Z' };
const OVER = { settledDay: 20, paused: undefined, now: '2025-05-30T12:00:00Z' } as const;
const NONE = MILESTONES.map(() => undefined);
const EXAMPLES: Stored[] = [
  { ...OVER, records: [POSTED, POSTED, POSTED, POSTED] },
  { ...OVER, records: NONE },
  { ...OVER, records: NONE, settledDay: 1, now: '2025-05-18T12:00:00Z' },
];
const SENTENCES = [
  'Everything was posted',
  'Everything was sent',
  'Finished: no posts',
  'Nothing has been posted yet',
];

test('no ledger makes status, list, preview or remind list say what is not so', async () => {
  const folder = temporaryFolder();
  const database = { kind: 'sqlite', path: join(folder, 'db.sqlite') } as const;
  const store = await openStore(database, { postsPerSecond: 40, log: silent });
  const id = await add(store, GUILD);
  const reminder = await add(store, ownerIdOf(USER));
  const seen: string[] = [];
  const named = [{ type: 3, name: 'countdown', value: 'Party' }];
  const check = fc.asyncProperty(stored, async (given) => {
    await write(store, id, given);
    await write(store, reminder, given);
    const records = given.records.filter((found) => found !== undefined);
    const posted = records.filter(({ state }) => state === 'posted').length;
    const skipped = records.filter(({ state }) => state === 'skipped').length;
    const missed = MILESTONES.filter((days, index) => isMissed(given, 20 - days, index)).length;
    const status = await answer(store, ['countdown', 'status'], given.now);
    const list = await answer(store, ['countdown', 'list'], given.now);
    const preview = await answer(store, ['countdown', 'preview'], given.now, named);
    const reminders = await answer(store, ['remind', 'list'], given.now);

    seen.push(status, list, preview, reminders);
    for (const text of [status, list, preview, reminders]) {
      const isAll = /Everything was (posted|sent)/.test(text);
      if (isAll)
        expect({ posted: posted > 0, skipped, missed }).toEqual({ posted: true, skipped: 0, missed: 0 });
      expect(isAll && text.includes('Nothing has been posted yet')).toBe(false);
      if (posted > 0) expect(text).not.toMatch(/Finished: no posts|Nothing has been posted yet/);
      const [, count] = /Finished: (\d+) posts?[,.]/.exec(text) ?? [];
      if (count) expect(Number(count)).toBe(posted);
    }
    if (posted > 0) expect(status).toContain('Last post: <t:');
    const isOver = reminders.includes('Finished');
    if (!isOver && (given.paused || isRefusedLast(records))) expect(reminders).toContain('I couldn’t DM you');
    if (given.paused && !isOver) expect(status).toMatch(CHANNEL_REFUSED);
  });
  await fc.assert(check, { numRuns: 150, examples: EXAMPLES.map((example) => [example]) });
  // All sentences that exclude each other were seen.
  for (const sentence of SENTENCES) expect(seen.some((text) => text.includes(sentence))).toBe(true);
  await store.close();
});
