import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Countdown } from '../../src/countdown/countdown.ts';
import type { ClockCheck } from '../../src/delivery/clock-check.ts';
import type { NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { createInvalidRequestBudget } from '../../src/delivery/invalid-request-budget.ts';
import { createLedger, type Ledger } from '../../src/delivery/ledger.ts';
import type { Outcome } from '../../src/delivery/outcome.ts';
import type {
  Crosspost,
  DeliveryServices,
  MessageSender,
  PostChanges,
  PostOrder,
} from '../../src/delivery/ports.ts';
import { createProcessor } from '../../src/delivery/process-countdown.ts';
import { createRepositories, type Repositories } from '../../src/delivery/repositories.ts';
import type { Slot } from '../../src/facts/schema.ts';
import { createFacts, type Facts } from '../../src/facts/snapshot.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { REAL_TIME } from '../../src/lib/real-time.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import type { DueEntry, DueQueue } from '../../src/store/due-queue.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';

export const at = (text: string) => Temporal.Instant.from(text);
export const GUILD = '200000000000000001';
export const CHANNEL = '100000000000000001';
export const silent = pino({ level: 'silent' });

/** A clock that stands still until it is set. */
export interface TestClock extends Clock {
  /** Sets it, forward or back, and wakes who waited for that instant. */
  set(instant: Temporal.Instant | string): void;
  add(duration: Temporal.DurationLike): void;
  /** How many sleep. */
  sleepers(): number;
}

export function testClock(start: string): TestClock {
  let now = at(start);
  const asleep = new Set<{ until: Temporal.Instant; wake: () => void }>();
  const set = (instant: Temporal.Instant | string) => {
    now = Temporal.Instant.from(instant);
    for (const sleeper of asleep) if (Temporal.Instant.compare(sleeper.until, now) <= 0) sleeper.wake();
  };
  return {
    now: () => now,
    set,
    add: (duration) => set(now.add(duration)),
    sleepers: () => asleep.size,
    sleepUntil: (until, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || Temporal.Instant.compare(until, now) <= 0) return resolve();
        const sleeper = {
          until,
          wake: () => {
            asleep.delete(sleeper);
            resolve();
          },
        };
        asleep.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
  };
}

export type History = readonly { known: string; date: string | null }[];

/** Facts that know two releases, "film/release" and "film/premiere", and how their date moved. */
export function factsWith(history: History): Facts {
  const claims = history.map(({ known, date }) => ({
    known,
    ...(date === null ? { status: 'undated' } : { status: 'planned', date }),
    confidence: 'high',
    sources: [],
  }));
  const slots = ['film/release', 'film/premiere'].map((slot, index) => ({
    file: 'film.json',
    index,
    slot: {
      slot,
      kind: 'release',
      title: 'film',
      medium: 'theatrical',
      regions: ['US'],
      claims,
    } as unknown as Slot,
  }));
  return createFacts({ slots, sources: {}, titles: {}, people: {}, characters: {}, terms: {}, ids: {} });
}

export const PLAIN_HISTORY: History = [{ known: '2023-01-01', date: '2024-06-07' }];

export const order = (given: Partial<NewCountdown> = {}): NewCountdown => ({
  channelId: CHANNEL,
  release: 'film/release',
  anniversary: false,
  timeZone: 'UTC',
  time: '09:00',
  milestones: [7, 1, 0],
  locale: 'en-US',
  ...given,
});

/** A Discord of one method: it knows a nonce again for a while, and keeps what was posted. */
export interface Channels extends MessageSender {
  send(order: PostOrder, maySend?: () => boolean): Promise<Outcome>;
  posted: { key: string; nonce: string; channelId: string; at: Temporal.Instant; id: string }[];
  /** Every request, those that failed included. */
  sends: PostOrder[];
  searches: number;
}

export interface ChannelsOptions {
  clock: Clock;
  /** How long a nonce is known again. */
  window?: Temporal.DurationLike;
  /** Whether the past of the channels may be read. */
  readable?: boolean;
  /** What happens to a send instead of its answer; undefined: nothing special. `made` says whether the post was made. */
  answer?: (send: PostOrder, count: number) => { outcome: Outcome; made: boolean } | undefined;
}

export function recordingChannels({
  clock,
  window = { minutes: 2 },
  readable = true,
  answer,
}: ChannelsOptions): Channels {
  const posted: Channels['posted'] = [];
  const sends: PostOrder[] = [];
  const make = ({ nonce, occurrence, countdown }: PostOrder) => {
    const now = clock.now();
    const known = posted.findLast((message) => message.nonce === nonce);
    if (known && Temporal.Instant.compare(now, known.at.add(window)) <= 0) return known.id;
    const id = `message-${posted.length + 1}`;
    posted.push({ key: occurrence.key, nonce, channelId: countdown.channelId, at: now, id });
    return id;
  };
  const channels: Channels = {
    posted,
    sends,
    searches: 0,
    async send(given, maySend = () => true) {
      if (!maySend()) return { kind: 'retry', why: 'held up before the send', notSent: true };
      sends.push(given);
      const special = answer?.(given, sends.length);
      if (special && !special.made) return special.outcome;
      const messageId = make(given);
      return special?.outcome ?? { kind: 'posted', messageId };
    },
    async find({ nonce }) {
      channels.searches += 1;
      if (!readable) return { kind: 'unsure' };
      const found = posted.find((message) => message.nonce === nonce);
      return found ? { kind: 'found', messageId: found.id } : { kind: 'absent' };
    },
  };
  return channels;
}

/** A check that finds every clock right. */
export const rightClock: Pick<ClockCheck, 'assertRight' | 'confirm' | 'isRight' | 'whenRight'> = {
  confirm: async () => true,
  assertRight: async () => {},
  isRight: async () => true,
  whenRight: async () => {},
};

/** Every change of a post succeeds. */
export const agreeableChanges: PostChanges = {
  edit: async () => ({ kind: 'edited' }),
  remove: async () => ({ kind: 'done' }),
  pin: async () => ({ kind: 'done' }),
  unpin: async () => ({ kind: 'done' }),
};

/** The delivering half of the bot on a file, with the real store. */
export interface Machine extends Repositories {
  queue: DueQueue;
  ledger: Ledger;
  process: (entry: DueEntry) => Promise<void>;
  waiting: () => number;
  add(given?: Partial<NewCountdown>, guildId?: string): Promise<Countdown>;
  /** Delivers everything that is due now, one after the other. */
  run(): Promise<void>;
  /** Goes to each instant at which something is due until `to`, and delivers it there. */
  runTo(to: string): Promise<void>;
  close(): void;
}

export interface MachineOptions {
  clock: TestClock;
  sender: MessageSender;
  /** The database file; one of its own for this test where it is left out. */
  path?: string;
  /** The store, where it is not in a file. */
  store?: Store;
  facts?: Facts;
  /** How a post is published; it is, unless told otherwise. */
  crosspost?: Crosspost;
  /** Changes the parts before they are put together: to let one of them fail. */
  spoil?: (parts: DeliveryServices) => DeliveryServices;
  /** What changes posts; it does, unless told otherwise. */
  changes?: PostChanges;
  onTokenRejected?: () => void;
  /** The monotonic clock; that of the machine unless told otherwise. */
  monotonic?: () => number;
  clockCheck?: DeliveryServices['clockCheck'];
}

export function machine({ clock, sender, spoil = (parts) => parts, ...options }: MachineOptions): Machine {
  const {
    path = join(temporaryFolder(), 'test.sqlite'),
    facts = factsWith(PLAIN_HISTORY),
    crosspost = async () => ({ kind: 'published' }),
    changes = agreeableChanges,
    onTokenRejected = () => {},
    monotonic = () => performance.now(),
    clockCheck = rightClock,
    store = openSqliteStore(path, { postsPerSecond: 1_000_000 }),
  } = options;
  let open = true;
  const close = () => {
    if (open) void store.close();
    open = false;
  };
  onTestFinished(close);
  const { queue } = store;
  const repositories = createRepositories(store, () => facts);
  const ledger = createLedger(store.open);
  const parts = spoil({
    facts: () => facts,
    clock,
    monotonic,
    sleep: REAL_TIME.sleep,
    ...repositories,
    queue,
    ledger,
    sender,
    preparePost: async () => {},
    crosspost,
    changes,
    invalidRequests: createInvalidRequestBudget(),
    clockCheck,
    acquireSlot: async () => {},
    withLock: store.withLock,
    metrics: noMetrics,
    random: () => 0,
    log: silent,
    checkRefusal: async () => ({ kind: 'confirmed' }),
    isRoleGone: async () => false,
    onChannelRefused: async () => false,
    onTokenRejected,
  });
  const { process, waiting } = createProcessor(parts);

  async function run(): Promise<void> {
    for (let rounds = 0; ; rounds += 1) {
      const entries = await queue.claim(clock.now(), new Set(), 10_000);
      if (entries.length === 0) return;
      if (rounds > 1000)
        throw new Error(`still due at ${clock.now()}: ${entries.map(({ entryId }) => entryId)}`);
      for (const entry of entries) {
        await process(entry);
        await queue.release(entry.entryId);
      }
    }
  }

  return {
    ...repositories,
    queue,
    ledger,
    process,
    waiting,
    close,
    run,
    async add(given = {}, guildId = GUILD) {
      const result = await repositories.countdowns.add(guildId, order(given), clock.now());
      if (!result.ok) throw new Error(result.why);
      return result.state.countdown;
    },
    async runTo(to) {
      for (;;) {
        await run();
        const next = await queue.nextAt(new Set());
        if (!next || Temporal.Instant.compare(next, at(to)) > 0) break;
        clock.set(next);
      }
      clock.set(to);
      await run();
    },
  };
}
