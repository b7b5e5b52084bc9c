import type { EventRefusal } from '../countdown/scheduled-event.ts';

/** What a scheduled event says of itself. */
export interface EventText {
  name: string;
  location: string;
  description: string;
}
export interface EventHours {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** What came of a request; or that it is to be tried later, and that the token is refused. */
export type EventResponse<T> =
  | { ok: true; value: T }
  | { ok: false; why: EventRefusal | 'gone' | 'later' | 'refused' };

/** The way to the scheduled events of a server. */
export interface ScheduledEventApi {
  /** Our own event of that name and place: an earlier attempt made it, and was cut off before that was written down. */
  find(
    ownerId: string,
    text: EventText,
  ): Promise<EventResponse<{ id: string; start: Temporal.Instant } | null>>;
  isBegun(ownerId: string, id: string): Promise<EventResponse<boolean>>;
  make(ownerId: string, text: EventText, hours: EventHours): Promise<EventResponse<string>>;
  move(ownerId: string, id: string, hours: EventHours, text?: EventText): Promise<EventResponse<void>>;
  remove(ownerId: string, id: string): Promise<EventResponse<void>>;
}
