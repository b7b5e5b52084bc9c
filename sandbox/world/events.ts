import type { Guild } from './types.ts';

/**
 * Something that happened in the world. `t` and `d` are what the gateway sends for it; a listener that is no bot (a
 * page, a log) hears the same events, and those marked `hidden` that Discord would not tell a bot.
 */
export interface WorldEvent {
  readonly t: string;
  /** The guild it happened in; null outside of guilds. */
  readonly guild: Guild | null;
  readonly d: unknown;
  readonly hidden?: true;
}

/** The one place where everything that happens passes by. */
export interface EventBus {
  emit(event: WorldEvent): void;
  /** Answers the function that ends the subscription. */
  subscribe(listener: (event: WorldEvent) => void): () => void;
}

/** An emitter whose listeners are called in the order in which they subscribed. */
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
