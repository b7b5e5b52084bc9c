import { isBefore } from '../countdown/local-time.ts';
import { type LedgerRecord, NONCE_WINDOW } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { FailedOutcome, MessageSender, PostOrder, ProcessingServices, Search } from './ports.ts';
import type { SendGate } from './send-gate.ts';

/** The record of a post whose result is not known. */
export type Sending = Extract<LedgerRecord, { state: 'sending' }>;

/** `unsure`: nothing can tell whether the post is there. `overtaken`: the decision to send is stale. */
export type SendResult = Outcome | { kind: 'unsure' } | { kind: 'overtaken' };

/**
 * Sends at most once. If an earlier attempt was cut off, the post may be there already. Either the same nonce makes Discord return
 * it, or the channel is searched for it first.
 */
export async function sendOnce(
  services: ProcessingServices,
  gate: SendGate,
  known: LedgerRecord | undefined,
  order: PostOrder,
  attempt: number,
): Promise<SendResult> {
  const { sender, clock, clockCheck } = services;
  const { occurrence, nonce, countdown } = order;
  const unfinished = known?.state === 'sending' ? known : undefined;
  const isNonceKnown = () => !unfinished || isRecent(gate, occurrence.key, unfinished, clock.now());
  // A machine that was paused may have stopped all of its clocks: only Discord knows how long.
  const maySkipSearch = isNonceKnown() && (!unfinished || (await clockCheck.confirm()));
  const found = unfinished && !maySkipSearch && (await findEarlier(sender, order, unfinished));
  if (found) return found;
  const tried = unfinished ? channelsOf(order, unfinished) : [];
  const channels = [...new Set([...tried, countdown.channelId])];
  const maySend = await gate.acquire({ key: occurrence.key, nonce, attempt, channels, known });
  if (!maySend) return { kind: 'overtaken' };
  return sender.send(order, () => maySend() && (!maySkipSearch || isNonceKnown()));
}

/**
 * Returns whether Discord surely knows the nonce: this very process made the first attempt within the nonce window, by the monotonic
 * clock and by the other one. The window is counted from the first attempt, as Discord may count it from the message of that.
 */
function isRecent(gate: SendGate, key: string, { at }: Sending, now: Temporal.Instant): boolean {
  const first = Temporal.Instant.from(at);
  return gate.isRecent(key) && !isBefore(now, first) && !isBefore(first.add(NONCE_WINDOW), now);
}

/** Returns from when on a message is searched whose first attempt was at `attemptedAt`. */
export function searchStart(attemptedAt: string, now: Temporal.Instant): Temporal.Instant {
  const first = Temporal.Instant.from(attemptedAt);
  // With a clock that was set back, nothing tells how long ago that was.
  return isBefore(now, first) ? now.subtract({ hours: 24 }) : first;
}

/** Searches for the post of an earlier attempt; undefined if it is surely absent. */
export async function findEarlier(
  sender: MessageSender,
  order: PostOrder,
  unfinished: Sending,
): Promise<SendResult | undefined> {
  const since = searchStart(unfinished.at, order.now);
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
