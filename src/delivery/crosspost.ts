import { isBefore, latest } from '../countdown/local-time.ts';
import type { DueEntry } from '../store/due-queue.ts';
import { confirmRefusal } from './confirm-refusal.ts';
import type { Ledger, Posted } from './ledger.ts';
import type { DeliveryServices, FailedOutcome } from './ports.ts';

/** How long after a post its publication is retried: Discord allows only a few in an hour. */
const USEFUL_FOR = Temporal.Duration.from({ hours: 24 });
/** The minimum delay between two attempts. */
const MIN_DELAY = Temporal.Duration.from({ seconds: 30 });

/** Returns whether a post of the countdown still has to be published. */
export async function hasOpenPosts(ledger: Ledger, countdownId: string): Promise<boolean> {
  const records = Object.values(await ledger.all(countdownId));
  return records.some((record) => record.state === 'posted' && record.publish === 'open');
}

type CrosspostServices = Pick<
  DeliveryServices,
  'crosspost' | 'checkRefusal' | 'acquireSlot' | 'ledger' | 'clock' | 'log'
>;
/** A countdown, and its owner. */
type CountdownRef = Pick<DueEntry, 'entryId' | 'ownerId'>;

/**
 * Publishes the posts of a countdown that are not published yet. Returns when to retry; undefined if none is left. It does not
 * delay the posts of the channel. After a crash it is repeated: Discord publishes a message only once.
 */
export async function publishOpenPosts(
  services: CrosspostServices,
  { entryId, ownerId }: CountdownRef,
): Promise<Temporal.Instant | undefined> {
  let next: Temporal.Instant | undefined;
  for (const [key, record] of Object.entries(await services.ledger.all(entryId))) {
    if (record.state !== 'posted' || record.publish !== 'open') continue;
    const retryAt = await publish(services, ownerId, { key, posted: record });
    if (retryAt && (!next || isBefore(retryAt, next))) next = retryAt;
  }
  return next;
}

async function publish(
  services: CrosspostServices,
  ownerId: string,
  { key, posted }: { key: string; posted: Posted },
): Promise<Temporal.Instant | undefined> {
  const { crosspost, acquireSlot, ledger, clock, log } = services;
  const { channelId, messageId } = posted;
  if (!channelId) return undefined;
  await acquireSlot();
  const answered = await crosspost(channelId, messageId);
  const outcome =
    answered.kind === 'paused' ? await checked(services, { ownerId, channelId }, answered) : answered;
  if (outcome.kind === 'published') {
    await ledger.set(key, { ...posted, publish: 'done' });
    return undefined;
  }
  // The pause grows with the age of the post: it doubles from attempt to attempt.
  const now = clock.now();
  const postedAt = Temporal.Instant.from(posted.at);
  const age = now.since(postedAt);
  const pause = Temporal.Duration.compare(age, MIN_DELAY) > 0 ? age : MIN_DELAY;
  const limitedUntil = now.add({ milliseconds: outcome.kind === 'retry' ? (outcome.waitMs ?? 0) : 0 });
  const retryAt = latest(now.add(pause), limitedUntil);
  const isFinal = outcome.kind !== 'retry' || Temporal.Instant.compare(retryAt, postedAt.add(USEFUL_FOR)) > 0;
  log.warn(
    { key, channel: channelId, ...outcome },
    isFinal ? 'post could not be published to followers' : 'publishing failed, retrying',
  );
  if (!isFinal) return retryAt;
  await ledger.set(key, { ...posted, publish: 'failed' });
  return undefined;
}

/** Returns the refusal, or that publishing has to be tried again because the bot may post there, or because that is not known. */
async function checked(
  services: CrosspostServices,
  channel: { ownerId: string; channelId: string },
  refused: Extract<FailedOutcome, { kind: 'paused' }>,
): Promise<FailedOutcome> {
  const { reason } = refused;
  const { kind } = await confirmRefusal(services, { ...channel, reason });
  return kind === 'confirmed'
    ? refused
    : { kind: 'retry', why: `refused (${reason}), not confirmed: ${kind}` };
}
