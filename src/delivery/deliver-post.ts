import type { Logger } from 'pino';
import type { Countdown, CountdownState, Progress } from '../countdown/countdown.ts';
import { afterPost, type Occurrence } from '../countdown/schedule.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { DueQueue } from '../store/due-queue.ts';
import type { CountdownRepository } from './countdown-repository.ts';
import { crosspostOnce } from './crosspost.ts';
import type { InvalidRequestBudget } from './invalid-request-budget.ts';
import { type Ledger, type LedgerRecord, nonceOf } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry-delay.ts';
import type { SendGate } from './send-gate.ts';

/** How long Discord is trusted to know a nonce again. It says "the past few minutes" and no more: docs "Message", nonce. */
export const NONCE_WINDOW = Temporal.Duration.from({ minutes: 2 });

/** What is sent, and where. */
export interface PostOrder {
  countdown: Countdown;
  occurrence: Occurrence;
  nonce: string;
  /** The instant for which the text is written. */
  now: Temporal.Instant;
  /** The facts of which it speaks. */
  facts: Facts;
}

/** What a search of the channel for our own post showed. */
export type Search = { kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unsure' };
type Failed = Exclude<Outcome, { kind: 'posted' }>;

/** The way into a channel. */
export interface MessageSender {
  send(order: PostOrder): Promise<Outcome>;
  /**
   * Looks in the channel, from an instant on, for our own post with that nonce; each request has its place in the pace.
   * Unsure where its past cannot be read.
   */
  find(order: PostOrder, since: Temporal.Instant): Promise<Search | Failed>;
}

/** Hands a post in an announcement channel on to those who follow it. That it was published before is as good. */
export type Crosspost = (channelId: string, messageId: string) => Promise<{ kind: 'published' } | Failed>;

export interface DeliveryServices {
  /** The facts of this moment. */
  facts: () => Facts;
  clock: Clock;
  countdowns: CountdownRepository;
  queue: DueQueue;
  ledger: Ledger;
  poster: MessageSender;
  publish: Crosspost;
  invalid: InvalidRequestBudget;
  /** What a server orders and what comes of it are written one after the other, under the server's id. */
  withLock: KeyedQueue;
  /** Resolves when the next request may be sent: keeps all posts together under Discord's limit. */
  pace: () => Promise<void>;
  meters: Metrics;
  /** From 0 up to 1: spreads retries. */
  random: () => number;
  log: Logger;
  /** Called when Discord refuses the token: nothing can be delivered any more. */
  refused: () => void;
}

/** A look keeps to the facts with which it began, though new ones may come meanwhile. */
export type ProcessingServices = Omit<DeliveryServices, 'facts'> & { facts: Facts };

type Sending = Extract<LedgerRecord, { state: 'sending' }>;

/** What came of one occurrence. */
export type DeliveryResult =
  | { kind: 'settled'; progress: Progress }
  | { kind: 'again'; at: Temporal.Instant }
  | { kind: 'silenced' }
  | { kind: 'stop' };

/** A post that arrived ends the doubt about an earlier one. */
function sure(settled: DeliveryResult): DeliveryResult {
  if (settled.kind !== 'settled') return settled;
  const { unsure: _, ...progress } = settled.progress;
  return { kind: 'settled', progress };
}

/** Brings one occurrence to its end, or as far as it can be brought now. */
export async function deliverOccurrence(
  parts: ProcessingServices,
  gate: SendGate,
  ownerId: string,
  { countdown, progress }: CountdownState,
  occurrence: Occurrence,
  now: Temporal.Instant,
): Promise<DeliveryResult> {
  const { clock, countdowns, ledger, invalid, random, meters, log } = parts;
  const { key } = occurrence;
  const done = (): DeliveryResult => ({
    kind: 'settled',
    progress: afterPost(countdown, progress, occurrence, now),
  });
  const soon = (attempt: number): DeliveryResult => ({
    kind: 'again',
    at: clock.now().add(retryDelay(attempt, random())),
  });
  const record = await ledger.get(key);
  if (record?.state === 'posted' && record.publish === 'open') await crosspostOnce(parts, key, record);
  if (record?.state === 'posted' || record?.state === 'skipped') return done();

  const held = invalid.heldUntil(now);
  if (held) return { kind: 'again', at: held };

  const tried = record?.state === 'sending' ? record : undefined;
  const attempt = (tried?.attempt ?? (record?.state === 'waiting' ? record.attempt : 0)) + 1;
  const change = await countdowns.lastChange(ownerId);
  const order = { countdown, occurrence, nonce: nonceOf(key), now, facts: parts.facts };
  const outcome = await sendOnce(parts, gate, record, order, attempt);
  const about = { key, channel: countdown.channelId, attempt };
  if (outcome.kind !== 'overtaken') meters.postAttempted(outcome.kind);
  switch (outcome.kind) {
    case 'posted': {
      const { messageId, channelId = countdown.channelId } = outcome;
      const follows = countdown.publish && channelId === countdown.channelId;
      const publish = follows ? ({ publish: 'open' } as const) : {};
      const posted = { state: 'posted', messageId, channelId, at: now.toString(), ...publish } as const;
      await ledger.set(key, posted);
      meters.postDelay(clock.now().since(occurrence.due));
      log.info({ ...about, message: messageId }, 'posted');
      if (follows) await crosspostOnce(parts, key, posted);
      return sure(done());
    }
    case 'unsure': {
      // The named policy where nothing can tell whether the post is there: rather silence than a second one.
      await ledger.set(key, { state: 'skipped', why: 'unsure', at: now.toString() });
      log.warn(about, 'not known whether it was posted; left at that');
      const settled = afterPost(countdown, progress, occurrence, now);
      return { kind: 'settled', progress: { ...settled, unsure: occurrence.due.toString() } };
    }
    case 'paused':
      invalid.note(now);
      // A first try that was refused did surely not post; one after a lost answer tells nothing of the earlier.
      if (!tried) await ledger.set(key, { state: 'paused', why: outcome.reason, at: now.toString() });
      if (!(await countdowns.pause(ownerId, { countdown, progress }, outcome.reason, change))) return soon(1);
      log.warn({ ...about, reason: outcome.reason }, 'paused');
      return { kind: 'silenced' };
    case 'retry': {
      log.warn({ ...about, why: outcome.why }, 'to be tried again');
      if (outcome.notSent && !tried) await ledger.set(key, { state: 'waiting', attempt, at: now.toString() });
      if (attempt < MAX_ATTEMPTS) return soon(attempt);
      await ledger.set(key, { state: 'skipped', why: 'gave-up', at: now.toString() });
      meters.postAttempted('skipped');
      return done();
    }
    case 'overtaken':
      log.debug(about, 'held up, or in other hands; it is looked at anew');
      return soon(1);
    case 'refused':
      return { kind: 'stop' };
  }
}

/**
 * Sends at most once. Where an earlier attempt was cut off, the post may be there already: inside the nonce window the same
 * nonce makes Discord return it; later, the channel is searched for it first. The window is counted from the first attempt,
 * as Discord may count it from the message that the first attempt made.
 */
async function sendOnce(
  { poster }: ProcessingServices,
  gate: SendGate,
  known: LedgerRecord | undefined,
  order: PostOrder,
  attempt: number,
): Promise<Outcome | { kind: 'unsure' } | { kind: 'overtaken' }> {
  const { occurrence, nonce, now } = order;
  const tried = known?.state === 'sending' ? known : undefined;
  const first = tried ? Temporal.Instant.from(tried.at) : now;
  const before = tried ? triedIn(order, tried) : [];
  // Outside the window, and where the clock was set back since: then nothing tells how long ago the first attempt was.
  if (isPast(first.add(NONCE_WINDOW), now) || isPast(now, first)) {
    const since = isPast(now, first) ? now.subtract({ hours: 24 }) : first;
    for (const channelId of before) {
      const search = await findIn(poster, order, channelId, since);
      if (search.kind === 'found') return { kind: 'posted', messageId: search.messageId, channelId };
      if (search.kind !== 'absent') return search;
    }
  }
  const channels = [...new Set([...before, order.countdown.channelId])];
  if (!(await gate.acquire({ key: occurrence.key, nonce, attempt, channels, known })))
    return { kind: 'overtaken' };
  return poster.send(order);
}

/** Where a post was tried: an edit may have led the countdown from one channel to another meanwhile. */
const triedIn = ({ countdown }: PostOrder, { channels = [countdown.channelId] }: Sending) => channels;

async function findIn(
  poster: MessageSender,
  order: PostOrder,
  channelId: string,
  since: Temporal.Instant,
): Promise<Search | Failed> {
  const search = await poster.find({ ...order, countdown: { ...order.countdown, channelId } }, since);
  if (search.kind !== 'paused' || channelId === order.countdown.channelId) return search;
  // A channel that is gone holds no post. One that was left, and cannot be read any more, tells nothing.
  return { kind: search.reason === 'channel-gone' ? 'absent' : 'unsure' };
}

/** Whether an instant lies before another. */
export const isPast = (instant: Temporal.Instant, now: Temporal.Instant) =>
  Temporal.Instant.compare(instant, now) < 0;
