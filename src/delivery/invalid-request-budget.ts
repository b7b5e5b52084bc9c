/**
 * Discord bans an IP address for a while after 10,000 invalid requests (401, 403, 429) in ten minutes. Each channel that refuses
 * gets one request, but very many channels may refuse in the same minute. Docs: "Rate Limits".
 */
const WINDOW = Temporal.Duration.from({ minutes: 10 });
const MAX_IN_WINDOW = 1_000;

/** The budget of invalid requests. */
export interface InvalidRequestBudget {
  /** Counts an invalid request. */
  note(now: Temporal.Instant): void;
  /** Returns the instant from which requests may be sent again; null if they may be sent now. */
  heldUntil(now: Temporal.Instant): Temporal.Instant | null;
}

/** Creates an unused budget. `onNoted` is called for each invalid request. */
export function createInvalidRequestBudget(
  onNoted: () => void = () => {},
  max = MAX_IN_WINDOW,
): InvalidRequestBudget {
  let recent: Temporal.Instant[] = [];
  const dropOld = (now: Temporal.Instant) => {
    recent = recent.filter((instant) => Temporal.Instant.compare(instant.add(WINDOW), now) > 0);
  };
  return {
    note(now) {
      dropOld(now);
      recent.push(now);
      onNoted();
    },
    heldUntil(now) {
      if (recent.length < max) return null;
      dropOld(now);
      const oldest = recent.at(-max);
      return oldest ? oldest.add(WINDOW) : null;
    },
  };
}
