import type { Posted } from './ledger.ts';
import type { DeliveryServices } from './ports.ts';

/**
 * Publishes a post in an announcement channel, once, and records the result. Called after the post is recorded, so nothing here
 * can undo or repeat the post. If it is cut off it is done again: Discord publishes a message once, however often it is asked.
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
  if (outcome.kind !== 'published') log.warn({ key, channel: channelId, ...outcome }, 'not published');
  await ledger.set(key, { ...posted, publish: outcome.kind === 'published' ? 'done' : 'failed' });
}
