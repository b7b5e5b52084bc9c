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
export type Called<T> =
  | { ok: true; value: T }
  | { ok: false; why: EventRefusal | 'gone' | 'later' | 'refused' };

/** The way to the scheduled events of a server. */
export interface EventCalls {
  /** Our own event of that name and place: an earlier attempt made it, and was cut off before that was written down. */
  find(guildId: string, text: EventText): Promise<Called<{ id: string; start: Temporal.Instant } | null>>;
  isBegun(guildId: string, id: string): Promise<Called<boolean>>;
  make(guildId: string, text: EventText, hours: EventHours): Promise<Called<string>>;
  move(guildId: string, id: string, hours: EventHours, text?: EventText): Promise<Called<void>>;
  remove(guildId: string, id: string): Promise<Called<void>>;
}
