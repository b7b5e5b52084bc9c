import { nonceOf, type Posted } from './ledger.ts';
import type { FailedOutcome, PostOrder, ProcessingServices } from './ports.ts';
import { createFreshness } from './send-gate.ts';
import { existingPosts } from './upkeep-plan.ts';

/**
 * Writes the newest state into the message of a live countdown. Returns undefined where a message has to be posted: there is none
 * yet, it is in another channel, or somebody deleted it. An edit that is repeated after a crash writes the same.
 */
export async function editLiveMessage(
  { ledger, changes, acquireSlot, clock, monotonic, metrics }: ProcessingServices,
  order: PostOrder,
): Promise<'edited' | FailedOutcome | undefined> {
  const { id, channelId } = order.countdown;
  const newest = existingPosts(await ledger.all(id)).at(-1);
  if (!newest?.posted.live || newest.posted.channelId !== channelId) return undefined;
  const { key, posted } = newest;
  await acquireSlot();
  const isFresh = createFreshness(clock, monotonic);
  const message = { channelId, messageId: posted.messageId };
  // The mark of the message stays, so that a search still finds it.
  const outcome = await changes.edit({ ...order, nonce: nonceOf(key) }, message, isFresh);
  if (outcome.kind === 'gone') {
    await ledger.replace(key, posted, gone(posted));
    return undefined;
  }
  if (outcome.kind === 'edited') {
    await ledger.replace(key, posted, { ...posted, edited: clock.now().toString() });
    metrics.postDelay(clock.now().since(order.occurrence.due));
    return 'edited';
  }
  // An edit that may have been made may be made again: so it counts as one that was not sent.
  return outcome.kind === 'retry' ? { ...outcome, notSent: true } : outcome;
}

const gone = ({ pending: _, ...posted }: Posted): Posted => ({ ...posted, removed: 'done' });
