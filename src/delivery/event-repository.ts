import { type GuildCountdowns, guildCountdownsSchema } from '../countdown/countdown.ts';
import { eventId, MOST_EVENTS, type ScheduledEvent } from '../countdown/scheduled-event.ts';
import type { KnowledgeNow } from '../knowledge/knowledge.ts';
import type { Store } from '../store/store.ts';
import { newId } from './countdown-repository.ts';
import { isEmpty, NOTHING_ORDERED } from './guild-settings.ts';

export type NewEvent = Pick<ScheduledEvent, 'release' | 'timeZone' | 'locale'>;
export type EventResult = { ok: true; event: ScheduledEvent; isNew: boolean } | { ok: false; why: 'full' };

/** The scheduled events that servers have asked for, and how each stands. */
export interface EventOrders {
  get(guildId: string, id: string): Promise<ScheduledEvent | undefined>;
  /** The one that a server has of a release. */
  of(guildId: string, release: string): Promise<ScheduledEvent | undefined>;
  /** Asks for one; where there is one it is tried again. `afresh`: what stood in the server is gone, and is made once more. */
  order(guildId: string, order: NewEvent, now: Temporal.Instant, afresh?: boolean): Promise<EventResult>;
  /** Has it taken down; false where there is none. */
  remove(guildId: string, release: string, now: Temporal.Instant): Promise<boolean>;
  /** Takes what is left of an order that is gone out of the queue. */
  drop(guildId: string, id: string): Promise<void>;
  /**
   * Writes down what a look came to, and when to look again. `alter` makes it of the order as it stands by then; null where
   * nothing of it is to be kept. False where the order is gone.
   */
  conclude(
    guildId: string,
    seen: ScheduledEvent,
    alter: (event: ScheduledEvent) => ScheduledEvent | null,
    next: NextLook,
  ): Promise<boolean>;
}

/** When to look again, and the fingerprint of the facts by which that was worked out. */
export interface NextLook {
  at: Temporal.Instant | null;
  basis: string;
}

/** Needs the store, the facts of this moment, and whom to tell that the queue has changed. */
export function eventOrdersIn(
  { open, queue, exclusively }: Pick<Store, 'open' | 'queue' | 'exclusively'>,
  knowledge: KnowledgeNow,
  changed: () => void,
): EventOrders {
  const guilds = open('countdowns', guildCountdownsSchema);
  const read = async (guildId: string) => (await guilds.get(guildId)) ?? NOTHING_ORDERED;
  const all = async (guildId: string) => (await read(guildId)).events ?? [];

  /** Puts an order in the place of the one of its id; without one takes that out. */
  async function write(guildId: string, id: string, event: ScheduledEvent | null): Promise<void> {
    const { events = [], ...rest } = await read(guildId);
    const others = events.filter((one) => one.id !== id);
    const now = event ? [...others, event] : others;
    const ordered: GuildCountdowns = now.length > 0 ? { ...rest, events: now } : rest;
    await (isEmpty(ordered) ? guilds.delete(guildId) : guilds.set(guildId, ordered));
  }
  async function lookAt(guildId: string, { id, release }: ScheduledEvent, { at, basis }: NextLook) {
    await queue.put({ countdownId: id, guildId, at, release, basis });
    changed();
  }
  const lookNow = (guildId: string, event: ScheduledEvent, now: Temporal.Instant) =>
    lookAt(guildId, event, { at: now, basis: knowledge().facts.basis(event.release) });
  const standing = async (guildId: string, release: string) =>
    (await all(guildId)).find((one) => one.release === release);

  return {
    get: async (guildId, id) => (await all(guildId)).find((one) => one.id === id),
    of: standing,
    order(guildId, order, now, afresh = false) {
      return exclusively(guildId, async (): Promise<EventResult> => {
        const before = await standing(guildId, order.release);
        if (!before && (await all(guildId)).length >= MOST_EVENTS) return { ok: false, why: 'full' };
        const event = before
          ? triedAgain(before, afresh)
          : { ...order, id: eventId(newId()), createdAt: now.toString() };
        // Before and after, as with a countdown: whatever is cut off, it is looked at, and found or dropped.
        await lookNow(guildId, event, now);
        await write(guildId, event.id, event);
        await lookNow(guildId, event, now);
        return { ok: true, event, isNew: !before };
      });
    },
    remove(guildId, release, now) {
      return exclusively(guildId, async () => {
        const event = await standing(guildId, release);
        if (!event || event.removed) return false;
        await write(guildId, event.id, { ...event, removed: true });
        await lookNow(guildId, event, now);
        return true;
      });
    },
    drop(guildId, id) {
      return exclusively(guildId, async () => {
        if (!(await all(guildId)).some((one) => one.id === id)) await queue.remove(id);
      });
    },
    conclude(guildId, seen, alter, next) {
      return exclusively(guildId, async () => {
        const event = (await all(guildId)).find(({ id }) => id === seen.id);
        const altered = event ? alter(event) : null;
        if (event && JSON.stringify(altered) !== JSON.stringify(event))
          await write(guildId, seen.id, altered);
        if (!altered) await queue.remove(seen.id);
        // Someone asked for something else meanwhile: then it is looked at again at once.
        else if (isSame(event, seen)) await lookAt(guildId, altered, next);
        else await lookNow(guildId, altered, Temporal.Instant.from(seen.createdAt));
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
