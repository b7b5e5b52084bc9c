import { type Countdown, silence } from '../countdown/countdown.ts';
import { afterSkip, planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import { oneByOne } from '../lib/keyed-queue.ts';
import type { DueEntry } from '../store/due-queue.ts';
import type { Standing } from './countdown-repository.ts';
import { type DeliverParts, isPast, type LookParts, settle } from './deliver-post.ts';
import { type Gate, openGate } from './send-gate.ts';

/** What is done with what is due. */
export interface Deliverer {
  deliver(entry: DueEntry): Promise<void>;
  /** How many wait for their turn to be sent. */
  waiting(): number;
}

/**
 * Looks at a countdown that is due: posts what is due under the facts of now, settles what is not, and sets when to look
 * again. Every step is written down before the next, so that it can be cut off anywhere and looked at again. The countdowns
 * of one channel take turns: where the first is refused, the others ask nothing.
 */
export function deliverer(parts: DeliverParts): Deliverer {
  const { countdowns, ledger, pace, clock } = parts;
  const inTurn = oneByOne();
  const gate = openGate(ledger, pace, clock);

  async function deliver(entry: DueEntry): Promise<void> {
    const standing = await countdowns.get(entry.guildId, entry.countdownId);
    // What is left of a countdown whose removal was cut off, or one that is just being added.
    if (!standing) return conclude(parts, entry, async () => {});
    return inTurn(standing.countdown.channelId, () => look({ ...parts, facts: parts.facts() }, gate, entry));
  }

  return { deliver, waiting: gate.waiting };
}

async function look(parts: LookParts, gate: Gate, entry: DueEntry): Promise<void> {
  const { facts, clock, countdowns, queue, ledger, meters, log } = parts;
  const { countdownId, guildId } = entry;
  const standing = await countdowns.get(guildId, countdownId);
  if (!standing || isSilent(standing)) {
    return conclude(parts, entry, async (now) => {
      if (isSilent(now)) await queue.remove(countdownId);
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
        meters.post('skipped');
        log.info({ key: occurrence.key, reason }, 'skipped');
      }
      progress = afterSkip(progress, occurrence);
    }
    if (!plan.post) break;

    const settled = await settle(parts, gate, guildId, { countdown, progress }, plan.post, now);
    if (settled.kind === 'stop') return parts.refused();
    if (settled.kind === 'silenced') {
      return conclude(parts, entry, async ({ countdown: order }) => {
        // The channel was silenced with all that is ordered there; a countdown that was led elsewhere meanwhile goes on.
        if (order.channelId === countdown.channelId) return;
        await countdowns.setProgress(countdownId, progress);
        await countdowns.schedule(guildId, { countdown: order, progress }, clock.now());
      });
    }
    if (settled.kind === 'again') {
      again = earlier(settled.at, plan.next, now);
      break;
    }
    progress = settled.progress;
  }
  await conclude(parts, entry, async ({ countdown: order }) => {
    await countdowns.setProgress(countdownId, progress);
    const { release } = order;
    // The order may have been changed meanwhile: then the one that stands now says when to look again.
    if (again && isSame(order, countdown))
      await queue.put({ countdownId, guildId, at: again, release, basis: facts.basis(release) });
    else await countdowns.schedule(guildId, { countdown: order, progress }, clock.now());
  });
}

/** Writes down what a look came to. The admin may have removed the countdown meanwhile: then nothing of it may be left. */
function conclude(
  { countdowns, exclusively }: Pick<DeliverParts, 'countdowns' | 'exclusively'>,
  { guildId, countdownId }: DueEntry,
  write: (standing: Standing) => Promise<void>,
): Promise<void> {
  return exclusively(guildId, async () => {
    const standing = await countdowns.get(guildId, countdownId);
    await (standing ? write(standing) : countdowns.clear(countdownId));
  });
}

/** Whether nothing is posted: an admin paused it, or its channel refuses. */
const isSilent = ({ countdown, progress }: Standing) =>
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
