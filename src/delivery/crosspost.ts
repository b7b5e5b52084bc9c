import type { DeliveryServices } from './deliver-post.ts';
import type { Posted } from './ledger.ts';

/**
 * Publishes a post in an announcement channel, once, and writes down what came of it. It comes after the post is written
 * down, so nothing that happens here can undo or repeat the post. Where it was cut off it is done again: Discord publishes
 * a message once, however often it is asked. Where it fails it is left at that, since an admin can do it by hand.
 */
export async function crosspostOnce(
  { publish, pace, ledger, log }: Pick<DeliveryServices, 'publish' | 'pace' | 'ledger' | 'log'>,
  key: string,
  posted: Posted,
): Promise<void> {
  const { channelId, messageId } = posted;
  if (!channelId) return;
  await pace();
  const outcome = await publish(channelId, messageId);
  if (outcome.kind !== 'published') log.warn({ key, channel: channelId, ...outcome }, 'not published');
  await ledger.set(key, { ...posted, publish: outcome.kind === 'published' ? 'done' : 'failed' });
}
