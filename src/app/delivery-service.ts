import type { PauseReason } from '../countdown/countdown.ts';
import { isPerson } from '../countdown/owner.ts';
import { isEvent } from '../countdown/scheduled-event.ts';
import type { CountdownRepository } from '../delivery/countdown-repository.ts';
import { createLedger } from '../delivery/ledger.ts';
import { createProcessor } from '../delivery/process-countdown.ts';
import { createEventSync } from '../delivery/sync-scheduled-event.ts';
import { startWorker, type Worker } from '../delivery/worker.ts';
import { createCrossposter } from '../discord/posting/crosspost.ts';
import { createMessageSender } from '../discord/posting/message-sender.ts';
import { isRemovedFrom } from '../discord/rest/guild-membership.ts';
import type { Facts } from '../facts/snapshot.ts';
import { isOwnedBy } from '../store/database-owner.ts';
import type { DueEntry, DueQueue } from '../store/due-queue.ts';
import type { Services } from './services.ts';

const REFUSED =
  'Discord refuses the token: nothing can be posted any more. Put a valid DISCORD_TOKEN in place and start again.';

/** The refusals behind which may stand that the bot was removed from the server. */
const MAY_BE_GONE: ReadonlySet<PauseReason> = new Set(['channel-gone', 'guild-gone', 'no-access']);

/** Starts the half of the bot that posts what is due. It needs no gateway. */
export async function startDeliveryService(parts: Services): Promise<Worker> {
  const { clock, log, meters, knowledge, store, posts, invalid, events, eventCalls, failed } = parts;
  const { queue } = store;
  const refused = () => {
    void runner.stop();
    failed(REFUSED);
  };
  const { process, waiting } = createProcessor({
    facts: () => knowledge().facts,
    clock,
    countdowns: await noticingRemoval(parts),
    queue,
    ledger: createLedger(store.open),
    poster: createMessageSender(posts, () => knowledge().catalogue, store.acquireSlot),
    publish: createCrossposter(posts),
    invalid,
    withLock: store.withLock,
    pace: store.acquireSlot,
    meters,
    random: Math.random,
    log,
    refused,
  });
  const keep = createEventSync({ knowledge, clock, queue, orders: events, calls: eventCalls, log, refused });
  const look = (entry: DueEntry) => (isEvent(entry.entryId) ? keep(entry) : process(entry));
  await refreshQueue(queue, knowledge().facts, clock.now());
  const runner = startWorker({ queue, clock, deliver: look, waiting, log });
  return runner;
}

/** Has every entry looked at that was worked out on other facts. */
export async function refreshQueue(queue: DueQueue, facts: Facts, now: Temporal.Instant): Promise<void> {
  for (const release of await queue.releases()) await queue.refresh(release, facts.fingerprint(release), now);
}

/**
 * Where no gateway tells that the bot was removed from a server, a channel that refuses a post leads to the question. In a
 * database of another application every server would look like one that it was removed from: there nothing is asked.
 */
async function noticingRemoval({
  application,
  countdowns,
  store,
  rest,
  log,
}: Services): Promise<CountdownRepository> {
  if (!application || !(await isOwnedBy(store.open, application.id, log))) return countdowns;
  const isRemoved = async (ownerId: string) => {
    await store.acquireSlot();
    return isRemovedFrom(rest, ownerId);
  };
  return {
    ...countdowns,
    async pause(ownerId, refused, reason, change) {
      // Where it may not write, it still is; and a person is no server.
      const mayBeGone = MAY_BE_GONE.has(reason) && !isPerson(ownerId);
      if (!mayBeGone || !(await isRemoved(ownerId))) {
        return countdowns.pause(ownerId, refused, reason, change);
      }
      log.info({ guild: ownerId }, 'removed from a server: its data is erased');
      await countdowns.deleteOwner(ownerId);
      return true;
    },
  };
}
