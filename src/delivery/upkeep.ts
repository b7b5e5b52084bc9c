import { earliest, latest, notAfter } from '../countdown/local-time.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { DueEntry } from '../store/due-queue.ts';
import type { Posted } from './ledger.ts';
import type { DeliveryServices, FailedOutcome } from './ports.ts';
import { begunRemovals, isDue, type Task, type UpkeepTask, upkeepOf } from './upkeep-plan.ts';

/** How long a task is tried. After that the post stays as it is. */
const TRIED_FOR = Temporal.Duration.from({ hours: 24 });
/** The minimum delay between two attempts. */
const MIN_DELAY = Temporal.Duration.from({ seconds: 30 });
/** The `release` of a removed countdown in the due queue. It is no release, so a start makes it due. */
const NO_RELEASE = 'removed';

type UpkeepServices = Pick<
  DeliveryServices,
  'changes' | 'acquireSlot' | 'ledger' | 'clock' | 'log' | 'facts' | 'countdowns'
>;

/**
 * Removes, pins and unpins the posts of a countdown as far as that is due. A failure pauses nothing and delays no post. Each task
 * is written to the ledger before it begins and after it is confirmed; repeated after a crash, it changes nothing.
 */
export async function keepUp(services: UpkeepServices, { entryId, ownerId }: DueEntry): Promise<void> {
  const { countdowns, ledger, clock, facts } = services;
  const state = await countdowns.get(ownerId, entryId);
  if (!state) return;
  const target = targetOf(facts(), state.countdown, utcDay(clock.now()));
  for (const task of upkeepOf(await ledger.all(entryId), state.countdown, target))
    if (isDue(task, clock.now())) await perform(services, task);
}

/** Ends the deletions that had begun when the countdown was removed, then erases its records, unless they are kept. */
export async function finishRemoved(
  services: UpkeepServices & Pick<DeliveryServices, 'removals' | 'queue' | 'withLock'>,
  { entryId, ownerId }: DueEntry,
): Promise<void> {
  const { ledger, clock, countdowns, removals, queue, withLock } = services;
  for (const task of begunRemovals(await ledger.all(entryId)))
    if (isDue(task, clock.now())) await perform(services, task);
  await withLock(ownerId, async () => {
    // It may just have been added.
    if (await countdowns.get(ownerId, entryId)) return;
    const left = begunRemovals(await ledger.all(entryId));
    const at = left.reduce<Temporal.Instant | null>((next, { due }) => earliest(next, due), null);
    if (at) await queue.enqueue({ entryId, ownerId, at, release: NO_RELEASE, fingerprint: '' });
    else await removals.clean(ownerId, entryId, clock.now());
  });
}

async function perform(
  { changes, acquireSlot, ledger, clock, log }: UpkeepServices,
  { key, posted, task }: UpkeepTask,
): Promise<void> {
  const { channelId, messageId } = posted;
  const begunAt = clock.now();
  const since = posted.pending?.task === task ? posted.pending.since : begunAt.toString();
  const retryAt = begunAt.add(MIN_DELAY).toString();
  const begun: Posted = { ...posted, pending: { task, since, retryAt } };
  // Where the record is another one by now, somebody else has changed it.
  if (!(await ledger.replace(key, posted, begun))) return;
  await acquireSlot();
  const outcome = await changes[task]({ channelId, messageId });
  const about = { key, channel: channelId, message: messageId, task };
  if (outcome.kind === 'done') {
    await ledger.replace(key, begun, ended(begun, task, true));
    log.info(about, 'post kept up');
    return;
  }
  const again = nextAttempt(outcome, task, Temporal.Instant.from(since), clock.now());
  const record = again
    ? { ...begun, pending: { task, since, retryAt: again.toString() } }
    : ended(begun, task, false);
  await ledger.replace(key, begun, record);
  log.warn(
    { ...about, ...outcome },
    again ? 'upkeep of a post failed, retrying' : 'upkeep of a post given up',
  );
}

function ended({ pending: _, ...posted }: Posted, task: Task, isDone: boolean): Posted {
  if (task === 'remove') return { ...posted, removed: isDone ? 'done' : 'failed' };
  if (task === 'pin') return { ...posted, pinned: isDone ? 'done' : 'failed' };
  return { ...posted, pinned: 'ended' };
}

/** The pause doubles from attempt to attempt. Returns undefined where nothing is tried again. */
function nextAttempt(
  outcome: FailedOutcome,
  task: Task,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  // Without the permission a message is simply not pinned.
  if (outcome.kind === 'paused' && outcome.reason === 'no-permission' && task !== 'remove') return undefined;
  const age = now.since(since);
  const pause = Temporal.Duration.compare(age, MIN_DELAY) > 0 ? age : MIN_DELAY;
  const limitedUntil = now.add({ milliseconds: outcome.kind === 'retry' ? (outcome.waitMs ?? 0) : 0 });
  const at = latest(now.add(pause), limitedUntil);
  return notAfter(at, since.add(TRIED_FOR)) ? at : undefined;
}
