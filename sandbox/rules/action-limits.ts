import type { Limits } from './rate-limits.ts';

/** An action that Discord limits apart from its route's bucket, without saying so in a header. */
export type LimitedAction = 'publish' | 'direct';

/** Over how many seconds each action is counted. */
const WINDOW_SECONDS: Readonly<Record<LimitedAction, number>> = { publish: 3_600, direct: 10 };

/** Counts the actions that have limits of their own. */
export interface ActionLimits {
  /**
   * Counts an action. `subject` is whose limit it is, such as a channel. Returns undefined if it may be done, otherwise the seconds
   * until it may.
   */
  acquire(action: LimitedAction, subject: string): number | undefined;
}

/** Creates the limits, with fixed windows. `nowMs` returns the sandbox's time: an hour passes with its clock. */
export function createActionLimits(getLimits: () => Limits | null, nowMs: () => number): ActionLimits {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    acquire(action, subject) {
      const limit = getLimits()?.[action];
      if (limit === undefined) return undefined;
      const key = `${action} ${subject}`;
      const now = nowMs();
      const open = windows.get(key);
      const window =
        open && open.endsAt > now ? open : { used: 0, endsAt: now + WINDOW_SECONDS[action] * 1000 };
      windows.set(key, window);
      if (window.used >= limit) return (window.endsAt - now) / 1000;
      window.used++;
      return undefined;
    },
  };
}
