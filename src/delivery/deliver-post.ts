import type { Countdown, CountdownState, Progress } from '../countdown/countdown.ts';
import { afterPost, type Occurrence } from '../countdown/schedule.ts';
import { confirmRefusal } from './confirm-refusal.ts';
import { type LedgerRecord, nonceOf } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { FailedOutcome, MessageSender, PostOrder, ProcessingServices, Search } from './ports.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry-delay.ts';
import type { SendGate } from './send-gate.ts';

/** How long Discord is relied on to recognise a nonce; it promises "the past few minutes". Docs: "Message", nonce. */
export const NONCE_WINDOW = Temporal.Duration.from({ minutes: 2 });

type Sending = Extract<LedgerRecord, { state: 'sending' }>;

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
  | { kind: 'again'; at: Temporal.Instant }
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

type SendResult = Outcome | { kind: 'unsure' } | { kind: 'overtaken' };

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
  if (record?.state === 'posted' || record?.state === 'skipped') return settled(post);

  const held = invalidRequests.heldUntil(now);
  if (held) return { kind: 'again', at: held };

  const unfinished = record?.state === 'sending' ? record : undefined;
  const earlier = record?.state === 'sending' || record?.state === 'waiting' ? record.attempt : 0;
  const number = earlier + 1;
  const about = { key, channel: state.countdown.channelId, attempt: number };
  const attempt = { ...post, number, unfinished, change: await pauses.lastChange(ownerId), about };
  const countdown = await withExistingRole(services, post);
  const order = { countdown, occurrence, nonce: nonceOf(key), now, facts };
  const result = await sendOnce(services.sender, gate, record, order, number);
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

const settled = ({ state: { countdown, progress }, occurrence, now }: DuePost): DeliveryResult => ({
  kind: 'settled',
  progress: afterPost(countdown, progress, occurrence, now),
});

const again = ({ clock, random }: ProcessingServices, attempt: number): DeliveryResult => ({
  kind: 'again',
  at: clock.now().add(retryDelay(attempt, random())),
});

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
  const posted = { state: 'posted', messageId, channelId, at: now.toString(), ...publish } as const;
  await ledger.set(occurrence.key, posted);
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
  { why, notSent }: Extract<Outcome, { kind: 'retry' }>,
): Promise<DeliveryResult> {
  const { ledger, metrics, log } = services;
  const { occurrence, now, number, unfinished, about } = attempt;
  log.warn({ ...about, why }, 'post failed, retrying');
  if (notSent && !unfinished)
    await ledger.set(occurrence.key, { state: 'waiting', attempt: number, at: now.toString() });
  if (number < MAX_ATTEMPTS) return again(services, number);
  await ledger.set(occurrence.key, { state: 'skipped', why: 'gave-up', at: now.toString() });
  metrics.postAttempted('skipped');
  return settled(attempt);
}

/** Discord refuses the content of this one post: it is skipped, and the countdown goes on. */
async function saveRejected(
  { ledger, log }: ProcessingServices,
  attempt: Attempt,
  { reason: content, why }: Extract<Outcome, { kind: 'rejected' }>,
): Promise<DeliveryResult> {
  const { occurrence, now, about } = attempt;
  await ledger.set(occurrence.key, { state: 'skipped', why: 'rejected', content, at: now.toString() });
  log.error({ ...about, why }, 'post rejected for its content, skipped');
  return settled(attempt);
}

/**
 * Sends at most once. If an earlier attempt was cut off, the post may be there already: inside the nonce window the same
 * nonce makes Discord return it; later, the channel is searched for it first. The window is counted from the first attempt,
 * as Discord may count it from the message that the first attempt made.
 */
async function sendOnce(
  sender: MessageSender,
  gate: SendGate,
  known: LedgerRecord | undefined,
  order: PostOrder,
  attempt: number,
): Promise<SendResult> {
  const { occurrence, nonce, countdown } = order;
  const unfinished = known?.state === 'sending' ? known : undefined;
  const found = unfinished && (await findEarlier(sender, order, unfinished));
  if (found) return found;
  const tried = unfinished ? channelsOf(order, unfinished) : [];
  const channels = [...new Set([...tried, countdown.channelId])];
  const maySend = await gate.acquire({ key: occurrence.key, nonce, attempt, channels, known });
  return maySend ? sender.send(order) : { kind: 'overtaken' };
}

/** Searches for the post of an earlier attempt; undefined if it is surely absent, or if the nonce protects from a second post. */
async function findEarlier(
  sender: MessageSender,
  order: PostOrder,
  unfinished: Sending,
): Promise<SendResult | undefined> {
  const { now } = order;
  const first = Temporal.Instant.from(unfinished.at);
  const isClockSetBack = isBefore(now, first);
  if (!isBefore(first.add(NONCE_WINDOW), now) && !isClockSetBack) return undefined;
  // With a clock that was set back, nothing tells how long ago the first attempt was.
  const since = isClockSetBack ? now.subtract({ hours: 24 }) : first;
  for (const channelId of channelsOf(order, unfinished)) {
    const search = await findIn(sender, order, channelId, since);
    if (search.kind === 'found') return { kind: 'posted', messageId: search.messageId, channelId };
    if (search.kind !== 'absent') return search;
  }
  return undefined;
}

/** The channels in which a post was tried: an edit may have moved the countdown to another channel meanwhile. */
const channelsOf = ({ countdown }: PostOrder, { channels = [countdown.channelId] }: Sending) => channels;

async function findIn(
  sender: MessageSender,
  order: PostOrder,
  channelId: string,
  since: Temporal.Instant,
): Promise<Search | FailedOutcome> {
  const search = await sender.find({ ...order, countdown: { ...order.countdown, channelId } }, since);
  if (search.kind !== 'paused' || channelId === order.countdown.channelId) return search;
  // A deleted channel holds no post. A former channel that can no longer be read tells nothing.
  return { kind: search.reason === 'channel-gone' ? 'absent' : 'unsure' };
}

/** Returns whether `instant` is before `other`. */
export const isBefore = (instant: Temporal.Instant, other: Temporal.Instant) =>
  Temporal.Instant.compare(instant, other) < 0;
