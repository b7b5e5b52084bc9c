import { randomBytes } from 'node:crypto';
import {
  type Countdown,
  guildCountdownsSchema,
  MOST_COUNTDOWNS,
  newProgress,
  type PauseReason,
  type Progress,
  progressSchema,
} from '../countdown/countdown.ts';
import { planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/world.ts';
import type { OpenDocuments } from '../store/documents.ts';
import type { DueQueue } from './due-queue.ts';
import { openLedger } from './ledger.ts';
import { oneByOne } from './one-by-one.ts';

/** A countdown and how far it has come. */
export interface Standing {
  countdown: Countdown;
  progress: Progress;
}

export type NewCountdown = Omit<Countdown, 'id' | 'createdAt'>;
export type AddResult = { ok: true; standing: Standing } | { ok: false; why: 'full' | 'there-already' };

/** The countdowns of all servers, and everything that is stored about them. */
export interface Countdowns {
  list(guildId: string): Promise<Standing[]>;
  get(guildId: string, id: string): Promise<Standing | undefined>;
  add(guildId: string, order: NewCountdown, now: Temporal.Instant): Promise<AddResult>;
  /** Removes one; false where there is none of that id. */
  remove(guildId: string, id: string): Promise<boolean>;
  /** Erases what is stored beside a countdown that is no longer ordered. */
  clear(id: string): Promise<void>;
  /** Erases everything of a server. */
  forget(guildId: string): Promise<void>;
  /** Erases everything of the servers that the bot is no longer in; it may have been removed while it was away. */
  forgetDeparted(isMember: (guildId: string) => boolean, signal: AbortSignal): Promise<void>;
  setProgress(id: string, progress: Progress): Promise<void>;
  /** Silences all countdowns of a channel that refused one: no second request is made to it. */
  pause(guildId: string, channelId: string, reason: PauseReason): Promise<void>;
  /** Lets the silent countdowns of a server try again, in the channels that may be posted to: something changed there. */
  reconsider(guildId: string, mayPost: (channelId: string) => boolean, now: Temporal.Instant): Promise<void>;
  /** How often something changed in a server: a refusal that crossed such a change on its way is not the last word. */
  changesOf(guildId: string): number;
  /** Puts the countdown into the due queue at its next instant, or takes it out where nothing more will come. */
  schedule(guildId: string, standing: Standing, now: Temporal.Instant): Promise<void>;
}

/** Needs the documents, the queue, today's facts, and whom to tell that the queue has changed. */
export function countdownsIn(
  open: OpenDocuments,
  queue: DueQueue,
  facts: Facts,
  changed: () => void,
): Countdowns {
  const guilds = open('countdowns', guildCountdownsSchema);
  const progresses = open('progress', progressSchema);
  const ledger = openLedger(open);
  const changes = new Map<string, number>();
  // Two admins at once cannot overwrite each other.
  const inTurn = oneByOne();

  const read = async (guildId: string) => (await guilds.get(guildId))?.countdowns ?? [];
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
    return inTurn(guildId, async () => {
      const countdowns = await read(guildId);
      for (const countdown of countdowns) await doom(guildId, countdown);
      await guilds.delete(guildId);
      for (const { id } of countdowns) await clear(id);
      changed();
    });
  }

  async function schedule(
    guildId: string,
    { countdown, progress }: Standing,
    now: Temporal.Instant,
  ): Promise<void> {
    const { release, id } = countdown;
    const plan = planOf(countdown, progress, targetOf(facts, release, utcDay(now)), now);
    const at = plan.post || plan.skip.length > 0 ? now : plan.next;
    // Where nothing is to come it still waits in the queue: an edit of the facts may give its release a date, or move it.
    if (progress.paused) await queue.remove(id);
    else await queue.put({ countdownId: id, guildId, at, release, basis: facts.basis(release) });
    changed();
  }

  return {
    schedule,
    clear,
    async list(guildId) {
      return standings(guildId);
    },
    async get(guildId, id) {
      const countdown = (await read(guildId)).find((one) => one.id === id);
      return countdown && standingOf(countdown);
    },
    add(guildId, order, now) {
      return inTurn(guildId, async (): Promise<AddResult> => {
        const countdowns = await read(guildId);
        if (countdowns.length >= MOST_COUNTDOWNS) return { ok: false, why: 'full' };
        if (countdowns.some((one) => sameOrder(one, order))) return { ok: false, why: 'there-already' };

        const countdown: Countdown = { ...order, id: newId(), createdAt: now.toString() };
        const { date } = targetOf(facts, order.release, utcDay(now));
        const progress = newProgress(date?.length === 10 ? date : null, now);
        // What a crash leaves behind without the countdown is found empty-handed and dropped; what is dropped between
        // the two steps, since the countdown was not there yet, is put back by the last.
        await progresses.set(countdown.id, progress);
        await schedule(guildId, { countdown, progress }, now);
        await guilds.set(guildId, { countdowns: [...countdowns, countdown] });
        await schedule(guildId, { countdown, progress }, now);
        return { ok: true, standing: { countdown, progress } };
      });
    },
    remove(guildId, id) {
      return inTurn(guildId, async () => {
        const countdowns = await read(guildId);
        const removed = countdowns.find((one) => one.id === id);
        if (!removed) return false;
        await doom(guildId, removed);
        const left = countdowns.filter((one) => one.id !== id);
        await (left.length > 0 ? guilds.set(guildId, { countdowns: left }) : guilds.delete(guildId));
        await clear(id);
        changed();
        return true;
      });
    },
    forget,
    async forgetDeparted(isMember, signal) {
      for await (const guildId of guilds.ids()) {
        if (signal.aborted) return;
        if (!isMember(guildId)) await forget(guildId);
      }
    },
    async pause(guildId, channelId, reason) {
      for (const { countdown, progress } of await standings(guildId, channelId)) {
        await progresses.set(countdown.id, { ...progress, paused: reason });
        await queue.remove(countdown.id);
      }
    },
    changesOf: (guildId) => changes.get(guildId) ?? 0,
    async reconsider(guildId, mayPost, now) {
      for (const { countdown, progress } of await standings(guildId)) {
        if (!mayPost(countdown.channelId)) continue;
        changes.set(guildId, (changes.get(guildId) ?? 0) + 1);
        if (!progress.paused) continue;
        const { paused: _, ...open } = progress;
        await progresses.set(countdown.id, open);
        await schedule(guildId, { countdown, progress: open }, now);
      }
    },
    setProgress: (id, progress) => progresses.set(id, progress),
  };
}

/** The same release in the same channel would be posted twice. */
function sameOrder(a: NewCountdown, b: NewCountdown): boolean {
  return a.release === b.release && a.anniversary === b.anniversary && a.channelId === b.channelId;
}

/** Ten letters and digits: never reused, so that a ledger record can never speak of another countdown. */
function newId(): string {
  return BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
}
