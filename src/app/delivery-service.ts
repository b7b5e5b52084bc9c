import type { PauseReason } from '../countdown/countdown.ts';
import { isPerson } from '../countdown/owner.ts';
import { isEvent } from '../countdown/scheduled-event.ts';
import { createLedger } from '../delivery/ledger.ts';
import type { DeliveryServices } from '../delivery/ports.ts';
import { createProcessor } from '../delivery/process-countdown.ts';
import { createEventSync } from '../delivery/sync-scheduled-event.ts';
import { startWorker, type Worker } from '../delivery/worker.ts';
import { createCrossposter } from '../discord/posting/crosspost.ts';
import { createMessageSender } from '../discord/posting/message-sender.ts';
import { createRefusalCheck } from '../discord/posting/refusal-check.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import { isRemovedFrom } from '../discord/rest/guild-membership.ts';
import { createRoleCheck } from '../discord/rest/role-check.ts';
import type { Facts } from '../facts/snapshot.ts';
import { isOwnedBy } from '../store/database-owner.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { Services } from './services.ts';

/** The refusals that may mean that the bot was removed from the server. */
const MAY_BE_REMOVED: ReadonlySet<PauseReason> = new Set(['channel-gone', 'guild-gone', 'no-access']);

/** Starts the half of the bot that posts what is due. It needs no gateway. */
export async function startDeliveryService(services: Services): Promise<Worker> {
  const { clock, log, knowledge, store, events, eventApi: api } = services;
  const { queue } = store;
  const rejected = new AbortController();
  const onTokenRejected = () => rejected.abort();
  const onChannelRefused = await createRemovalCheck(services);
  const countdowns = createProcessor({
    ...deliveryServices(services),
    onChannelRefused,
    onTokenRejected,
  });
  const syncEvent = createEventSync({ knowledge, clock, queue, events, api, log, onTokenRejected });
  await refreshQueue(queue, knowledge().facts, clock.now());
  return startWorker({
    queue,
    clock,
    process: (entry) => (isEvent(entry.entryId) ? syncEvent(entry) : countdowns.process(entry)),
    waiting: countdowns.waiting,
    signal: rejected.signal,
    log,
  });
}

type Callbacks = 'onChannelRefused' | 'onTokenRejected';

function deliveryServices(services: Services): Omit<DeliveryServices, Callbacks> {
  const { clock, log, metrics, knowledge, store, rest, posts, invalidRequests } = services;
  const { countdowns, progress, pauses } = services;
  const { queue, withLock, acquireSlot } = store;
  return {
    facts: () => knowledge().facts,
    clock,
    countdowns,
    progress,
    pauses,
    queue,
    ledger: createLedger(store.open),
    sender: createMessageSender(posts, () => knowledge().catalogue, acquireSlot),
    crosspost: createCrossposter(posts),
    checkRefusal: createRefusalCheck(createRateLimitedGet(rest, acquireSlot), clock.now),
    isRoleGone: createRoleCheck(posts, acquireSlot),
    invalidRequests,
    withLock,
    acquireSlot,
    metrics,
    random: Math.random,
    log,
  };
}

/** Makes every entry due that was computed from other facts. */
export async function refreshQueue(queue: DueSchedule, facts: Facts, now: Temporal.Instant): Promise<void> {
  for (const release of await queue.releases()) await queue.refresh(release, facts.fingerprint(release), now);
}

/**
 * Creates the check whether the bot was removed from a server, after a channel refused a post. Without a gateway nothing reports
 * removals, so it sends a request. It is off for a database of another application: there, every server would look removed.
 */
async function createRemovalCheck(services: Services): Promise<DeliveryServices['onChannelRefused']> {
  const { application, countdowns, store, rest, log } = services;
  if (!application || !(await isOwnedBy(store.open, application.id, log))) return async () => false;
  return async (ownerId, reason) => {
    // If only writing is refused, the bot is still a member. A person cannot remove the bot.
    if (!MAY_BE_REMOVED.has(reason) || isPerson(ownerId)) return false;
    await store.acquireSlot();
    if (!(await isRemovedFrom(rest, ownerId))) return false;
    log.info({ guild: ownerId }, 'removed from a server, erasing its data');
    await countdowns.deleteOwner(ownerId);
    return true;
  };
}
