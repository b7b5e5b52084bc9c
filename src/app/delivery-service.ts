import type { PauseReason } from '../countdown/countdown.ts';
import { isPerson } from '../countdown/owner.ts';
import { isEvent } from '../countdown/scheduled-event.ts';
import type { Countdowns } from '../delivery/countdown-repository.ts';
import { openLedger } from '../delivery/ledger.ts';
import { deliverer } from '../delivery/process-countdown.ts';
import { eventKeeper } from '../delivery/sync-scheduled-event.ts';
import { type Runner, startRunner } from '../delivery/worker.ts';
import { restPublisher } from '../discord/posting/crosspost.ts';
import { restPoster } from '../discord/posting/message-sender.ts';
import { wasRemoved } from '../discord/rest/guild-membership.ts';
import type { Facts } from '../facts/snapshot.ts';
import { belongsTo } from '../store/database-owner.ts';
import type { DueEntry, DueQueue } from '../store/due-queue.ts';
import type { Parts } from './services.ts';

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
