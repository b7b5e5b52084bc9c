import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  type Countdown,
  type CountdownState,
  newProgress,
  type PauseReason,
  type Progress,
  progressSchema,
  silence,
} from '../countdown/countdown.ts';
import { guildCountdownsSchema } from '../countdown/guild-document.ts';
import { isPerson, maxCountdowns } from '../countdown/owner.ts';
import { planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import { createConcurrencyLimit } from '../lib/concurrency-limit.ts';
import type { Store } from '../store/store.ts';
import {
  createGuildSettings,
  type GuildSettings,
  isEmpty,
  isSameOrder,
  NOTHING_ORDERED,
} from './guild-settings.ts';
import { createLedger, type History, historyOf } from './ledger.ts';

/** So many servers are looked at again at a time: at a start Discord tells of all of them, and posts must not wait for that. */
const RECONSIDERED_AT_ONCE = 2;

/** A new one for each change: whether there was one in between needs no clock, and no two processes count alike. */
export const changeSchema = z.strictObject({
  change: z.string().describe('A name for the last change, made up at random'),
});

export type NewCountdown = Omit<Countdown, 'id' | 'createdAt'>;
export type AddResult = { ok: true; standing: CountdownState } | { ok: false; why: 'full' | 'there-already' };

/** The countdowns of all servers, and everything that is stored about them. */
export interface CountdownRepository extends GuildSettings {
  list(ownerId: string): Promise<CountdownState[]>;
  get(ownerId: string, id: string): Promise<CountdownState | undefined>;
  add(ownerId: string, order: NewCountdown, now: Temporal.Instant): Promise<AddResult>;
  /** Removes one; false where there is none of that id. */
  remove(ownerId: string, id: string): Promise<boolean>;
  /** Erases what is stored beside a countdown that is no longer ordered. To be called in the server's turn. */
  deleteRecords(id: string): Promise<void>;
  /** Erases everything of a server. */
  deleteOwner(ownerId: string): Promise<void>;
  /** Erases everything of the servers that the bot is no longer in; it may have been removed while it was away. */
  deleteDeparted(isMember: (ownerId: string) => boolean, signal: AbortSignal): Promise<void>;
  /** What has been posted of a countdown, and what is done with. */
  history(id: string): Promise<History>;
  setProgress(id: string, progress: Progress): Promise<void>;
  /**
   * Silences all countdowns of a channel that refused one, which comes with its progress: no second request is made to it.
   * False where the server has changed since `change`: a refusal that crossed such a change is not the last word.
   */
  pause(
    ownerId: string,
    refused: CountdownState,
    reason: PauseReason,
    change: string | null,
  ): Promise<boolean>;
  /** Lets the silent countdowns of a server try again, in the channels that may be posted to: something changed there. */
  retryPaused(ownerId: string, mayPost: (channelId: string) => boolean, now: Temporal.Instant): Promise<void>;
  /** A name for the last change in a server that may have let a silent countdown speak again. */
  lastChange(ownerId: string): Promise<string | null>;
  /** Puts the countdown into the due queue at its next instant, or takes it out where nothing more will come. */
  schedule(ownerId: string, standing: CountdownState, now: Temporal.Instant): Promise<void>;
}

/** Needs the store, the facts of this moment, and whom to tell that the queue has changed. */
export function createCountdownRepository(
  { open, queue, withLock }: Pick<Store, 'open' | 'queue' | 'withLock'>,
  facts: () => Facts,
  changed: () => void,
): CountdownRepository {
  const guilds = open('countdowns', guildCountdownsSchema);
  const progresses = open('progress', progressSchema);
  const changes = open('changes', changeSchema);
  const ledger = createLedger(open);
  const few = createConcurrencyLimit(RECONSIDERED_AT_ONCE);

  const ordered = async (ownerId: string) => (await guilds.get(ownerId)) ?? NOTHING_ORDERED;
  const read = async (ownerId: string) => (await ordered(ownerId)).countdowns;
  const standingOf = async (countdown: Countdown): Promise<CountdownState> => {
    const created = Temporal.Instant.from(countdown.createdAt);
    return { countdown, progress: (await progresses.get(countdown.id)) ?? newProgress(null, created) };
  };

  const clear = async (id: string) => {
    await progresses.delete(id);
    await ledger.erase(id);
    await queue.remove(id);
  };
  /** Due at once: where a removal is cut off, delivery finds the entry without its countdown and clears what is left. */
  const doom = (ownerId: string, { id, release, createdAt }: Countdown) =>
    queue.enqueue({ entryId: id, ownerId, at: Temporal.Instant.from(createdAt), release, fingerprint: '' });
  const standings = async (ownerId: string, channelId?: string) => {
    const all = await read(ownerId);
    return Promise.all(all.filter((one) => !channelId || one.channelId === channelId).map(standingOf));
  };

  function forget(ownerId: string): Promise<void> {
    return withLock(ownerId, async () => {
      const { countdowns, events = [] } = await ordered(ownerId);
      for (const countdown of countdowns) await doom(ownerId, countdown);
      await guilds.delete(ownerId);
      await changes.delete(ownerId);
      for (const { id } of [...countdowns, ...events]) await clear(id);
      changed();
    });
  }

  const lastChange = async (ownerId: string) => (await changes.get(ownerId))?.change ?? null;

  async function lookAt(ownerId: string, { id, release }: Countdown, at: Temporal.Instant): Promise<void> {
    await queue.enqueue({ entryId: id, ownerId, at, release, fingerprint: facts().fingerprint(release) });
    changed();
  }

  async function schedule(
    ownerId: string,
    { countdown, progress }: CountdownState,
    now: Temporal.Instant,
  ): Promise<void> {
    const { release, id } = countdown;
    const known = facts();
    const plan = planOf(countdown, progress, targetOf(known, countdown, utcDay(now)), now);
    const at = plan.post || plan.skip.length > 0 ? now : plan.next;
    // Where nothing is to come it still waits in the queue: an edit of the facts may give its release a date, or move it.
    if (countdown.pausedAt || silence(countdown, progress)) await queue.remove(id);
    else await queue.enqueue({ entryId: id, ownerId, at, release, fingerprint: known.fingerprint(release) });
    // Facts that came in between have refreshed the queue already, perhaps before this entry was in it.
    if (facts() !== known) await queue.refresh(release, facts().fingerprint(release), now);
    changed();
  }

  return {
    ...createGuildSettings({ guilds, withLock, standingOf, lookAt }),
    schedule,
    deleteRecords: clear,
    history: async (id) => historyOf(await ledger.all(id)),
    async list(ownerId) {
      return standings(ownerId);
    },
    async get(ownerId, id) {
      const countdown = (await read(ownerId)).find((one) => one.id === id);
      return countdown && standingOf(countdown);
    },
    add(ownerId, order, now) {
      return withLock(ownerId, async (): Promise<AddResult> => {
        const { countdowns, ...rest } = await ordered(ownerId);
        if (countdowns.length >= maxCountdowns(ownerId)) return { ok: false, why: 'full' };
        if (countdowns.some((one) => isSameOrder(one, order))) return { ok: false, why: 'there-already' };

        const countdown: Countdown = { ...order, id: newId(), createdAt: now.toString() };
        const { date } = targetOf(facts(), countdown, utcDay(now));
        const progress = newProgress(date?.length === 10 ? date : null, now);
        // What a crash leaves behind without the countdown is found empty-handed and dropped; what is dropped between
        // the two steps, since the countdown was not there yet, is put back by the last.
        await progresses.set(countdown.id, progress);
        await schedule(ownerId, { countdown, progress }, now);
        await guilds.set(ownerId, { ...rest, countdowns: [...countdowns, countdown] });
        await schedule(ownerId, { countdown, progress }, now);
        return { ok: true, standing: { countdown, progress } };
      });
    },
    remove(ownerId, id) {
      return withLock(ownerId, async () => {
        const { countdowns, ...rest } = await ordered(ownerId);
        const removed = countdowns.find((one) => one.id === id);
        if (!removed) return false;
        await doom(ownerId, removed);
        const left = countdowns.filter((one) => one.id !== id);
        const remaining = { ...rest, countdowns: left };
        await (isEmpty(remaining) ? guilds.delete(ownerId) : guilds.set(ownerId, remaining));
        if (left.length === 0) await changes.delete(ownerId);
        await clear(id);
        changed();
        return true;
      });
    },
    deleteOwner: forget,
    async deleteDeparted(isMember, signal) {
      for await (const ownerId of guilds.ids()) {
        if (signal.aborted) return;
        // A person is in no server of the bot's by being a person: their reminders stay.
        if (!isPerson(ownerId) && !isMember(ownerId)) await forget(ownerId);
      }
    },
    pause(ownerId, refused, reason, change) {
      return withLock(ownerId, async () => {
        if ((await lastChange(ownerId)) !== change) return false;
        for (const { countdown, progress } of await standings(ownerId, refused.countdown.channelId)) {
          const latest = countdown.id === refused.countdown.id ? refused.progress : progress;
          const pausedIn = countdown.channelId;
          await progresses.set(countdown.id, { ...latest, paused: reason, pausedIn });
          await queue.remove(countdown.id);
        }
        return true;
      });
    },
    lastChange,
    retryPaused(ownerId, mayPost, now) {
      return few(async () => {
        // Most servers have none.
        if ((await read(ownerId)).length === 0) return;
        await withLock(ownerId, async () => {
          const open = (await standings(ownerId)).filter(({ countdown }) => mayPost(countdown.channelId));
          if (open.length > 0) await changes.set(ownerId, { change: newId() });
          for (const { countdown, progress } of open) {
            if (!progress.paused) continue;
            const { paused: _, pausedIn: __, ...speaking } = progress;
            await progresses.set(countdown.id, speaking);
            await schedule(ownerId, { countdown, progress: speaking }, now);
          }
        });
      });
    },
    setProgress: (id, progress) => progresses.set(id, progress),
  };
}

/** Ten letters and digits: never reused, so that a ledger record can never speak of another countdown. */
export function newId(): string {
  return BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
}
