import { silenceNoticeId } from '../countdown/contact.ts';
import type { DueSchedule } from '../store/due-queue.ts';

/** The `release` of a notice in the due queue. It is no release, so a start makes the notice due. */
const NO_RELEASE = 'silence';

/** Enqueues the message about the silent countdowns of a server for `at`. */
export function requestSilenceNotice(
  queue: DueSchedule,
  ownerId: string,
  at: Temporal.Instant,
): Promise<void> {
  return queue.enqueue({
    entryId: silenceNoticeId(ownerId),
    ownerId,
    at,
    release: NO_RELEASE,
    fingerprint: '',
  });
}
