import type { Ledger, Posted } from './ledger.ts';
import type { DeliveryServices } from './ports.ts';

/** A post is published for so long after it was made; Discord allows few in an hour, and more the next. */
const USEFUL_FOR = Temporal.Duration.from({ hours: 24 });
/** The shortest pause between two attempts. */
const SHORTEST_PAUSE = Temporal.Duration.from({ seconds: 30 });

/** Whether a post of the countdown still has to be published. */
export async function hasOpenPosts(ledger: Ledger, countdownId: string): Promise<boolean> {
  const records = Object.values(await ledger.all(countdownId));
  return records.some((record) => record.state === 'posted' && record.publish === 'open');
}

type CrosspostServices = Pick<DeliveryServices, 'crosspost' | 'acquireSlot' | 'ledger' | 'clock' | 'log'>;

/**
 * Publishes the posts of a countdown that are not published yet. Returns when to try again, undefined if nothing is left. Runs
 * apart from the posts of the channel, so it never holds them up, and nothing here can undo or repeat a post. If it is cut off
 * it is done again: Discord publishes a message once, however often it is asked.
 */
export async function publishOpenPosts(
  services: CrosspostServices,
  countdownId: string,
): Promise<Temporal.Instant | undefined> {
  let next: Temporal.Instant | undefined;
  for (const [key, record] of Object.entries(await services.ledger.all(countdownId))) {
    if (record.state !== 'posted' || record.publish !== 'open') continue;
    const retryAt = await publish(services, key, record);
    if (retryAt && (!next || Temporal.Instant.compare(retryAt, next) < 0)) next = retryAt;
  }
  return next;
}

async function publish(
  { crosspost, acquireSlot, ledger, clock, log }: CrosspostServices,
  key: string,
  posted: Posted,
): Promise<Temporal.Instant | undefined> {
  const { channelId, messageId } = posted;
  if (!channelId) return undefined;
  await acquireSlot();
  const outcome = await crosspost(channelId, messageId);
  if (outcome.kind === 'published') {
    await ledger.set(key, { ...posted, publish: 'done' });
    return undefined;
  }
  // The pause grows with the age of the post: it doubles from attempt to attempt.
  const now = clock.now();
  const postedAt = Temporal.Instant.from(posted.at);
  const age = now.since(postedAt);
  const pause = Temporal.Duration.compare(age, SHORTEST_PAUSE) > 0 ? age : SHORTEST_PAUSE;
  const retryAt = now.add(pause);
  const isFinal = outcome.kind !== 'retry' || Temporal.Instant.compare(retryAt, postedAt.add(USEFUL_FOR)) > 0;
  log.warn(
    { key, channel: channelId, ...outcome },
    isFinal ? 'not published' : 'not published yet, retrying',
  );
  if (!isFinal) return retryAt;
  await ledger.set(key, { ...posted, publish: 'failed' });
  return undefined;
}
