import type { Countdown, CountdownState, Progress } from '../countdown/countdown.ts';
import { latest } from '../countdown/local-time.ts';
import type { Occurrence } from '../countdown/occurrence.ts';
import { afterPost } from '../countdown/schedule.ts';
import { confirmRefusal } from './confirm-refusal.ts';
import { editLiveMessage } from './edit-live.ts';
import { isSettled, nonceOf } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { ProcessingServices } from './ports.ts';
import { refreshQueue } from './refresh-queue.ts';
import { MAX_ATTEMPTS, PROBE_ATTEMPT, retryDelay } from './retry-delay.ts';
import type { SendGate } from './send-gate.ts';
import { type Sending, type SendResult, sendOnce } from './send-once.ts';

/** A wait for a rate limit up to this long is made at once, in real time, as the limit is Discord's: the next post of the channel waits too. */
const MAX_SHORT_WAIT_MS = 30_000;
const MAX_SHORT_WAITS = 10;

/** An occurrence that is due, with the state of its countdown at `now`. */
export interface DuePost {
  ownerId: string;
  state: CountdownState;
  occurrence: Occurrence;
  now: Temporal.Instant;
}

/** The result of delivering one occurrence. */
export type DeliveryResult =
  | { kind: 'settled'; progress: Progress }
  /** `isOutage`: Discord did not take the post, so the end of an outage makes it due. */
  | { kind: 'again'; at: Temporal.Instant; isOutage?: boolean }
  | { kind: 'silenced' }
  | { kind: 'stop' };

/** One attempt at a post. */
interface Attempt extends DuePost {
  number: number;
  /** The record of an earlier attempt whose result is not known. */
  unfinished: Sending | undefined;
  /** The owner's change token from before the attempt. */
  change: string | null;
  /** The fields of its log lines. */
  about: { key: string; channel: string; attempt: number };
}

/** Delivers one occurrence. Returns when to retry if that is not possible now. */
export async function deliverOccurrence(
  services: ProcessingServices,
  gate: SendGate,
  post: DuePost,
): Promise<DeliveryResult> {
  const { pauses, ledger, invalidRequests, metrics, facts } = services;
  const { ownerId, state, occurrence, now } = post;
  const { key } = occurrence;
  const record = await ledger.get(key);
  if (record && isSettled(record)) return settled(post);

  const held = invalidRequests.heldUntil(now);
  if (held) return { kind: 'again', at: held };

  const unfinished = record?.state === 'sending' ? record : undefined;
  const earlier = record?.state === 'sending' || record?.state === 'waiting' ? record.attempt : 0;
  const number = services.outage.nextAttempt(key, earlier);
  const about = { key, channel: state.countdown.channelId, attempt: number };
  const attempt = { ...post, number, unfinished, change: await pauses.lastChange(ownerId), about };
  const countdown = await withExistingRole(services, post);
  const hasPicture = !countdown.pictureOff && (await services.settings.showsPictures(ownerId));
  const order = { countdown, occurrence, nonce: nonceOf(key), now, facts, hasPicture };
  await services.preparePost(order);
  const edit = occurrence.isLive && !unfinished ? await editLiveMessage(services, order) : undefined;
  if (edit === 'edited') return saveEdited(services, post, record !== undefined);
  if (edit) return saveOutcome(services, attempt, edit);
  const result = await sendOnce(services, gate, record, order, number);
  if (result.kind !== 'overtaken') metrics.postAttempted(result.kind);
  return saveOutcome(services, attempt, result);
}

/** Returns the countdown without its role if that was deleted: a post would show an unknown role. */
async function withExistingRole(
  { isRoleGone }: ProcessingServices,
  { ownerId, state: { countdown } }: DuePost,
): Promise<Countdown> {
  const { roleId, ...withoutRole } = countdown;
  return roleId && (await isRoleGone(ownerId, roleId)) ? withoutRole : countdown;
}

function saveOutcome(
  services: ProcessingServices,
  attempt: Attempt,
  result: SendResult,
): Promise<DeliveryResult> | DeliveryResult {
  switch (result.kind) {
    case 'posted':
      return savePosted(services, attempt, result);
    case 'unsure':
      return saveUnsure(services, attempt);
    case 'paused':
      return savePaused(services, attempt, result);
    case 'retry':
      return saveRetry(services, attempt, result);
    case 'rejected':
      return saveRejected(services, attempt, result);
    case 'overtaken':
      services.log.debug(attempt.about, 'stale send decision, retrying');
      return again(services, 1);
    case 'refused':
      return { kind: 'stop' };
  }
}

/** The key gets a record only where it has one: a year of edits would be hundreds. */
async function saveEdited(
  { ledger, log, outage }: ProcessingServices,
  post: DuePost,
  hasRecord: boolean,
): Promise<DeliveryResult> {
  const { key } = post.occurrence;
  if (hasRecord) await ledger.set(key, { state: 'edited', at: post.now.toString() });
  outage.noteSuccess();
  log.info({ key }, 'live message edited');
  return withoutDoubt(settled(post));
}

const settled = ({ state: { countdown, progress }, occurrence, now }: DuePost): DeliveryResult => ({
  kind: 'settled',
  progress: afterPost(countdown, progress, occurrence, now),
});

/** Returns when to retry: not before Discord's own wait of `waitMs` is over. */
function again({ clock, random }: ProcessingServices, attempt: number, waitMs = 0) {
  const now = clock.now();
  const at = latest(now.add(retryDelay(attempt, random())), now.add({ milliseconds: waitMs }));
  return { kind: 'again', at } as const;
}

/** Makes everything due that waits for the end of an outage, and logs it. */
async function wakeWaiting({ queue, facts, clock, log }: ProcessingServices): Promise<void> {
  log.info('Discord takes posts again, sending all that waited');
  await refreshQueue(queue, facts, clock.now());
}

async function savePosted(
  services: ProcessingServices,
  attempt: Attempt,
  { messageId, channelId: found }: Extract<Outcome, { kind: 'posted' }>,
): Promise<DeliveryResult> {
  const { clock, ledger, metrics, log } = services;
  const { state, occurrence, now, about } = attempt;
  const { countdown } = state;
  const channelId = found ?? countdown.channelId;
  const isPublished = countdown.publish && channelId === countdown.channelId;
  const publish = isPublished ? ({ publish: 'open' } as const) : {};
  const live = countdown.live ? ({ live: true } as const) : {};
  const posted = { state: 'posted', messageId, channelId, at: now.toString(), ...publish, ...live } as const;
  await ledger.set(occurrence.key, posted);
  if (services.outage.noteSuccess()) await wakeWaiting(services);
  metrics.postDelay(clock.now().since(occurrence.due));
  log.info({ ...about, message: messageId }, 'posted');
  return withoutDoubt(settled(attempt));
}

/** A post that arrived ends the doubt about an earlier one. */
function withoutDoubt(result: DeliveryResult): DeliveryResult {
  if (result.kind !== 'settled') return result;
  const { unsure: _, ...progress } = result.progress;
  return { kind: 'settled', progress };
}

/** The policy if nothing can tell whether the post was made: rather no post than a second one. */
async function saveUnsure({ ledger, log }: ProcessingServices, attempt: Attempt): Promise<DeliveryResult> {
  const { state, occurrence, now, about } = attempt;
  await ledger.set(occurrence.key, { state: 'skipped', why: 'unsure', at: now.toString() });
  log.warn(about, 'unknown whether posted, not retrying');
  const progress = afterPost(state.countdown, state.progress, occurrence, now);
  return { kind: 'settled', progress: { ...progress, unsure: occurrence.due.toString() } };
}

async function savePaused(
  services: ProcessingServices,
  attempt: Attempt,
  { reason }: Extract<Outcome, { kind: 'paused' }>,
): Promise<DeliveryResult> {
  const { ledger, pauses, log, onChannelRefused } = services;
  const { ownerId, state, occurrence, now, unfinished, change, about } = attempt;
  // A refused first attempt has not posted. After an attempt without an answer, a refusal says nothing about that attempt.
  if (!unfinished) await ledger.set(occurrence.key, { state: 'paused', why: reason, at: now.toString() });
  if (await onChannelRefused(ownerId, reason)) return { kind: 'silenced' };
  const { channelId } = state.countdown;
  const check = await confirmRefusal(services, { ownerId, channelId, reason });
  if (check.kind !== 'confirmed') {
    log.warn({ ...about, reason, check: check.kind }, 'refusal not confirmed, retrying');
    return check.kind === 'timed-out' ? { kind: 'again', at: check.until } : retryRefused(services, attempt);
  }
  if (!(await pauses.pause(ownerId, { state, reason, change, now }))) return again(services, 1);
  log.warn({ ...about, reason }, 'channel refused the post, countdown paused');
  return { kind: 'silenced' };
}

/** Keeps the number of attempts, so that a channel that refuses again and again is tried less and less often. */
async function retryRefused(services: ProcessingServices, attempt: Attempt): Promise<DeliveryResult> {
  const { occurrence, now, number, unfinished } = attempt;
  const why = 'refused, though the bot may post there';
  const record = { state: 'waiting', attempt: number, at: now.toString() } as const;
  if (!unfinished) await services.ledger.set(occurrence.key, record);
  return number < MAX_ATTEMPTS
    ? again(services, number)
    : saveRetry(services, attempt, { kind: 'retry', why });
}

async function saveRetry(
  services: ProcessingServices,
  attempt: Attempt,
  { why, notSent, waitMs = 0 }: Extract<Outcome, { kind: 'retry' }>,
): Promise<DeliveryResult> {
  const { clock, ledger, metrics, log } = services;
  const { occurrence, now, number, unfinished, about } = attempt;
  log.warn({ ...about, why }, 'post failed, retrying');
  if (notSent && !unfinished)
    await ledger.set(occurrence.key, { state: 'waiting', attempt: number, at: now.toString() });
  if (waitMs > 0 && waitMs <= MAX_SHORT_WAIT_MS && number < MAX_SHORT_WAITS) {
    await services.sleep(waitMs);
    // The countdown is processed from the beginning: nothing was decided before the wait.
    return { kind: 'again', at: clock.now() };
  }
  if (number < MAX_ATTEMPTS) {
    if (waitMs > 0) return again(services, number, waitMs);
    const { outage } = services;
    outage.noteFailure(occurrence.key);
    const delayed = outage.isProbe(occurrence.key) ? Math.min(number, PROBE_ATTEMPT) : number;
    return { ...again(services, delayed), isOutage: true };
  }
  await ledger.set(occurrence.key, { state: 'skipped', why: 'gave-up', at: now.toString() });
  metrics.postAttempted('skipped');
  return settled(attempt);
}

/**
 * Discord refuses the content of this one post: it is skipped, and the countdown goes on. After an attempt without an answer, the
 * refusal says nothing about that attempt.
 */
async function saveRejected(
  services: ProcessingServices,
  attempt: Attempt,
  { reason: content, why }: Extract<Outcome, { kind: 'rejected' }>,
): Promise<DeliveryResult> {
  const { ledger, log } = services;
  const { occurrence, now, unfinished, about } = attempt;
  if (unfinished) return saveUnsure(services, attempt);
  await ledger.set(occurrence.key, { state: 'skipped', why: 'rejected', content, at: now.toString() });
  log.error({ ...about, why }, 'post rejected for its content, skipped');
  return settled(attempt);
}
