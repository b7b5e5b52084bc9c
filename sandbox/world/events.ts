import type { Guild } from './types.ts';

/** Something that happened in the world. `t` and `d` are the name and the data of the gateway's event. */
export interface WorldEvent {
  readonly t: string;
  /** The guild it happened in; null outside of guilds. */
  readonly guild: Guild | null;
  readonly d: unknown;
  /** Set for an event about the bot's own member, which bots receive without an intent for members. */
  readonly isOwnMember?: boolean;
  /** Set for events that only listeners of the sandbox receive (the page, the log), never a bot. */
  readonly hidden?: true;
}

/** Publishes all events of one world. */
export interface EventBus {
  emit(event: WorldEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: WorldEvent) => void): () => void;
}

/** Creates an event bus that calls its listeners in the order of their subscription. */
export function createEventBus(): EventBus {
  const listeners = new Set<(event: WorldEvent) => void>();
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
