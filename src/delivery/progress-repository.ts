import {
  type Countdown,
  type CountdownState,
  newProgress,
  type Progress,
  progressSchema,
  silence,
} from '../countdown/countdown.ts';
import { deletionInstant } from '../countdown/finished.ts';
import { earliest } from '../countdown/local-time.ts';
import { nextRecheck } from '../countdown/recheck.ts';
import { planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { Store } from '../store/store.ts';
import { createContacts } from './contacts.ts';
import { createLedger, type History, historyOf } from './ledger.ts';
import { begunRemovals, nextUpkeepAt } from './upkeep-plan.ts';

/** The progress of each countdown, and its due entry. Delivery writes the progress; commands read it. */
export interface ProgressRepository {
  /** Returns the countdown with its progress; without stored progress, with that of its creation. */
  of(countdown: Countdown): Promise<CountdownState>;
  /** Replaces the progress. */
  set(countdownId: string, progress: Progress): Promise<void>;
  /** Returns which posts of a countdown were made and which are settled. */
  history(countdownId: string): Promise<History>;
  /** Enqueues the countdown at its next due instant, or at the next check of its channel if it is silenced. */
  schedule(ownerId: string, state: CountdownState, now: Temporal.Instant): Promise<void>;
  /** Makes the countdown due now: delivery then computes when it is due next. */
  processNow(ownerId: string, countdown: Countdown, now: Temporal.Instant): Promise<void>;
  /** Erases the records of a countdown that no longer exists, unless a deletion of its posts has begun: delivery ends that first. */
  endRecords(countdownId: string): Promise<void>;
  /** Erases the progress, the ledger, the contact and the due entry of a countdown that no longer exists. Call it under the owner's lock. */
  deleteRecords(countdownId: string): Promise<void>;
}

/** Creates the repository. `facts` returns the current facts. */
export function createProgressRepository(
  { open, queue }: Pick<Store, 'open'> & { queue: DueSchedule },
  facts: () => Facts,
): ProgressRepository {
  const documents = open('progress', progressSchema);
  const ledger = createLedger(open);
  const contacts = createContacts(open);

  async function deleteRecords(countdownId: string): Promise<void> {
    await documents.delete(countdownId);
    await ledger.erase(countdownId);
    await contacts.delete(countdownId);
    await queue.remove(countdownId);
  }

  return {
    async of(countdown) {
      const created = Temporal.Instant.from(countdown.createdAt);
      return { countdown, progress: (await documents.get(countdown.id)) ?? newProgress(null, created) };
    },
    set: (countdownId, progress) => documents.set(countdownId, progress),
    history: async (countdownId) => historyOf(await ledger.all(countdownId)),
    async schedule(ownerId, { countdown, progress }, now) {
      const { release, id } = countdown;
      const known = facts();
      const target = targetOf(known, countdown, utcDay(now));
      const plan = planOf(countdown, progress, target, now);
      // A finished countdown is deleted at last, also if it is paused or silenced.
      const deletion = deletionInstant({ countdown, progress }, target);
      const next = plan.post || plan.skip.length > 0 ? now : (plan.next ?? deletion);
      const isSilent = countdown.pausedAt !== undefined || silence(countdown, progress) !== undefined;
      const regular = isSilent ? earliest(nextRecheck({ countdown, progress }, target, now), deletion) : next;
      const at = earliest(regular, await nextUpkeepAt(ledger, countdown, target));
      // A countdown without a next post stays in the queue: new facts may change its release date.
      if (isSilent && !at && (countdown.pausedAt || countdown.personal)) await queue.remove(id);
      else
        await queue.enqueue({ entryId: id, ownerId, at, release, fingerprint: known.fingerprint(release) });
      // If facts were reloaded meanwhile, the queue may have been refreshed before this entry was in it.
      if (facts() !== known) await queue.refresh(release, facts().fingerprint(release), now);
    },
    processNow: (ownerId, { id, release }, now) =>
      queue.enqueue({ entryId: id, ownerId, at: now, release, fingerprint: facts().fingerprint(release) }),
    async endRecords(countdownId) {
      if (begunRemovals(await ledger.all(countdownId)).length === 0) await deleteRecords(countdownId);
    },
    deleteRecords,
  };
}
