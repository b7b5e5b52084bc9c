import { isSilenceNotice } from '../countdown/contact.ts';
import type { PauseReason } from '../countdown/countdown.ts';
import { isDepartureCheck } from '../countdown/departure.ts';
import { isPerson } from '../countdown/owner.ts';
import { isEvent } from '../countdown/scheduled-event.ts';
import { lockWithRightClock } from '../delivery/clock-check.ts';
import { createDepartureCheck, createDepartureSaver } from '../delivery/departure-check.ts';
import { createHold } from '../delivery/departures.ts';
import { createGuildDocuments } from '../delivery/guild-documents.ts';
import { createLedger } from '../delivery/ledger.ts';
import type { DeliveryServices } from '../delivery/ports.ts';
import { createProcessor } from '../delivery/process-countdown.ts';
import { refreshQueue } from '../delivery/refresh-queue.ts';
import { createSilenceNotices } from '../delivery/silence-notices.ts';
import { createEventSync } from '../delivery/sync-scheduled-event.ts';
import { startWorker, type Worker } from '../delivery/worker.ts';
import { createCrossposter } from '../discord/posting/crosspost.ts';
import { createMessageSender } from '../discord/posting/message-sender.ts';
import { createPostChanges } from '../discord/posting/post-changes.ts';
import { createRefusalCheck } from '../discord/posting/refusal-check.ts';
import { createSilenceMessenger } from '../discord/posting/silence-messenger.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import { createRoleCheck } from '../discord/rest/role-check.ts';
import type { Services } from './services.ts';

/** The refusals that may mean that the bot was removed from the server. */
const MAY_BE_REMOVED: ReadonlySet<PauseReason> = new Set(['channel-gone', 'guild-gone', 'no-access']);

/** Starts the half of the bot that posts what is due. It needs no gateway. */
export async function startDeliveryService(services: Services): Promise<Worker> {
  const { config, clock, log, knowledge, store, events, eventApi: api, clockCheck, realTime } = services;
  const { queue } = store;
  const holdWhileAway = createHold({ ...services, ...store, guilds: createGuildDocuments(store.open) });
  const rejected = new AbortController();
  const onTokenRejected = () => rejected.abort();
  const onChannelRefused = createRemovalCheck(services);
  const delivery = deliveryServices(services);
  const countdowns = createProcessor({ ...delivery, onChannelRefused, onTokenRejected });
  const tellOfSilence = createSilenceNotices({
    ...delivery,
    ...services,
    open: store.open,
    messenger: createSilenceMessenger({ ...services, ...delivery, get: rateLimitedGet(services) }),
    onTokenRejected,
  });
  const checkDeparture = createDepartureCheck({ ...services, maxErased: config.maxErasedAtOnce });
  const syncEvent = createEventSync({ knowledge, clock, queue, events, api, log, onTokenRejected });
  return startWorker({
    queue,
    clock,
    realTime,
    clockCheck,
    prepare: () => refreshQueue(queue, knowledge().facts, clock.now()),
    async process(entry) {
      await clockCheck.assertRight();
      if (isDepartureCheck(entry.entryId)) return checkDeparture(entry);
      if (isSilenceNotice(entry.entryId)) return tellOfSilence(entry);
      if (await holdWhileAway(entry)) return;
      await (isEvent(entry.entryId) ? syncEvent(entry) : countdowns.process(entry));
    },
    waiting: countdowns.waiting,
    signal: rejected.signal,
    log,
  });
}

const rateLimitedGet = ({ rest, store }: Services) => createRateLimitedGet(rest, store.acquireSlot);

type Callbacks = 'onChannelRefused' | 'onTokenRejected';

function deliveryServices(services: Services): Omit<DeliveryServices, Callbacks> {
  const { clock, log, metrics, knowledge, store, posts, writes, withLastCheck, invalidRequests } = services;
  const { countdowns, removals, settings, progress, pauses, clockCheck, draw, refusals } = services;
  const { realTime, random } = services;
  const { queue, acquireSlot } = store;
  const catalogue = () => knowledge().catalogue;
  const sender = createMessageSender({ rest: posts, withLastCheck, catalogue, acquireSlot, draw, refusals });
  return {
    facts: () => knowledge().facts,
    clock,
    monotonic: realTime.now,
    sleep: realTime.sleep,
    countdowns,
    removals,
    settings,
    progress,
    pauses,
    queue,
    ledger: createLedger(store.open),
    sender,
    preparePost: sender.prepare,
    crosspost: createCrossposter(writes),
    changes: createPostChanges({ rest: writes, withLastCheck, catalogue, acquireSlot, draw, refusals }),
    checkRefusal: createRefusalCheck(rateLimitedGet(services), clock.now),
    isRoleGone: createRoleCheck(posts, acquireSlot),
    invalidRequests,
    clockCheck,
    withLock: lockWithRightClock(store.withLock, clockCheck),
    acquireSlot,
    metrics,
    random,
    log,
  };
}

/** Creates the check whether the bot was removed from a server, after a channel refused a post. */
function createRemovalCheck(services: Services): DeliveryServices['onChannelRefused'] {
  const saveDeparture = createDepartureSaver(services);
  return async (ownerId, reason) => {
    // If only writing is refused, the bot is still a member. A person cannot remove the bot.
    if (!MAY_BE_REMOVED.has(reason) || isPerson(ownerId)) return false;
    if ((await services.findMembership(ownerId)) !== 'gone') return false;
    return (await saveDeparture(ownerId)) !== undefined;
  };
}
