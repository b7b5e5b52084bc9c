import { createKeyedQueue, type KeyedQueue } from '../src/lib/keyed-queue.ts';
import type { Documents, OpenDocuments } from '../src/store/documents.ts';
import type { DueQueue } from '../src/store/due-queue.ts';
import { createRateLimiter } from '../src/store/rate-limiter.ts';
import type { Sqlite } from '../src/store/sqlite/database.ts';
import { createSqliteStore } from '../src/store/sqlite/store.ts';
import type { Store } from '../src/store/store.ts';
import { createRealTime, type Life, never } from './machine.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A process without a sign of life loses its claims after this time. */
const CLAIM_TIMEOUT_MS = 10_000;
const POSTS_PER_SECOND = 45;

/** What all processes on the database share beside its rows. */
export interface SharedState {
  sqlite: Sqlite;
  /** Undefined: only one process uses the database. */
  claims: Map<string, { life: Life; until: number }> | undefined;
  locks: Map<string, { life: Life; end: Promise<unknown> }>;
  acquireSlot: () => Promise<void>;
}

/** Creates the state of a new database. */
export function createSharedState(
  sqlite: Sqlite,
  time: VirtualTime,
  { startMs, isShared }: { startMs: number; isShared: boolean },
): SharedState {
  const eternal = { isDead: false, onDeath: [] };
  const realTime = createRealTime(time, startMs, eternal);
  return {
    sqlite,
    claims: isShared ? new Map() : undefined,
    locks: new Map(),
    acquireSlot: createRateLimiter(POSTS_PER_SECOND, realTime),
  };
}

/** Sees each step of a process that changes the database. */
export interface StoreWatch {
  /** Called before a change takes effect and after it; ends the process if it is to crash there. */
  step(life: Life): void;
  /** Called with what is stored now. */
  stored(kind: string, id: string, document: unknown): void;
}

/** Returns the store as a process has it. It is the real one; a dead process waits forever. */
export function openStoreOf(life: Life, shared: SharedState, time: VirtualTime, watch: StoreWatch): Store {
  const store = createSqliteStore(shared.sqlite, { postsPerSecond: POSTS_PER_SECOND });
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.isDead) return never();
    const result = await work();
    return life.isDead ? never() : result;
  };
  /** A change: the process may crash before it, or right after it. */
  const change = <T>(work: () => Promise<T>): Promise<T> =>
    guard(async () => {
      watch.step(life);
      if (life.isDead) return never();
      const result = await work();
      watch.step(life);
      return result;
    });
  return {
    ...store,
    open: openWatched(store.open, { guard, change, watch }),
    queue: createQueue(store.queue, { life, shared, time, guard, change }),
    withLock: shared.claims
      ? createSharedLock(life, shared)
      : (key, work) => guard(() => store.withLock(key, work)),
    acquireSlot: () => guard(shared.acquireSlot),
    close: async () => {},
  };
}

interface Guards {
  guard: <T>(work: () => Promise<T>) => Promise<T>;
  change: <T>(work: () => Promise<T>) => Promise<T>;
}

function openWatched(
  open: OpenDocuments,
  { guard, change, watch }: Guards & { watch: StoreWatch },
): OpenDocuments {
  return <T>(kind: string, schema: Parameters<typeof open<T>>[1]): Documents<T> => {
    const documents = open(kind, schema);
    return {
      get: (id) => guard(() => documents.get(id)),
      ids: () => documents.ids(),
      set: (id, document) =>
        change(async () => {
          await documents.set(id, document);
          watch.stored(kind, id, document);
        }),
      delete: (id) =>
        change(async () => {
          await documents.delete(id);
          watch.stored(kind, id, undefined);
        }),
      update: (id, alter) =>
        change(async () => {
          let latest: T | undefined;
          await documents.update(id, (document) => {
            latest = alter(document);
            return latest;
          });
          if (latest !== undefined) watch.stored(kind, id, latest);
        }),
    };
  };
}

function createQueue(
  queue: DueQueue,
  { life, shared, time, guard, change }: Guards & { life: Life; shared: SharedState; time: VirtualTime },
): DueQueue {
  const { claims } = shared;
  if (claims) life.onDeath.push(() => loseClaims(claims, life, time));
  const isOthers = (entryId: string) => {
    const claim = claims?.get(entryId);
    return claim !== undefined && claim.life !== life && time.now() < claim.until;
  };
  return {
    ...queue,
    shared: claims !== undefined,
    enqueue: (entry) => change(() => queue.enqueue(entry)),
    remove: (id) => change(() => queue.remove(id)),
    refresh: (...given) => change(() => queue.refresh(...given)),
    releases: () => guard(queue.releases),
    claim: (now, claimed, limit) =>
      guard(async () => {
        const others = [...(claims?.keys() ?? [])].filter(isOthers);
        const entries = await queue.claim(now, new Set([...claimed, ...others]), limit);
        for (const { entryId } of entries) claims?.set(entryId, { life, until: Number.POSITIVE_INFINITY });
        return entries;
      }),
    release: (id) => guard(async () => void (claims?.get(id)?.life === life && claims.delete(id))),
    nextAt: (claimed) => guard(() => queue.nextAt(claimed)),
  };
}

function loseClaims(claims: NonNullable<SharedState['claims']>, life: Life, time: VirtualTime): void {
  const until = time.now() + CLAIM_TIMEOUT_MS;
  for (const claim of claims.values()) if (claim.life === life) claim.until = until;
  time.at(until, () => {
    for (const [id, claim] of claims) if (claim.life === life) claims.delete(id);
  });
}

/** A lock that all processes share; the locks of a process end with it, as those of a database connection do. */
function createSharedLock(life: Life, { locks }: SharedState): KeyedQueue {
  const own = createKeyedQueue();
  return (key, work) =>
    own(key, async () => {
      for (;;) {
        const held = locks.get(key);
        if (!held || held.life.isDead || held.life === life) break;
        await Promise.race([held.end, new Promise<void>((resolve) => held.life.onDeath.push(resolve))]);
      }
      if (life.isDead) return never();
      const { promise, resolve } = Promise.withResolvers<void>();
      locks.set(key, { life, end: promise });
      try {
        return await work();
      } finally {
        if (locks.get(key)?.life === life) locks.delete(key);
        resolve();
      }
    });
}
