import type { Posted } from './ledger.ts';
import type { DeliveryServices } from './ports.ts';

/**
 * Publishes a post of an announcement channel and records the result. Call it after the post is recorded, so that a failure
 * cannot repeat the post. After a crash it is repeated: Discord publishes a message only once.
 */
export async function crosspostOnce(
  {
    crosspost,
    acquireSlot,
    ledger,
    log,
  }: Pick<DeliveryServices, 'crosspost' | 'acquireSlot' | 'ledger' | 'log'>,
  key: string,
  posted: Posted,
): Promise<void> {
  const { channelId, messageId } = posted;
  if (!channelId) return;
  await acquireSlot();
  const outcome = await crosspost(channelId, messageId);
  if (outcome.kind !== 'published')
    log.warn(
      { key, channel: channelId, ...outcome },
      'post could not be published to followers, not retrying',
    );
  await ledger.set(key, { ...posted, publish: outcome.kind === 'published' ? 'done' : 'failed' });
}
