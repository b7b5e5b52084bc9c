import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  type Countdown,
  guildCountdownsSchema,
  newProgress,
  type PauseReason,
  type Progress,
  progressSchema,
  silence,
} from '../countdown/countdown.ts';
import { isPerson, mostOf } from '../countdown/owner.ts';
import { planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import { limited } from '../lib/concurrency-limit.ts';
import type { Store } from '../store/store.ts';
import { isEmpty, isSameOrder, NOTHING_ORDERED, type Orders, ordersIn } from './guild-settings.ts';
import { type History, historyOf, openLedger } from './ledger.ts';

/** So many servers are looked at again at a time: at a start Discord tells of all of them, and posts must not wait for that. */
const RECONSIDERED_AT_ONCE = 2;

/** A new one for each change: whether there was one in between needs no clock, and no two processes count alike. */
export const changeSchema = z.strictObject({
  change: z.string().describe('A name for the last change, made up at random'),
});

/** A countdown and how far it has come. */
export interface Standing {
  countdown: Countdown;
  progress: Progress;
}

export type NewCountdown = Omit<Countdown, 'id' | 'createdAt'>;
export type AddResult = { ok: true; standing: Standing } | { ok: false; why: 'full' | 'there-already' };

/** The countdowns of all servers, and everything that is stored about them. */
export interface Countdowns extends Orders {
  list(guildId: string): Promise<Standing[]>;
  get(guildId: string, id: string): Promise<Standing | undefined>;
  add(guildId: string, order: NewCountdown, now: Temporal.Instant): Promise<AddResult>;
  /** Removes one; false where there is none of that id. */
  remove(guildId: string, id: string): Promise<boolean>;
  /** Erases what is stored beside a countdown that is no longer ordered. To be called in the server's turn. */
  clear(id: string): Promise<void>;
  /** Erases everything of a server. */
  forget(guildId: string): Promise<void>;
  /** Erases everything of the servers that the bot is no longer in; it may have been removed while it was away. */
  forgetDeparted(isMember: (guildId: string) => boolean, signal: AbortSignal): Promise<void>;
  /** What has been posted of a countdown, and what is done with. */
  history(id: string): Promise<History>;
  setProgress(id: string, progress: Progress): Promise<void>;
  /**
   * Silences all countdowns of a channel that refused one, which comes with its progress: no second request is made to it.
   * False where the server has changed since `change`: a refusal that crossed such a change is not the last word.
   */
  pause(guildId: string, refused: Standing, reason: PauseReason, change: string | null): Promise<boolean>;
  /** Lets the silent countdowns of a server try again, in the channels that may be posted to: something changed there. */
  reconsider(guildId: string, mayPost: (channelId: string) => boolean, now: Temporal.Instant): Promise<void>;
  /** A name for the last change in a server that may have let a silent countdown speak again. */
  lastChange(guildId: string): Promise<string | null>;
  /** Puts the countdown into the due queue at its next instant, or takes it out where nothing more will come. */
  schedule(guildId: string, standing: Standing, now: Temporal.Instant): Promise<void>;
}

/** Needs the store, the facts of this moment, and whom to tell that the queue has changed. */
export function countdownsIn(
  { open, queue, exclusively }: Pick<Store, 'open' | 'queue' | 'exclusively'>,
  facts: () => Facts,
  changed: () => void,
): Countdowns {
  const guilds = open('countdowns', guildCountdownsSchema);
  const progresses = open('progress', progressSchema);
  const changes = open('changes', changeSchema);
  const ledger = openLedger(open);
  const few = limited(RECONSIDERED_AT_ONCE);

  const ordered = async (guildId: string) => (await guilds.get(guildId)) ?? NOTHING_ORDERED;
  const read = async (guildId: string) => (await ordered(guildId)).countdowns;
  const standingOf = async (countdown: Countdown): Promise<Standing> => {
    const created = Temporal.Instant.from(countdown.createdAt);
    return { countdown, progress: (await progresses.get(countdown.id)) ?? newProgress(null, created) };
  };

  const clear = async (id: string) => {
    await progresses.delete(id);
    await ledger.erase(id);
    await queue.remove(id);
  };
  /** Due at once: where a removal is cut off, delivery finds the entry without its countdown and clears what is left. */
  const doom = (guildId: string, { id, release, createdAt }: Countdown) =>
    queue.put({ countdownId: id, guildId, at: Temporal.Instant.from(createdAt), release, basis: '' });
  const standings = async (guildId: string, channelId?: string) => {
    const all = await read(guildId);
    return Promise.all(all.filter((one) => !channelId || one.channelId === channelId).map(standingOf));
  };

  function forget(guildId: string): Promise<void> {
    return exclusively(guildId, async () => {
      const { countdowns, events = [] } = await ordered(guildId);
      for (const countdown of countdowns) await doom(guildId, countdown);
      await guilds.delete(guildId);
      await changes.delete(guildId);
      for (const { id } of [...countdowns, ...events]) await clear(id);
      changed();
    });
  }

  const lastChange = async (guildId: string) => (await changes.get(guildId))?.change ?? null;

  async function lookAt(guildId: string, { id, release }: Countdown, at: Temporal.Instant): Promise<void> {
    await queue.put({ countdownId: id, guildId, at, release, basis: facts().basis(release) });
    changed();
  }

  async function schedule(
    guildId: string,
    { countdown, progress }: Standing,
    now: Temporal.Instant,
  ): Promise<void> {
    const { release, id } = countdown;
    const known = facts();
    const plan = planOf(countdown, progress, targetOf(known, countdown, utcDay(now)), now);
    const at = plan.post || plan.skip.length > 0 ? now : plan.next;
    // Where nothing is to come it still waits in the queue: an edit of the facts may give its release a date, or move it.
    if (countdown.pausedAt || silence(countdown, progress)) await queue.remove(id);
    else await queue.put({ countdownId: id, guildId, at, release, basis: known.basis(release) });
    // Facts that came in between have refreshed the queue already, perhaps before this entry was in it.
    if (facts() !== known) await queue.refresh(release, facts().basis(release), now);
    changed();
  }

  return {
    ...ordersIn({ guilds, exclusively, standingOf, lookAt }),
    schedule,
    clear,
    history: async (id) => historyOf(await ledger.all(id)),
    async list(guildId) {
      return standings(guildId);
    },
    async get(guildId, id) {
      const countdown = (await read(guildId)).find((one) => one.id === id);
      return countdown && standingOf(countdown);
    },
    add(guildId, order, now) {
      return exclusively(guildId, async (): Promise<AddResult> => {
        const { countdowns, ...rest } = await ordered(guildId);
        if (countdowns.length >= mostOf(guildId)) return { ok: false, why: 'full' };
        if (countdowns.some((one) => isSameOrder(one, order))) return { ok: false, why: 'there-already' };

        const countdown: Countdown = { ...order, id: newId(), createdAt: now.toString() };
        const { date } = targetOf(facts(), countdown, utcDay(now));
        const progress = newProgress(date?.length === 10 ? date : null, now);
        // What a crash leaves behind without the countdown is found empty-handed and dropped; what is dropped between
        // the two steps, since the countdown was not there yet, is put back by the last.
        await progresses.set(countdown.id, progress);
        await schedule(guildId, { countdown, progress }, now);
        await guilds.set(guildId, { ...rest, countdowns: [...countdowns, countdown] });
        await schedule(guildId, { countdown, progress }, now);
        return { ok: true, standing: { countdown, progress } };
      });
    },
    remove(guildId, id) {
      return exclusively(guildId, async () => {
        const { countdowns, ...rest } = await ordered(guildId);
        const removed = countdowns.find((one) => one.id === id);
        if (!removed) return false;
        await doom(guildId, removed);
        const left = countdowns.filter((one) => one.id !== id);
        const remaining = { ...rest, countdowns: left };
        await (isEmpty(remaining) ? guilds.delete(guildId) : guilds.set(guildId, remaining));
        if (left.length === 0) await changes.delete(guildId);
        await clear(id);
        changed();
        return true;
      });
    },
    forget,
    async forgetDeparted(isMember, signal) {
      for await (const guildId of guilds.ids()) {
        if (signal.aborted) return;
        // A person is in no server of the bot's by being a person: their reminders stay.
        if (!isPerson(guildId) && !isMember(guildId)) await forget(guildId);
      }
    },
    pause(guildId, refused, reason, change) {
      return exclusively(guildId, async () => {
        if ((await lastChange(guildId)) !== change) return false;
        for (const { countdown, progress } of await standings(guildId, refused.countdown.channelId)) {
          const latest = countdown.id === refused.countdown.id ? refused.progress : progress;
          const pausedIn = countdown.channelId;
          await progresses.set(countdown.id, { ...latest, paused: reason, pausedIn });
          await queue.remove(countdown.id);
        }
        return true;
      });
    },
    lastChange,
    reconsider(guildId, mayPost, now) {
      return few(async () => {
        // Most servers have none.
        if ((await read(guildId)).length === 0) return;
        await exclusively(guildId, async () => {
          const open = (await standings(guildId)).filter(({ countdown }) => mayPost(countdown.channelId));
          if (open.length > 0) await changes.set(guildId, { change: newId() });
          for (const { countdown, progress } of open) {
            if (!progress.paused) continue;
            const { paused: _, pausedIn: __, ...speaking } = progress;
            await progresses.set(countdown.id, speaking);
            await schedule(guildId, { countdown, progress: speaking }, now);
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
