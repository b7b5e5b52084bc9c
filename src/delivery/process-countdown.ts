import { type Countdown, type CountdownState, silence } from '../countdown/countdown.ts';
import { afterSkip, planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import { createKeyedQueue } from '../lib/keyed-queue.ts';
import type { DueEntry } from '../store/due-queue.ts';
import { type DeliveryServices, deliverOccurrence, isPast, type ProcessingServices } from './deliver-post.ts';
import { createSendGate, type SendGate } from './send-gate.ts';

/** What is done with what is due. */
export interface Processor {
  process(entry: DueEntry): Promise<void>;
  /** How many wait for their turn to be sent. */
  waiting(): number;
}

/**
 * Looks at a countdown that is due: posts what is due under the facts of now, settles what is not, and sets when to look
 * again. Every step is written down before the next, so that it can be cut off anywhere and looked at again. The countdowns
 * of one channel take turns: where the first is refused, the others ask nothing.
 */
export function createProcessor(parts: DeliveryServices): Processor {
  const { countdowns, ledger, pace, clock } = parts;
  const inTurn = createKeyedQueue();
  const gate = createSendGate(ledger, pace, clock);

  async function process(entry: DueEntry): Promise<void> {
    const standing = await countdowns.get(entry.ownerId, entry.entryId);
    // What is left of a countdown whose removal was cut off, or one that is just being added.
    if (!standing) return conclude(parts, entry, async () => {});
    return inTurn(standing.countdown.channelId, () => look({ ...parts, facts: parts.facts() }, gate, entry));
  }

  return { process, waiting: gate.waiting };
}

async function look(parts: ProcessingServices, gate: SendGate, entry: DueEntry): Promise<void> {
  const { facts, clock, countdowns, queue, ledger, meters, log } = parts;
  const { entryId, ownerId } = entry;
  const standing = await countdowns.get(ownerId, entryId);
  if (!standing || isSilent(standing)) {
    return conclude(parts, entry, async (now) => {
      if (isSilent(now)) await queue.remove(entryId);
    });
  }

  let { progress } = standing;
  let again: Temporal.Instant | undefined;
  const { countdown } = standing;
  for (;;) {
    const now = clock.now();
    const plan = planOf(countdown, progress, targetOf(facts, countdown, utcDay(now)), now);
    for (const { occurrence, reason } of plan.skip) {
      const known = await ledger.get(occurrence.key);
      // Cut off after a post was written down, and back when the next one is due: it was posted all the same.
      if (known?.state !== 'posted') {
        await ledger.set(occurrence.key, { state: 'skipped', why: reason, at: now.toString() });
        meters.postAttempted('skipped');
        log.info({ key: occurrence.key, reason }, 'skipped');
      }
      progress = afterSkip(progress, occurrence);
    }
    if (!plan.post) break;

    const settled = await deliverOccurrence(parts, gate, ownerId, { countdown, progress }, plan.post, now);
    if (settled.kind === 'stop') return parts.refused();
    if (settled.kind === 'silenced') {
      return conclude(parts, entry, async ({ countdown: order }) => {
        // The channel was silenced with all that is ordered there; a countdown that was led elsewhere meanwhile goes on.
        if (order.channelId === countdown.channelId) return;
        await countdowns.setProgress(entryId, progress);
        await countdowns.schedule(ownerId, { countdown: order, progress }, clock.now());
      });
    }
    if (settled.kind === 'again') {
      again = earlier(settled.at, plan.next, now);
      break;
    }
    progress = settled.progress;
  }
  await conclude(parts, entry, async ({ countdown: order }) => {
    await countdowns.setProgress(entryId, progress);
    const { release } = order;
    // The order may have been changed meanwhile: then the one that stands now says when to look again.
    if (again && isSame(order, countdown))
      await queue.enqueue({ entryId, ownerId, at: again, release, fingerprint: facts.fingerprint(release) });
    else await countdowns.schedule(ownerId, { countdown: order, progress }, clock.now());
  });
}

/** Writes down what a look came to. The admin may have removed the countdown meanwhile: then nothing of it may be left. */
function conclude(
  { countdowns, withLock }: Pick<DeliveryServices, 'countdowns' | 'withLock'>,
  { ownerId, entryId }: DueEntry,
  write: (standing: CountdownState) => Promise<void>,
): Promise<void> {
  return withLock(ownerId, async () => {
    const standing = await countdowns.get(ownerId, entryId);
    await (standing ? write(standing) : countdowns.deleteRecords(entryId));
  });
}

/** Whether nothing is posted: an admin paused it, or its channel refuses. */
const isSilent = ({ countdown, progress }: CountdownState) =>
  countdown.pausedAt !== undefined || silence(countdown, progress) !== undefined;

const isSame = (a: Countdown, b: Countdown) => JSON.stringify(a) === JSON.stringify(b);

/** When to try again; but a milestone that falls due before takes the place of the one that fails. */
function earlier(
  at: Temporal.Instant,
  next: Temporal.Instant | null,
  now: Temporal.Instant,
): Temporal.Instant {
  return next && isPast(now, next) && isPast(next, at) ? next : at;
}
