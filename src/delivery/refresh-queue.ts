import type { Facts } from '../facts/snapshot.ts';
import type { DueSchedule } from '../store/due-queue.ts';

/** The fingerprint of an entry that waits for the end of an outage: no facts have it, so a refresh makes the entry due. */
export const AFTER_OUTAGE = 'after an outage';

/** Makes every entry due that was computed from other facts. */
export async function refreshQueue(queue: DueSchedule, facts: Facts, now: Temporal.Instant): Promise<void> {
  for (const release of await queue.releases()) await queue.refresh(release, facts.fingerprint(release), now);
}
