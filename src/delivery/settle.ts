import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Countdown, Progress } from '../countdown/countdown.ts';
import { afterPost, type Occurrence } from '../countdown/schedule.ts';
import type { Facts } from '../facts/world.ts';
import { backOff, MOST_ATTEMPTS } from './back-off.ts';
import type { Countdowns, Standing } from './countdowns.ts';
import type { DueQueue } from './due-queue.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { type Ledger, type LedgerRecord, nonceOf } from './ledger.ts';
import type { Outcome } from './outcome.ts';

/** How long Discord is trusted to know a nonce again. It says "the past few minutes" and no more: docs "Message", nonce. */
export const NONCE_WINDOW = Temporal.Duration.from({ minutes: 2 });

/** What is sent, and where. */
export interface PostOrder {
  countdown: Countdown;
  occurrence: Occurrence;
  nonce: string;
  /** The instant for which the text is written. */
  now: Temporal.Instant;
}

/** What a search of the channel for our own post showed. */
export type Search = { kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unsure' };
type Failed = Exclude<Outcome, { kind: 'posted' }>;

/** The way into a channel. */
export interface Poster {
  send(order: PostOrder): Promise<Outcome>;
  /** Looks in the channel, from an instant on, for our own post with that nonce. Unsure where its past cannot be read. */
  find(order: PostOrder, since: Temporal.Instant): Promise<Search | Failed>;
}

export interface DeliverParts {
  facts: Facts;
  clock: Clock;
  countdowns: Countdowns;
  queue: DueQueue;
  ledger: Ledger;
  poster: Poster;
  invalid: InvalidRequests;
  /** Resolves when the next post may be sent: keeps all posts together under Discord's limit. */
  pace: () => Promise<void>;
  /** From 0 up to 1: spreads retries. */
  random: () => number;
  log: Logger;
  /** Called when Discord refuses the token: nothing can be delivered any more. */
  refused: () => void;
}

/** What came of one occurrence. */
export type Settled =
  | { kind: 'settled'; progress: Progress }
  | { kind: 'again'; at: Temporal.Instant }
  | { kind: 'stop' };

/** A post that arrived ends the doubt about an earlier one. */
function sure(settled: Settled): Settled {
  if (settled.kind !== 'settled') return settled;
  const { unsure: _, ...progress } = settled.progress;
  return { kind: 'settled', progress };
}

/** Brings one occurrence to its end, or as far as it can be brought now. */
export async function settle(
  parts: DeliverParts,
  guildId: string,
  { countdown, progress }: Standing,
  occurrence: Occurrence,
  now: Temporal.Instant,
): Promise<Settled> {
  const { countdowns, ledger, poster, invalid, pace, random, log } = parts;
  const { key } = occurrence;
  const done = (): Settled => ({
    kind: 'settled',
    progress: afterPost(countdown, progress, occurrence, now),
  });
  const record = await ledger.get(key);
  if (record?.state === 'posted' || record?.state === 'skipped') return done();

  const held = invalid.heldUntil(now);
  if (held) return { kind: 'again', at: held };
  // Nothing is written down as being sent while it still waits for its turn.
  await pace();

  const tried = record?.state === 'sending' ? record : undefined;
  const attempt = (tried?.attempt ?? (record?.state === 'waiting' ? record.attempt : 0)) + 1;
  const changes = countdowns.changesOf(guildId);
  const outcome = await sendOnce(
    poster,
    ledger,
    tried,
    { countdown, occurrence, nonce: nonceOf(key), now },
    attempt,
  );
  const about = { key, channel: countdown.channelId, attempt };
  switch (outcome.kind) {
    case 'posted':
      await ledger.set(key, { state: 'posted', messageId: outcome.messageId, at: now.toString() });
      log.info({ ...about, message: outcome.messageId }, 'posted');
      return sure(done());
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
      if (countdowns.changesOf(guildId) !== changes)
        return { kind: 'again', at: now.add(backOff(1, random())) };
      log.warn({ ...about, reason: outcome.reason }, 'paused');
      return { kind: 'settled', progress: { ...progress, paused: outcome.reason } };
    case 'retry': {
      log.warn({ ...about, why: outcome.why }, 'to be tried again');
      if (outcome.notSent && !tried) await ledger.set(key, { state: 'waiting', attempt, at: now.toString() });
      if (attempt < MOST_ATTEMPTS) return { kind: 'again', at: now.add(backOff(attempt, random())) };
      await ledger.set(key, { state: 'skipped', why: 'gave-up', at: now.toString() });
      return done();
    }
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
  poster: Poster,
  ledger: Ledger,
  tried: Extract<LedgerRecord, { state: 'sending' }> | undefined,
  order: PostOrder,
  attempt: number,
): Promise<Outcome | { kind: 'unsure' }> {
  const { occurrence, nonce, now } = order;
  const first = tried ? Temporal.Instant.from(tried.at) : now;
  // Outside the window, and where the clock was set back since: then nothing tells how long ago the first attempt was.
  if (tried && (isPast(first.add(NONCE_WINDOW), now) || isPast(now, first))) {
    const search = await poster.find(order, isPast(now, first) ? now.subtract({ hours: 24 }) : first);
    if (search.kind === 'found') return { kind: 'posted', messageId: search.messageId };
    if (search.kind !== 'absent') return search;
  }
  await ledger.set(occurrence.key, { state: 'sending', attempt, nonce, at: first.toString() });
  return poster.send(order);
}

/** Whether an instant lies before another. */
export const isPast = (instant: Temporal.Instant, now: Temporal.Instant) =>
  Temporal.Instant.compare(instant, now) < 0;
