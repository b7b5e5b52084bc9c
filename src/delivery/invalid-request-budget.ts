/**
 * Discord bans an address for a while after 10,000 invalid requests (401, 403, 429) in ten minutes: docs "Rate Limits".
 * Each channel that refuses is asked once, but a hundred thousand channels may refuse in the same minute.
 */
const WINDOW = Temporal.Duration.from({ minutes: 10 });
const MOST = 1_000;

/** Counts invalid requests and says when there have been enough of them. */
export interface InvalidRequestBudget {
  note(now: Temporal.Instant): void;
  /** The instant from which posts may be sent again; null where they may be sent now. */
  heldUntil(now: Temporal.Instant): Temporal.Instant | null;
}

/** Told of each, and counts those of the last minutes. */
export function createInvalidRequestBudget(noted: () => void = () => {}, most = MOST): InvalidRequestBudget {
  let recent: Temporal.Instant[] = [];
  const forgetOld = (now: Temporal.Instant) => {
    recent = recent.filter((one) => Temporal.Instant.compare(one.add(WINDOW), now) > 0);
  };
  return {
    note(now) {
      forgetOld(now);
      recent.push(now);
      noted();
    },
    heldUntil(now) {
      if (recent.length < most) return null;
      forgetOld(now);
      const oldest = recent.at(-most);
      return oldest ? oldest.add(WINDOW) : null;
    },
  };
}
