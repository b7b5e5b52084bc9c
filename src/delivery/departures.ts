import {
  type Departure,
  departureCheckId,
  departureSchema,
  erasureInstant,
  type GoneDeparture,
  type ReturnedDeparture,
} from '../countdown/departure.ts';
import { isPerson } from '../countdown/owner.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { OpenDocuments } from '../store/documents.ts';
import type { DueEntry, DueSchedule } from '../store/due-queue.ts';
import { type GuildDocuments, isEmpty } from './guild-documents.ts';

/** The `release` of a check in the due queue. It is no release, so a start makes the check due: the answer may have changed. */
const NO_RELEASE = 'departure';

/**
 * The servers that seem to have removed the bot. Their data is kept for a day and nothing is posted there: the removal may be a
 * mistake. All writes are made under the owner's lock.
 */
export interface DepartureRepository {
  /** Returns the departure from a server; undefined if the bot is a member, as far as is known. */
  get(guildId: string): Promise<Departure | undefined>;
  /** Yields the servers from which the bot is away. */
  gone(): AsyncIterable<GoneDeparture>;
  /** Has Discord asked at `at` whether the bot is in the server. Does nothing if nothing is stored about the server. */
  requestCheck(guildId: string, at: Temporal.Instant): Promise<void>;
  /** Stores that the bot is away, and enqueues the erasure. Returns undefined if nothing is stored about the server. */
  markGone(guildId: string, now: Temporal.Instant): Promise<GoneDeparture | undefined>;
  /** Stores that the bot is a member, and makes everything due that was held while it was away. */
  markMember(guildId: string, now: Temporal.Instant): Promise<void>;
  /** Returns the return of the bot to a server if no admin has seen the note about it, and forgets it. */
  takeReturn(guildId: string): Promise<ReturnedDeparture | undefined>;
  /** Erases what is known of a departure. Call it under the owner's lock. */
  delete(guildId: string): Promise<void>;
}

/** The services of the repository. */
export interface DepartureOptions {
  open: OpenDocuments;
  guilds: GuildDocuments;
  queue: DueSchedule;
  withLock: KeyedQueue;
  /** Returns the current facts. */
  facts: () => Facts;
}

/** Creates the repository. */
export function createDepartures(options: DepartureOptions): DepartureRepository {
  const { guilds, queue, withLock } = options;
  const documents = options.open('departures', departureSchema);
  const enqueue = (guildId: string, at: Temporal.Instant) =>
    queue.enqueue({
      entryId: departureCheckId(guildId),
      ownerId: guildId,
      at,
      release: NO_RELEASE,
      fingerprint: '',
    });
  const remove = async (guildId: string) => {
    await documents.delete(guildId);
    await queue.remove(departureCheckId(guildId));
  };

  return {
    get: (guildId) => documents.get(guildId),
    async *gone() {
      for await (const guildId of documents.ids()) {
        const departure = await documents.get(guildId);
        if (departure?.state === 'gone') yield departure;
      }
    },
    requestCheck: (guildId, at) =>
      withLock(guildId, async () => {
        const isStored = !isEmpty(await guilds.read(guildId)) || (await documents.get(guildId)) !== undefined;
        if (isStored) await enqueue(guildId, at);
      }),
    markGone: (guildId, now) =>
      withLock(guildId, async () => {
        if (isEmpty(await guilds.read(guildId))) {
          await remove(guildId);
          return undefined;
        }
        const before = await documents.get(guildId);
        const departure: GoneDeparture =
          before?.state === 'gone' ? before : { state: 'gone', noticedAt: now.toString() };
        // Enqueued first: a crash in between leaves no departure without its check.
        await enqueue(guildId, erasureInstant(departure));
        await documents.set(guildId, departure);
        return departure;
      }),
    markMember: (guildId, now) =>
      withLock(guildId, async () => {
        const departure = await documents.get(guildId);
        if (departure) {
          const { noticedAt } = departure;
          if (departure.state === 'gone')
            await documents.set(guildId, { state: 'returned', noticedAt, returnedAt: now.toString() });
          await enqueueAll(options, guildId, now);
        }
        await queue.remove(departureCheckId(guildId));
      }),
    takeReturn: async (guildId) => {
      // Most servers have none: no lock is needed for them.
      if ((await documents.get(guildId))?.state !== 'returned') return undefined;
      return withLock(guildId, async () => {
        const departure = await documents.get(guildId);
        if (departure?.state !== 'returned') return undefined;
        await documents.delete(guildId);
        return departure;
      });
    },
    delete: remove,
  };
}

/** Makes all countdowns and events of a server due: delivery then computes when each is due next. */
async function enqueueAll(
  { guilds, queue, facts }: DepartureOptions,
  ownerId: string,
  at: Temporal.Instant,
): Promise<void> {
  const { countdowns, removed = [], events = [] } = await guilds.read(ownerId);
  const kept = removed.map(({ countdown }) => countdown);
  for (const { id: entryId, release } of [...countdowns, ...kept, ...events]) {
    await queue.enqueue({ entryId, ownerId, at, release, fingerprint: facts().fingerprint(release) });
  }
}

/** The services of `createHold`. */
export type HoldOptions = Pick<DepartureOptions, 'guilds' | 'queue' | 'withLock'> & {
  departures: Pick<DepartureRepository, 'get'>;
};

/** Takes an entry out of the queue while the bot is away from its server. Returns whether it did; a return enqueues it again. */
export type HoldWhileAway = (entry: DueEntry) => Promise<boolean>;

/** Creates the hold. */
export function createHold({ departures, guilds, queue, withLock }: HoldOptions): HoldWhileAway {
  const isAway = async (ownerId: string) => (await departures.get(ownerId))?.state === 'gone';
  return async ({ entryId, ownerId }) => {
    if (isPerson(ownerId) || !(await isAway(ownerId))) return false;
    return withLock(ownerId, async () => {
      // An interrupted erasure leaves entries without their countdowns: delivery erases what is left of them.
      if (!(await isAway(ownerId)) || isEmpty(await guilds.read(ownerId))) return false;
      await queue.remove(entryId);
      return true;
    });
  };
}
