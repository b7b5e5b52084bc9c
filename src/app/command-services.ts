import type { Services as CommandServices } from '../../commands/services.ts';
import { createEventGoneCheck } from '../discord/posting/scheduled-events.ts';
import { createTestSender } from '../discord/posting/test-sender.ts';
import { createAccessLookup } from '../discord/rest/access-lookup.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import { fetchLinks } from '../discord/rest/links.ts';
import { createOwnerDataReader } from '../privacy/owner-data.ts';
import type { Services } from './services.ts';

/** Creates the services of commands from those of the whole bot. The bot's start time is now. */
export function createCommandServices(services: Services): CommandServices {
  const { countdowns, removals, settings, progress, pauses, events, departures } = services;
  const { rest, writes, eventApi, store, clock, version, dataState, draw, refusals } = services;
  return {
    countdowns,
    removals,
    settings,
    progress,
    pauses,
    events,
    departures,
    isEventGone: createEventGoneCheck(eventApi),
    sendTestPost: createTestSender({ rest: writes, acquireSlot: store.acquireSlot, draw, refusals }),
    drawPicture: draw,
    openDm: services.openDm,
    contacts: services.contacts,
    lookUpAccess: createAccessLookup(createRateLimitedGet(rest, store.acquireSlot)),
    readOwnerData: createOwnerDataReader(store.open),
    bot: { version, startedAt: clock.now(), data: dataState, links: () => fetchLinks(rest) },
  };
}
