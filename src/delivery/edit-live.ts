import { nonceOf, type Posted } from './ledger.ts';
import type { FailedOutcome, PostOrder, ProcessingServices } from './ports.ts';
import { createFreshness } from './send-gate.ts';
import { findEarlier } from './send-once.ts';
import { existingPosts } from './upkeep-plan.ts';

/**
 * Writes the newest state into the message of a live countdown. Returns undefined where a message has to be posted: there is none
 * yet, it is in another channel, or somebody deleted it. An edit that is repeated after a crash writes the same.
 */
export async function editLiveMessage(
  services: ProcessingServices,
  order: PostOrder,
): Promise<'edited' | FailedOutcome | undefined> {
  const { ledger, changes, acquireSlot, clock, monotonic, metrics } = services;
  const { id, channelId } = order.countdown;
  const failed = await settleLost(services, order);
  if (failed) return failed;
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

/**
 * Searches for the messages of earlier days whose send had no answer. One that is there is the live message: to post another one
 * would leave it behind. Returns why the search failed.
 */
async function settleLost(
  { ledger, sender }: ProcessingServices,
  order: PostOrder,
): Promise<FailedOutcome | undefined> {
  const { countdown, now } = order;
  for (const [key, record] of Object.entries(await ledger.all(countdown.id))) {
    if (record.state !== 'sending' || !key.startsWith(`${countdown.id}/live/`)) continue;
    const found = await findEarlier(sender, { ...order, nonce: record.nonce }, record);
    const at = now.toString();
    if (found?.kind === 'posted') {
      const { messageId, channelId = countdown.channelId } = found;
      await ledger.set(key, { state: 'posted', messageId, channelId, at: record.at, live: true });
    } else if (found && found.kind !== 'unsure' && found.kind !== 'overtaken') return found;
    else await ledger.set(key, { state: 'skipped', why: found ? 'unsure' : 'collapsed', at });
  }
  return undefined;
}

const gone = ({ pending: _, ...posted }: Posted): Posted => ({ ...posted, removed: 'done' });
