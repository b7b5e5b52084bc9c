import { afterSkip, planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { DueEntry } from './due-queue.ts';
import { oneByOne } from './one-by-one.ts';
import { type DeliverParts, isPast, settle } from './settle.ts';

/**
 * Looks at a countdown that is due: posts what is due under the facts of now, settles what is not, and sets when to look
 * again. Every step is written down before the next, so that it can be cut off anywhere and looked at again. The countdowns
 * of one channel take turns: where the first is refused, the others ask nothing.
 */
export function deliverer(parts: DeliverParts): (entry: DueEntry) => Promise<void> {
  const { countdowns } = parts;
  const inTurn = oneByOne();
  return async (entry) => {
    const standing = await countdowns.get(entry.guildId, entry.countdownId);
    // What is left of a countdown whose removal was cut off.
    if (!standing) return countdowns.clear(entry.countdownId);
    return inTurn(standing.countdown.channelId, () => look(parts, entry));
  };
}

async function look(parts: DeliverParts, { countdownId, guildId }: DueEntry): Promise<void> {
  const { facts, clock, countdowns, queue, ledger, log } = parts;
  const standing = await countdowns.get(guildId, countdownId);
  if (!standing) return countdowns.clear(countdownId);
  if (standing.progress.paused) return queue.remove(countdownId);

  let { progress } = standing;
  let again: Temporal.Instant | undefined;
  const { countdown } = standing;
  for (;;) {
    const now = clock.now();
    const plan = planOf(countdown, progress, targetOf(facts, countdown.release, utcDay(now)), now);
    for (const { occurrence, reason } of plan.skip) {
      const known = await ledger.get(occurrence.key);
      // Cut off after a post was written down, and back when the next one is due: it was posted all the same.
      if (known?.state !== 'posted') {
        await ledger.set(occurrence.key, { state: 'skipped', why: reason, at: now.toString() });
        log.info({ key: occurrence.key, reason }, 'skipped');
      }
      progress = afterSkip(progress, occurrence);
    }
    if (!plan.post) break;

    const settled = await settle(parts, guildId, { countdown, progress }, plan.post, now);
    if (settled.kind === 'stop') return parts.refused();
    if (settled.kind === 'again') {
      again = earlier(settled.at, plan.next, now);
      break;
    }
    progress = settled.progress;
    if (progress.paused) {
      await countdowns.pause(guildId, countdown.channelId, progress.paused);
      break;
    }
  }
  // The admin may have removed the countdown meanwhile: then nothing of it may be left.
  if (!(await countdowns.get(guildId, countdownId))) return countdowns.clear(countdownId);
  await countdowns.setProgress(countdownId, progress);
  const { release } = countdown;
  if (again) return queue.put({ countdownId, guildId, at: again, release, basis: facts.basis(release) });
  await countdowns.schedule(guildId, { countdown, progress }, clock.now());
}

/** When to try again; but a milestone that falls due before takes the place of the one that fails. */
function earlier(
  at: Temporal.Instant,
  next: Temporal.Instant | null,
  now: Temporal.Instant,
): Temporal.Instant {
  return next && isPast(now, next) && isPast(next, at) ? next : at;
}
