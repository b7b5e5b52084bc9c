import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createInvalidRequestBudget } from '../../src/delivery/invalid-request-budget.ts';
import { createLedger } from '../../src/delivery/ledger.ts';
import { createProcessor } from '../../src/delivery/process-countdown.ts';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { REAL_TIME } from '../../src/lib/real-time.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import {
  agreeableChanges,
  factsWith,
  GUILD,
  order,
  PLAIN_HISTORY,
  recordingChannels,
  rightClock,
  silent,
  testClock,
} from './support.ts';

/** A bot whose database can be kept from growing. */
function bot() {
  const sqlite = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(sqlite.close);
  const clock = testClock('2024-05-30T00:00:00Z');
  const store = createSqliteStore(sqlite, { postsPerSecond: 1_000_000 });
  const { queue, withLock, acquireSlot } = store;
  const facts = factsWith(PLAIN_HISTORY);
  const repositories = createRepositories(store, () => facts);
  const sender = recordingChannels({ clock });
  const { process } = createProcessor({
    facts: () => facts,
    clock,
    monotonic: REAL_TIME.now,
    sleep: REAL_TIME.sleep,
    ...repositories,
    queue,
    ledger: createLedger(store.open),
    sender,
    preparePost: async () => {},
    changes: agreeableChanges,
    crosspost: async () => ({ kind: 'published' }),
    invalidRequests: createInvalidRequestBudget(),
    clockCheck: rightClock,
    withLock,
    acquireSlot,
    metrics: noMetrics,
    random: () => 0,
    log: silent,
    checkRefusal: async () => ({ kind: 'confirmed' }),
    isRoleGone: async () => false,
    onChannelRefused: async () => false,
    onTokenRejected: () => {},
  });
  const fill = () => sqlite.db.exec('PRAGMA query_only = ON');
  const free = () => sqlite.db.exec('PRAGMA query_only = OFF');
  return { clock, ...repositories, queue, sender, process, fill, free };
}

test('nothing is posted while the ledger cannot be written; after that the post is made once', async () => {
  const { clock, countdowns, queue, sender, process, fill, free } = bot();
  await countdowns.add(GUILD, order({ milestones: [7] }), clock.now());
  clock.set('2024-05-31T09:00:00Z');
  const [entry] = await queue.claim(clock.now(), new Set(), 1);
  if (!entry) throw new Error('nothing is due');
  fill();
  await expect(process(entry)).rejects.toThrow();
  expect(sender.sends).toEqual([]);
  free();
  clock.add({ minutes: 1 });
  await process(entry);
  await process(entry);
  expect(sender.posted).toHaveLength(1);
});

test('a post is not repeated if its record cannot be written after the send', async () => {
  const { clock, countdowns, queue, sender, process, fill, free } = bot();
  await countdowns.add(GUILD, order({ milestones: [7] }), clock.now());
  clock.set('2024-05-31T09:00:00Z');
  const [entry] = await queue.claim(clock.now(), new Set(), 1);
  if (!entry) throw new Error('nothing is due');
  const send = sender.send;
  sender.send = async (given) => {
    const outcome = await send(given);
    fill();
    return outcome;
  };
  await expect(process(entry)).rejects.toThrow();
  for (const minutes of [1, 10]) {
    clock.add({ minutes });
    await expect(process(entry)).rejects.toThrow();
  }
  free();
  sender.send = send;
  await process(entry);
  expect(sender.posted).toHaveLength(1);
});

test('a countdown that could not be stored does not exist afterwards', async () => {
  const { clock, countdowns, fill, free } = bot();
  fill();
  await expect(countdowns.add(GUILD, order(), clock.now())).rejects.toThrow();
  free();
  expect(await countdowns.list(GUILD)).toEqual([]);
});
