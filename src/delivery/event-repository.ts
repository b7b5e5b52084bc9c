import { type GuildCountdowns, guildCountdownsSchema } from '../countdown/guild-document.ts';
import { eventId, MAX_EVENTS, type ScheduledEvent } from '../countdown/scheduled-event.ts';
import type { CurrentKnowledge } from '../knowledge/knowledge.ts';
import type { Store } from '../store/store.ts';
import { newId } from './countdown-repository.ts';
import { isEmpty, NOTHING_ORDERED } from './guild-settings.ts';

export type NewEvent = Pick<ScheduledEvent, 'release' | 'timeZone' | 'locale'>;
export type EventResult = { ok: true; event: ScheduledEvent; isNew: boolean } | { ok: false; why: 'full' };

/** The scheduled events that servers have asked for, and how each stands. */
export interface EventRepository {
  get(ownerId: string, id: string): Promise<ScheduledEvent | undefined>;
  /** The one that a server has of a release. */
  of(ownerId: string, release: string): Promise<ScheduledEvent | undefined>;
  /** Asks for one; where there is one it is tried again. `afresh`: what stood in the server is gone, and is made once more. */
  order(ownerId: string, order: NewEvent, now: Temporal.Instant, afresh?: boolean): Promise<EventResult>;
  /** Has it taken down; false where there is none. */
  remove(ownerId: string, release: string, now: Temporal.Instant): Promise<boolean>;
  /** Takes what is left of an order that is gone out of the queue. */
  drop(ownerId: string, id: string): Promise<void>;
  /**
   * Writes down what a look came to, and when to look again. `alter` makes it of the order as it stands by then; null where
   * nothing of it is to be kept. False where the order is gone.
   */
  conclude(
    ownerId: string,
    seen: ScheduledEvent,
    alter: (event: ScheduledEvent) => ScheduledEvent | null,
    next: NextCheck,
  ): Promise<boolean>;
}

/** When to look again, and the fingerprint of the facts by which that was worked out. */
export interface NextCheck {
  at: Temporal.Instant | null;
  fingerprint: string;
}

/** Needs the store, the facts of this moment, and whom to tell that the queue has changed. */
export function createEventRepository(
  { open, queue, withLock }: Pick<Store, 'open' | 'queue' | 'withLock'>,
  knowledge: CurrentKnowledge,
  changed: () => void,
): EventRepository {
  const guilds = open('countdowns', guildCountdownsSchema);
  const read = async (ownerId: string) => (await guilds.get(ownerId)) ?? NOTHING_ORDERED;
  const all = async (ownerId: string) => (await read(ownerId)).events ?? [];

  /** Puts an order in the place of the one of its id; without one takes that out. */
  async function write(ownerId: string, id: string, event: ScheduledEvent | null): Promise<void> {
    const { events = [], ...rest } = await read(ownerId);
    const others = events.filter((one) => one.id !== id);
    const now = event ? [...others, event] : others;
    const ordered: GuildCountdowns = now.length > 0 ? { ...rest, events: now } : rest;
    await (isEmpty(ordered) ? guilds.delete(ownerId) : guilds.set(ownerId, ordered));
  }
  async function lookAt(ownerId: string, { id, release }: ScheduledEvent, { at, fingerprint }: NextCheck) {
    await queue.enqueue({ entryId: id, ownerId, at, release, fingerprint });
    changed();
  }
  const lookNow = (ownerId: string, event: ScheduledEvent, now: Temporal.Instant) =>
    lookAt(ownerId, event, { at: now, fingerprint: knowledge().facts.fingerprint(event.release) });
  const standing = async (ownerId: string, release: string) =>
    (await all(ownerId)).find((one) => one.release === release);

  return {
    get: async (ownerId, id) => (await all(ownerId)).find((one) => one.id === id),
    of: standing,
    order(ownerId, order, now, afresh = false) {
      return withLock(ownerId, async (): Promise<EventResult> => {
        const before = await standing(ownerId, order.release);
        if (!before && (await all(ownerId)).length >= MAX_EVENTS) return { ok: false, why: 'full' };
        const event = before
          ? triedAgain(before, afresh)
          : { ...order, id: eventId(newId()), createdAt: now.toString() };
        // Before and after, as with a countdown: whatever is cut off, it is looked at, and found or dropped.
        await lookNow(ownerId, event, now);
        await write(ownerId, event.id, event);
        await lookNow(ownerId, event, now);
        return { ok: true, event, isNew: !before };
      });
    },
    remove(ownerId, release, now) {
      return withLock(ownerId, async () => {
        const event = await standing(ownerId, release);
        if (!event || event.removed) return false;
        await write(ownerId, event.id, { ...event, removed: true });
        await lookNow(ownerId, event, now);
        return true;
      });
    },
    drop(ownerId, id) {
      return withLock(ownerId, async () => {
        if (!(await all(ownerId)).some((one) => one.id === id)) await queue.remove(id);
      });
    },
    conclude(ownerId, seen, alter, next) {
      return withLock(ownerId, async () => {
        const event = (await all(ownerId)).find(({ id }) => id === seen.id);
        const altered = event ? alter(event) : null;
        if (event && JSON.stringify(altered) !== JSON.stringify(event))
          await write(ownerId, seen.id, altered);
        if (!altered) await queue.remove(seen.id);
        // Someone asked for something else meanwhile: then it is looked at again at once.
        else if (isSame(event, seen)) await lookAt(ownerId, altered, next);
        else await lookNow(ownerId, altered, Temporal.Instant.from(seen.createdAt));
        return event !== undefined;
      });
    },
  };
}

const isSame = (a: ScheduledEvent | undefined, b: ScheduledEvent) => JSON.stringify(a) === JSON.stringify(b);

/** What was refused is tried once more; what is gone is made once more. */
function triedAgain(
  { refused: _, removed: __, left, made, ...event }: ScheduledEvent,
  afresh: boolean,
): ScheduledEvent {
  return { ...event, ...(!afresh && made && { made }), ...(!afresh && left && { left }) };
}
