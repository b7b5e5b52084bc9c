import { type Countdown, type CountdownState, type Progress, silence } from '../countdown/countdown.ts';
import { isExpired } from '../countdown/finished.ts';
import { afterLook, openKey, withoutOpen } from '../countdown/follow/news-plan.ts';
import { earliest, isBefore } from '../countdown/local-time.ts';
import { nextRecheck } from '../countdown/recheck.ts';
import { afterSkip, type Plan, planOf } from '../countdown/schedule.ts';
import { type Target, targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import { createKeyedQueue } from '../lib/keyed-queue.ts';
import type { DueEntry } from '../store/due-queue.ts';
import { hasOpenPosts, publishOpenPosts } from './crosspost.ts';
import { deliverOccurrence } from './deliver-post.ts';
import { createOutageTracker } from './outage.ts';
import type { DeliveryServices, ProcessingServices } from './ports.ts';
import { recheckChannel } from './recheck-channel.ts';
import { AFTER_OUTAGE } from './refresh-queue.ts';
import { createSendGate, type SendGate } from './send-gate.ts';
import { finishRemoved, keepUp } from './upkeep.ts';

/** Processes due countdowns. */
export interface Processor {
  /** Posts what is due and enqueues the countdown again. */
  process(entry: DueEntry): Promise<void>;
  /** Returns how many posts wait for their rate-limit slot. */
  waiting(): number;
}

/** The result of processing a countdown once. */
type Pass =
  | { kind: 'done'; progress: Progress; retryAt?: Temporal.Instant; isOutage?: boolean | undefined }
  | { kind: 'silenced'; progress: Progress }
  | { kind: 'stop' };

/**
 * Creates the processor. It posts what is due by the current facts, skips what is too late, and enqueues the countdown again. Each
 * step is stored before the next, so that a crash anywhere is safe. Countdowns of one channel are processed one after the other:
 * if the channel refuses the first, the others send nothing.
 */
export function createProcessor(services: DeliveryServices): Processor {
  const { countdowns, ledger, acquireSlot, clock, monotonic } = services;
  const byChannel = createKeyedQueue();
  const gate = createSendGate({ ledger, acquireSlot, clock, monotonic });
  const outage = createOutageTracker(clock);

  async function process(entry: DueEntry): Promise<void> {
    const state = await countdowns.get(entry.ownerId, entry.entryId);
    // The removal of the countdown was interrupted, or it is just being added.
    if (!state) return finishRemoved(services, entry);
    const now = clock.now();
    if (isExpired(state, targetOf(services.facts(), state.countdown, utcDay(now)), now)) {
      await countdowns.remove(entry.ownerId, entry.entryId);
      return;
    }
    const { channelId } = state.countdown;
    const current = { ...services, facts: services.facts(), outage };
    const retryAt = await byChannel(channelId, () => processCountdown(current, gate, entry));
    // Not in the channel's turn: a limit on publishing holds up no post.
    if (state.countdown.publish) await publishPosts(current, entry, retryAt);
    // What is left is due again by the schedule, or with the next attempt at a post.
    if (state.countdown.keep || state.countdown.live) await keepUp(services, entry);
  }

  return { process, waiting: gate.waiting };
}

/** Returns when a post, or the check of a silenced channel, has to be tried again. */
async function processCountdown(
  services: ProcessingServices,
  gate: SendGate,
  entry: DueEntry,
): Promise<Temporal.Instant | undefined> {
  const { countdowns, onTokenRejected } = services;
  const { entryId, ownerId } = entry;
  const state = await countdowns.get(ownerId, entryId);
  if (!state || isSilent(state)) return processSilent(services, entry, state);
  const pass = await deliverDue(services, gate, entry, state);
  if (pass.kind === 'done') {
    await saveProgress(services, entry, state.countdown, pass);
    return pass.retryAt;
  }
  if (pass.kind === 'stop') onTokenRejected();
  else await saveSilenced(services, entry, state.countdown, pass.progress);
  return undefined;
}

/** Checks the channel of a silenced countdown again if that is due, and enqueues the countdown for the next check. */
async function processSilent(
  services: ProcessingServices,
  entry: DueEntry,
  state: CountdownState | undefined,
): Promise<Temporal.Instant | undefined> {
  const { queue, progress, facts, clock } = services;
  const { entryId, ownerId } = entry;
  const at = state && (await recheckChannel(services, entry, state));
  await saveResult(services, entry, async (latest) => {
    if (!isSilent(latest)) return;
    const { release } = latest.countdown;
    if (at) await queue.enqueue({ entryId, ownerId, at, release, fingerprint: facts.fingerprint(release) });
    else await progress.schedule(ownerId, latest, clock.now());
  });
  return at;
}

/** Publishes the posts that are not published yet, and enqueues the countdown for the next attempt, or its next post. */
async function publishPosts(
  services: ProcessingServices,
  entry: DueEntry,
  postRetryAt: Temporal.Instant | undefined,
): Promise<void> {
  const { facts, queue, ledger, clock } = services;
  const { entryId, ownerId } = entry;
  if (!(await hasOpenPosts(ledger, entryId))) return;
  const retryAt = await publishOpenPosts(services, entry);
  await saveResult(services, entry, async (state) => {
    const { countdown, progress } = state;
    if (!retryAt && !postRetryAt) return services.progress.schedule(ownerId, state, clock.now());
    const now = clock.now();
    const target = targetOf(facts, countdown, utcDay(now));
    const next = isSilent(state)
      ? nextRecheck(state, target, now)
      : planOf(countdown, progress, target, now).next;
    const at = earliest(retryAt ?? null, postRetryAt ?? next);
    const { release } = countdown;
    if (at) await queue.enqueue({ entryId, ownerId, at, release, fingerprint: facts.fingerprint(release) });
    else await queue.remove(entryId);
  });
}

/** Delivers one occurrence after the other, until nothing is due or one has to be retried later. */
async function deliverDue(
  services: ProcessingServices,
  gate: SendGate,
  entry: DueEntry,
  { countdown, progress: stored }: CountdownState,
): Promise<Pass> {
  const { facts, clock, clockCheck } = services;
  const { ownerId } = entry;
  let progress = stored;
  for (;;) {
    // What follows cannot be undone: a skipped post is never made.
    await clockCheck.assertRight();
    const now = clock.now();
    const target = targetOf(facts, countdown, utcDay(now));
    progress = await lookAtNews(services, entry, { countdown, progress }, target);
    const plan = planOf(countdown, progress, target, now);
    progress = await saveSkips(services, progress, plan, now);
    if (!plan.post) return { kind: 'done', progress };
    const post = { ownerId, state: { countdown, progress }, occurrence: plan.post, now };
    const result = await deliverOccurrence(services, gate, post);
    if (result.kind === 'stop') return result;
    if (result.kind === 'silenced') return { kind: 'silenced', progress };
    if (result.kind === 'again') {
      return { kind: 'done', progress, retryAt: earlier(result.at, plan, now), isOutage: result.isOutage };
    }
    progress = result.progress;
  }
}

/**
 * Decides which news is posted, and stores it before it is: after a crash it is the same. News that a channel refused was surely not
 * posted, so it is gathered anew with what came since.
 */
async function lookAtNews(
  services: ProcessingServices,
  entry: DueEntry,
  { countdown, progress }: CountdownState,
  target: Target,
): Promise<Progress> {
  const key = openKey(countdown, progress);
  const isRefused = key !== undefined && (await services.ledger.get(key))?.state === 'paused';
  const before = isRefused ? withoutOpen(progress) : progress;
  const after = afterLook(countdown, before, target, services.clock.now());
  if (after !== progress)
    await saveResult(services, entry, () => services.progress.set(entry.entryId, after));
  return after;
}

async function saveSkips(
  { ledger, metrics, log }: ProcessingServices,
  progress: Progress,
  { skip, post }: Plan,
  now: Temporal.Instant,
): Promise<Progress> {
  let latest = progress;
  for (const { occurrence, reason } of skip) {
    const { key } = occurrence;
    // A crash after the post was recorded can leave it here: then it was posted.
    const known = (await ledger.get(key))?.state;
    if (known !== 'posted' && known !== 'skipped') {
      await ledger.set(key, { state: 'skipped', why: reason, at: now.toString() });
      metrics.postAttempted('skipped');
      log.info({ key, reason }, 'post skipped');
    }
    // One that was due at the same instant as the post is settled with it: otherwise the post would be settled before it is made.
    if (!post?.due.equals(occurrence.due)) latest = afterSkip(latest, occurrence);
  }
  return latest;
}

/** Saves the progress of a countdown that was moved to another channel meanwhile; all others are silenced already. */
function saveSilenced(
  services: ProcessingServices,
  entry: DueEntry,
  processed: Countdown,
  progress: Progress,
): Promise<void> {
  return saveResult(services, entry, async ({ countdown }) => {
    if (countdown.channelId === processed.channelId) return;
    await services.progress.set(countdown.id, progress);
    await services.progress.schedule(entry.ownerId, { countdown, progress }, services.clock.now());
  });
}

function saveProgress(
  services: ProcessingServices,
  entry: DueEntry,
  processed: Countdown,
  { progress, retryAt, isOutage }: Extract<Pass, { kind: 'done' }>,
): Promise<void> {
  const { facts, queue, ledger, clock } = services;
  const { entryId, ownerId } = entry;
  return saveResult(services, entry, async ({ countdown }) => {
    await services.progress.set(entryId, progress);
    const { release } = countdown;
    // With a post that is not published yet the entry stays due until that is done, also if the process ends.
    const isOpen = countdown.publish && (await hasOpenPosts(ledger, entryId));
    const at = retryAt ?? (isOpen ? clock.now() : undefined);
    const fingerprint = isOutage ? AFTER_OUTAGE : facts.fingerprint(release);
    // If the countdown was changed meanwhile, its new version says when to process it again.
    if (at && isSame(countdown, processed))
      await queue.enqueue({ entryId, ownerId, at, release, fingerprint });
    else await services.progress.schedule(ownerId, { countdown, progress }, clock.now());
  });
}

/** Stores a result under the owner's lock. If the countdown was removed meanwhile, erases its records, unless they are kept. */
function saveResult(
  {
    countdowns,
    removals,
    clock,
    withLock,
  }: Pick<DeliveryServices, 'countdowns' | 'removals' | 'clock' | 'withLock'>,
  { ownerId, entryId }: DueEntry,
  write: (state: CountdownState) => Promise<void>,
): Promise<void> {
  return withLock(ownerId, async () => {
    const state = await countdowns.get(ownerId, entryId);
    await (state ? write(state) : removals.clean(ownerId, entryId, clock.now()));
  });
}

/** Returns whether nothing is posted: an admin paused the countdown, or its channel refuses posts. */
const isSilent = ({ countdown, progress }: CountdownState) =>
  countdown.pausedAt !== undefined || silence(countdown, progress) !== undefined;

const isSame = (a: Countdown, b: Countdown) => JSON.stringify(a) === JSON.stringify(b);

/** Returns when to process the countdown again: at the retry, or before it when the next milestone replaces the failed one. */
function earlier(at: Temporal.Instant, { next }: Plan, now: Temporal.Instant): Temporal.Instant {
  return next && isBefore(now, next) && isBefore(next, at) ? next : at;
}
