import type { EventRefusal } from '../countdown/scheduled-event.ts';

/** The text of a scheduled event. */
export interface EventText {
  name: string;
  location: string;
  description: string;
}
/** When a scheduled event starts and ends. */
export interface EventHours {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** The result of a request. `gone`: the event does not exist. `later`: retry. `refused`: Discord rejects the token. */
export type EventResponse<T> =
  | { ok: true; value: T }
  | { ok: false; why: EventRefusal | 'gone' | 'later' | 'refused' };

/** The scheduled events of a server in Discord. */
export interface ScheduledEventApi {
  /** Finds our own event of that name and location: a crash may have prevented storing its id. */
  find(
    ownerId: string,
    text: EventText,
  ): Promise<EventResponse<{ id: string; start: Temporal.Instant } | null>>;
  /** Returns whether the event has started or is over. */
  isBegun(ownerId: string, id: string): Promise<EventResponse<boolean>>;
  /** Creates an event and returns its id. */
  make(ownerId: string, text: EventText, hours: EventHours): Promise<EventResponse<string>>;
  /** Changes when the event is, and its text if given. */
  move(ownerId: string, id: string, hours: EventHours, text?: EventText): Promise<EventResponse<void>>;
  remove(ownerId: string, id: string): Promise<EventResponse<void>>;
}
