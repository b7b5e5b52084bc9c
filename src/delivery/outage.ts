import { isBefore } from '../countdown/local-time.ts';
import type { Clock } from '../lib/clock.ts';
import { attemptsAfter, PROBE_ATTEMPT } from './retry-delay.ts';

/** So many attempts in a row that Discord did not take are an outage. */
const FAILURES_OF_OUTAGE = 3;
/** So many posts are probes: they are retried often during an outage, to notice its end. The others wait. */
const MAX_PROBES = 20;
/** An attempt that began before the end of an outage may fail after it. */
const JUST_ENDED = Temporal.Duration.from({ minutes: 1 });

/** Notices outages of Discord by the posts of this process. */
export interface OutageTracker {
  /** Notes an attempt that Discord did not take. */
  noteFailure(key: string): void;
  /** Notes a post that was made. Returns whether that is the end of an outage. */
  noteSuccess(): boolean;
  /** Returns whether the post is retried often: as a probe, or because it failed when the outage had just ended. */
  isProbe(key: string): boolean;
  /**
   * Returns the number of the next attempt after that many. Attempts of a probe count by the time that they took: it is given up no
   * sooner than other posts.
   */
  nextAttempt(key: string, earlier: number): number;
}

/** Creates a tracker without an outage. */
export function createOutageTracker({ now }: Pick<Clock, 'now'>): OutageTracker {
  let failures = 0;
  /** When each probe failed first. */
  const probes = new Map<string, Temporal.Instant>();
  let endedAt: Temporal.Instant | undefined;
  const hasJustEnded = () => endedAt !== undefined && isBefore(now(), endedAt.add(JUST_ENDED));
  const isProbe = (key: string) => hasJustEnded() || (failures >= FAILURES_OF_OUTAGE && probes.has(key));

  return {
    isProbe,
    noteFailure(key) {
      failures += 1;
      if (probes.size < MAX_PROBES && !probes.has(key)) probes.set(key, now());
    },
    noteSuccess() {
      const wasOutage = failures >= FAILURES_OF_OUTAGE;
      failures = 0;
      probes.clear();
      if (wasOutage) endedAt = now();
      return wasOutage;
    },
    nextAttempt(key, earlier) {
      const since = isProbe(key) && probes.get(key);
      if (!since) return earlier + 1;
      const byTime = attemptsAfter(now().since(since));
      return Math.max(earlier, Math.min(earlier + 1, PROBE_ATTEMPT), byTime);
    },
  };
}
