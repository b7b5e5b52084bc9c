import {
  type EventSubject,
  eventId,
  isSameSubject,
  MAX_EVENTS,
  type ScheduledEvent,
} from '../countdown/scheduled-event.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { GuildDocuments } from './guild-documents.ts';
import { newId } from './new-id.ts';

/** A scheduled event to be created, without what the repository sets. */
export type NewEvent = Pick<ScheduledEvent, 'release' | 'own' | 'timeZone' | 'locale'>;
/** The result of ordering an event. */
export type EventResult = { ok: true; event: ScheduledEvent; isNew: boolean } | { ok: false; why: 'full' };

/** When to process an event again, and the fingerprint of the facts from which that was computed. */
export interface NextCheck {
  at: Temporal.Instant | null;
  fingerprint: string;
}

/** The scheduled events that servers have asked for, and the state of each. */
export interface EventRepository {
  get(ownerId: string, id: string): Promise<ScheduledEvent | undefined>;
  /** Returns the events that Discord refused. */
  refused(ownerId: string): Promise<ScheduledEvent[]>;
  /** Returns the server's event for a release, or for a date of its own. */
  of(ownerId: string, subject: EventSubject): Promise<ScheduledEvent | undefined>;
  /** Orders an event. An existing one is retried, and moved with the server's own date; with `afresh` it is created again, as someone deleted it in the server. */
  order(ownerId: string, order: NewEvent, now: Temporal.Instant, afresh?: boolean): Promise<EventResult>;
  /** Has the event deleted; returns false if there is none. */
  remove(ownerId: string, subject: EventSubject, now: Temporal.Instant): Promise<boolean>;
  /** Removes the due entry of an event that no longer exists. */
  deleteEntry(ownerId: string, id: string): Promise<void>;
  /**
   * Stores the result of a step and when to process the event again. `alter` gets the event as it is stored then, and returns null
   * to delete it. Returns false if the event no longer exists.
   */
  saveResult(
    ownerId: string,
    seen: ScheduledEvent,
    alter: (event: ScheduledEvent) => ScheduledEvent | null,
    next: NextCheck,
  ): Promise<boolean>;
}

/** The services of the repository. */
export interface EventRepositoryOptions {
  guilds: GuildDocuments;
  queue: DueSchedule;
  withLock: KeyedQueue;
  /** Returns the current facts. */
  facts: () => Facts;
}

/** Creates the repository. Changes are made under the owner's lock. */
export function createEventRepository(options: EventRepositoryOptions): EventRepository {
  const { guilds, queue, withLock } = options;
  const list = async (ownerId: string) => (await guilds.read(ownerId)).events ?? [];
  const find = async (ownerId: string, id: string) => (await list(ownerId)).find((event) => event.id === id);
  const findFor = async (ownerId: string, subject: EventSubject) =>
    (await list(ownerId)).find((event) => isSameSubject(event, subject));

  return {
    get: find,
    refused: async (ownerId) => (await list(ownerId)).filter(({ refused }) => refused !== undefined),
    of: findFor,
    order(ownerId, order, now, afresh = false) {
      return withLock(ownerId, async (): Promise<EventResult> => {
        const before = await findFor(ownerId, order);
        if (!before && (await list(ownerId)).length >= MAX_EVENTS) return { ok: false, why: 'full' };
        const event = before
          ? { ...retried(before, afresh), ...(order.own && { own: order.own, timeZone: order.timeZone }) }
          : { ...order, id: eventId(newId()), createdAt: now.toString() };
        // Enqueued before and after, as a countdown is: wherever a crash interrupts this, the entry is processed.
        await processNow(options, ownerId, event, now);
        await replace(guilds, ownerId, event.id, event);
        await processNow(options, ownerId, event, now);
        return { ok: true, event, isNew: !before };
      });
    },
    remove(ownerId, subject, now) {
      return withLock(ownerId, async () => {
        const event = await findFor(ownerId, subject);
        if (!event || event.removed) return false;
        await replace(guilds, ownerId, event.id, { ...event, removed: true });
        await processNow(options, ownerId, event, now);
        return true;
      });
    },
    deleteEntry(ownerId, id) {
      return withLock(ownerId, async () => {
        if (!(await find(ownerId, id))) await queue.remove(id);
      });
    },
    saveResult(ownerId, seen, alter, next) {
      return withLock(ownerId, async () => {
        const event = await find(ownerId, seen.id);
        const altered = event ? alter(event) : null;
        if (event && !isSame(altered, event)) await replace(guilds, ownerId, seen.id, altered);
        if (!altered) await queue.remove(seen.id);
        else if (isSame(event, seen)) await enqueue(queue, ownerId, altered, next);
        // It was changed meanwhile: it is processed again at once.
        else await processNow(options, ownerId, altered, Temporal.Instant.from(seen.createdAt));
        return event !== undefined;
      });
    },
  };
}

/** Replaces the event of that id; null removes it. */
async function replace(
  guilds: GuildDocuments,
  ownerId: string,
  id: string,
  event: ScheduledEvent | null,
): Promise<void> {
  const { events = [], ...rest } = await guilds.read(ownerId);
  const others = events.filter((other) => other.id !== id);
  const kept = event ? [...others, event] : others;
  await guilds.write(ownerId, kept.length > 0 ? { ...rest, events: kept } : rest);
}

function enqueue(
  queue: DueSchedule,
  ownerId: string,
  { id, release }: ScheduledEvent,
  { at, fingerprint }: NextCheck,
): Promise<void> {
  return queue.enqueue({ entryId: id, ownerId, at, release, fingerprint });
}

function processNow(
  { queue, facts }: EventRepositoryOptions,
  ownerId: string,
  event: ScheduledEvent,
  now: Temporal.Instant,
): Promise<void> {
  return enqueue(queue, ownerId, event, { at: now, fingerprint: facts().fingerprint(event.release) });
}

const isSame = (a: ScheduledEvent | null | undefined, b: ScheduledEvent) =>
  JSON.stringify(a) === JSON.stringify(b);

/** Returns the event without its refusal and removal; with `afresh` also without the event that was created before. */
function retried(
  { refused: _, retry: __, removed: ___, left, made, ...event }: ScheduledEvent,
  afresh: boolean,
): ScheduledEvent {
  return { ...event, ...(!afresh && made && { made }), ...(!afresh && left && { left }) };
}
