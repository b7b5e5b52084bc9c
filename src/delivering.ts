import type { PauseReason } from './countdown/countdown.ts';
import { isEvent } from './countdown/event.ts';
import { isPerson } from './countdown/owner.ts';
import type { Countdowns } from './delivery/countdowns.ts';
import { deliverer } from './delivery/deliver.ts';
import { eventKeeper } from './delivery/events.ts';
import { openLedger } from './delivery/ledger.ts';
import { type Runner, startRunner } from './delivery/runner.ts';
import { belongsTo } from './discord/identity.ts';
import { wasRemoved } from './discord/membership.ts';
import { restPoster } from './discord/poster.ts';
import { restPublisher } from './discord/publisher.ts';
import type { Facts } from './facts/world.ts';
import type { Parts } from './parts.ts';
import type { DueEntry, DueQueue } from './store/due-queue.ts';

const REFUSED =
  'Discord refuses the token: nothing can be posted any more. Put a valid DISCORD_TOKEN in place and start again.';

/** The refusals behind which may stand that the bot was removed from the server. */
const MAY_BE_GONE: ReadonlySet<PauseReason> = new Set(['channel-gone', 'guild-gone', 'no-access']);

/** Starts the half of the bot that posts what is due. It needs no gateway. */
export async function startDelivering(parts: Parts): Promise<Runner> {
  const { clock, log, meters, knowledge, store, posts, invalid, events, eventCalls, failed } = parts;
  const { queue } = store;
  const refused = () => {
    void runner.stop();
    failed(REFUSED);
  };
  const { deliver, waiting } = deliverer({
    facts: () => knowledge().facts,
    clock,
    countdowns: await noticingRemoval(parts),
    queue,
    ledger: openLedger(store.open),
    poster: restPoster(posts, () => knowledge().catalogue, store.pace),
    publish: restPublisher(posts),
    invalid,
    exclusively: store.exclusively,
    pace: store.pace,
    meters,
    random: Math.random,
    log,
    refused,
  });
  const keep = eventKeeper({ knowledge, clock, queue, orders: events, calls: eventCalls, log, refused });
  const look = (entry: DueEntry) => (isEvent(entry.countdownId) ? keep(entry) : deliver(entry));
  await refreshAll(queue, knowledge().facts, clock.now());
  const runner = startRunner({ queue, clock, deliver: look, waiting, log });
  return runner;
}

/** Has every entry looked at that was worked out on other facts. */
export async function refreshAll(queue: DueQueue, facts: Facts, now: Temporal.Instant): Promise<void> {
  for (const release of await queue.releases()) await queue.refresh(release, facts.basis(release), now);
}

/**
 * Where no gateway tells that the bot was removed from a server, a channel that refuses a post leads to the question. In a
 * database of another application every server would look like one that it was removed from: there nothing is asked.
 */
async function noticingRemoval({ application, countdowns, store, rest, log }: Parts): Promise<Countdowns> {
  if (!application || !(await belongsTo(store.open, application.id, log))) return countdowns;
  const isRemoved = async (guildId: string) => {
    await store.pace();
    return wasRemoved(rest, guildId);
  };
  return {
    ...countdowns,
    async pause(guildId, refused, reason, change) {
      // Where it may not write, it still is; and a person is no server.
      const mayBeGone = MAY_BE_GONE.has(reason) && !isPerson(guildId);
      if (!mayBeGone || !(await isRemoved(guildId))) {
        return countdowns.pause(guildId, refused, reason, change);
      }
      log.info({ guild: guildId }, 'removed from a server: its data is erased');
      await countdowns.forget(guildId);
      return true;
    },
  };
}
