import type { Logger } from 'pino';
import type { View } from '../answers/card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import {
  type EventRefusal,
  eventStep,
  hoursOf,
  type MadeEvent,
  type ScheduledEvent,
} from '../countdown/scheduled-event.ts';
import { targetOf } from '../countdown/target.ts';
import { type Day, utcDay } from '../facts/dates.ts';
import type { CurrentKnowledge } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { DueEntry, DueQueue } from '../store/due-queue.ts';
import type { EventRepository } from './event-repository.ts';
import type { EventResponse, EventText, ScheduledEventApi } from './scheduled-event-api.ts';

export interface EventSyncOptions {
  knowledge: CurrentKnowledge;
  clock: Clock;
  queue: DueQueue;
  orders: EventRepository;
  calls: ScheduledEventApi;
  log: Logger;
  /** Called when Discord refuses the token. */
  refused: () => void;
}

/** What Discord does not take just now is tried again after this time. */
const AGAIN_AFTER = Temporal.Duration.from({ minutes: 5 });

/** How an order is changed by what came of a step. */
type Alter = (event: ScheduledEvent) => ScheduledEvent | null;
type Failed = Extract<EventResponse<never>, { ok: false }>;
const isFailed = (came: Alter | Failed): came is Failed => typeof came !== 'function';

/**
 * Looks at a scheduled event that is due to be looked at: brings it in step with the facts of now. Each step is written down
 * before the next, so that it can be cut off anywhere; what may have been made and not written down is looked for first.
 */
export function createEventSync(parts: EventSyncOptions): (entry: DueEntry) => Promise<void> {
  const { knowledge, clock, queue, orders, calls, log, refused } = parts;

  return async ({ entryId: id, ownerId }) => {
    const { facts, catalogue } = knowledge();
    for (;;) {
      const event = await orders.get(ownerId, id);
      if (!event) return orders.drop(ownerId, id);
      const { release } = event;
      const now = clock.now();
      const look = (at: Temporal.Instant | null) => ({ at, fingerprint: facts.fingerprint(release) });
      const today = utcDay(now);
      const view = {
        facts,
        snapshot: facts.asOf(today),
        language: catalogue.in(event.locale),
        spoilers: false,
      };
      const target = targetOf(facts, event, today);
      const text = textOf(view, event);
      const step = eventStep(event, target, text.name, now);
      if (step.do === 'nothing') {
        await orders.conclude(ownerId, event, (same) => same, look(step.next));
        // New facts may have come between: then this entry was put by the old ones.
        const { facts: newest } = knowledge();
        return newest === facts ? undefined : queue.refresh(release, newest.fingerprint(release), now);
      }

      const day = target.date ?? '';
      const came =
        step.do === 'forget' ? () => null : await WAYS[step.do](calls, ownerId, event, { text, day, now });
      const about = { guild: ownerId, release, step: step.do };
      if (!isFailed(came)) {
        log.info(about, 'scheduled event');
        const stillThere = await orders.conclude(ownerId, event, came, look(now));
        if (!stillThere) await undo(ownerId, came(event)?.made, event);
        continue;
      }
      log.warn({ ...about, why: came.why }, 'scheduled event');
      if (came.why === 'refused') return refused();
      if (came.why === 'later')
        return void (await orders.conclude(ownerId, event, (same) => same, look(now.add(AGAIN_AFTER))));
      const { why } = came;
      await orders.conclude(ownerId, event, (one) => refusedBy(one, why), look(now));
    }
  };

  /** The server was forgotten while its event was being made. */
  async function undo(ownerId: string, made: MadeEvent | undefined, before: ScheduledEvent): Promise<void> {
    if (made && made.id !== before.made?.id) await calls.remove(ownerId, made.id);
  }
}

/** One that is to go and may not be taken down is let go; one that someone deleted is not made again. */
function refusedBy(event: ScheduledEvent, why: EventRefusal | 'gone'): ScheduledEvent | null {
  if (event.removed) return null;
  return why === 'gone' ? { ...event, left: 'deleted' } : { ...event, refused: why };
}

interface Wanted {
  text: EventText;
  day: Day;
  now: Temporal.Instant;
}
type Way = (
  calls: ScheduledEventApi,
  ownerId: string,
  event: ScheduledEvent,
  wanted: Wanted,
) => Promise<Alter | Failed>;

const WAYS = { make, move, withdraw } satisfies Record<string, Way>;

async function make(
  calls: ScheduledEventApi,
  ownerId: string,
  event: ScheduledEvent,
  wanted: Wanted,
): Promise<Alter | Failed> {
  const { text, day, now } = wanted;
  const { timeZone } = event;
  const found = await calls.find(ownerId, text);
  if (!found.ok) return found;
  if (found.value) {
    const { id, start } = found.value;
    const stands = start.toZonedDateTimeISO(timeZone).toPlainDate().toString();
    return standing({ id, day: stands, start, name: text.name });
  }
  const hours = hoursOf(day, timeZone, now);
  const made = await calls.make(ownerId, text, hours);
  if (!made.ok) return made;
  return standing({ id: made.value, day, start: hours.start, name: text.name });
}

/** Writes down how the event stands at Discord. */
function standing({
  start,
  ...rest
}: {
  id: string;
  day: Day;
  start: Temporal.Instant;
  name: string;
}): Alter {
  const made = { ...rest, start: start.toString() };
  return (one) => ({ ...one, made });
}

async function move(
  calls: ScheduledEventApi,
  ownerId: string,
  event: ScheduledEvent,
  wanted: Wanted,
): Promise<Alter | Failed> {
  const { text, day, now } = wanted;
  const { made } = event;
  if (!made) return (same) => same;
  const begun = await calls.isBegun(ownerId, made.id);
  if (!begun.ok) return begun;
  if (begun.value) return (one) => ({ ...one, left: 'begun' });
  const hours = hoursOf(day, event.timeZone, now);
  // What a person has called it stays, unless its name in the facts is another now.
  const moved = await calls.move(ownerId, made.id, hours, made.name === text.name ? undefined : text);
  if (!moved.ok) return moved;
  return standing({ id: made.id, day, start: hours.start, name: text.name });
}

async function withdraw(
  calls: ScheduledEventApi,
  ownerId: string,
  event: ScheduledEvent,
  { text }: Wanted,
): Promise<Alter | Failed> {
  const { removed } = event;
  let id = event.made?.id;
  if (!id) {
    const found = await calls.find(ownerId, text);
    if (!found.ok) return found;
    id = found.value?.id;
  }
  if (id && !removed) {
    const begun = await calls.isBegun(ownerId, id);
    if (!begun.ok) return begun;
    if (begun.value) return (one) => ({ ...one, left: 'begun' });
  }
  const gone = id ? await calls.remove(ownerId, id) : undefined;
  if (gone && !gone.ok && gone.why !== 'gone') return gone;
  // Someone may have asked for it again meanwhile: then it is made again.
  return ({ made: _, ...one }) => (one.removed ? null : one);
}

/** What the event says, in the language of the server. */
function textOf(view: View, { release }: ScheduledEvent): EventText {
  const known = view.snapshot.get(release);
  const { say } = view.language;
  if (known?.kind !== 'release') return { name: release, location: release, description: '' };
  const title = titleName(view, known.slot.title, 'full');
  const location = releaseLabel(view, known.slot);
  return { name: title, location, description: say('event.description', { title, place: location }) };
}
