import pLimit from 'p-limit';
import { z } from 'zod';
import { noticeInstant, silenceNoticeId, silencesSchema } from '../countdown/contact.ts';
import { type CountdownState, type PauseReason, type Progress, silence } from '../countdown/countdown.ts';
import { notAfter } from '../countdown/local-time.ts';
import { isPerson } from '../countdown/owner.ts';
import { afterRecheck, newRecheck, nextRecheck } from '../countdown/recheck.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { Store } from '../store/store.ts';
import type { GuildDocuments } from './guild-documents.ts';
import { newId } from './new-id.ts';
import type { ProgressRepository } from './progress-repository.ts';
import { requestSilenceNotice } from './request-silence-notice.ts';

/** Number of servers retried at a time: at a start Discord reports all servers, and posts must not wait for that. */
const RETRIED_AT_ONCE = 2;

/** A change token: a random value for each change. It needs no clock and is unique across processes. */
export const changeSchema = z.strictObject({
  change: z.string().describe('A random name for the last change'),
});

/** A post that its channel refused. */
export interface RefusedPost {
  state: CountdownState;
  reason: PauseReason;
  /** The owner's change token from before the attempt. */
  change: string | null;
  now: Temporal.Instant;
}

/** The channels that refuse posts. The countdowns of such a channel are silenced until something changes there. */
export interface ChannelPauses {
  /**
   * Silences all countdowns of the channel that refused a post, so that no second post is tried there. Returns false if the server
   * has changed since then: the refusal is out of date.
   */
  pause(ownerId: string, refusal: RefusedPost): Promise<boolean>;
  /** Stores that a check found the channel still closed, for all its silenced countdowns. */
  noteRecheck(ownerId: string, channelId: string, now: Temporal.Instant): Promise<void>;
  /** Resumes the silenced countdowns of the channels for which `mayPost` returns true. */
  retryPaused(ownerId: string, mayPost: (channelId: string) => boolean, now: Temporal.Instant): Promise<void>;
  /** Returns the token of the last change that may have let a silenced countdown post again; null if there was none. */
  lastChange(ownerId: string): Promise<string | null>;
  /** Erases the rest of an owner who has no countdowns. Call it under the owner's lock. */
  erase(ownerId: string): Promise<void>;
}

/** Returns the progress of a silenced countdown. If it was silent already, the silence keeps its name. */
function silenced(
  { countdown, progress }: CountdownState,
  reason: PauseReason,
  now: Temporal.Instant,
): Progress {
  const known = silence(countdown, progress) ? progress.silence : undefined;
  return {
    ...progress,
    paused: reason,
    pausedIn: countdown.channelId,
    recheck: newRecheck(now),
    silence: known ?? newId(),
  };
}

/** Creates the pauses. Changes are made under the owner's lock. `facts` returns the current facts. */
export function createChannelPauses(
  { open, withLock, queue }: Pick<Store, 'open' | 'withLock'> & { queue: DueSchedule },
  guilds: GuildDocuments,
  progress: ProgressRepository,
  facts: () => Facts,
): ChannelPauses {
  const changes = open('changes', changeSchema);
  const silences = open('silences', silencesSchema);
  const limit = pLimit(RETRIED_AT_ONCE);
  const lastChange = async (ownerId: string) => (await changes.get(ownerId))?.change ?? null;
  const statesIn = async (ownerId: string, isWanted: (channelId: string) => boolean) => {
    const { countdowns } = await guilds.read(ownerId);
    return Promise.all(countdowns.filter(({ channelId }) => isWanted(channelId)).map(progress.of));
  };

  return {
    pause(ownerId, { state: refused, reason, change, now }) {
      return withLock(ownerId, async () => {
        if ((await lastChange(ownerId)) !== change) return false;
        const { channelId } = refused.countdown;
        // Enqueued first: a crash in between loses no notice. A person gets none about their own reminders.
        if (!isPerson(ownerId)) await requestSilenceNotice(queue, ownerId, noticeInstant(now));
        for (const { countdown, progress: stored } of await statesIn(ownerId, (id) => id === channelId)) {
          // The progress of the refused countdown may not be stored yet.
          const latest = countdown.id === refused.countdown.id ? refused.progress : stored;
          const paused = silenced({ countdown, progress: latest }, reason, now);
          await progress.set(countdown.id, paused);
          await progress.schedule(ownerId, { countdown, progress: paused }, now);
        }
        return true;
      });
    },
    noteRecheck(ownerId, channelId, now) {
      return withLock(ownerId, async () => {
        for (const { countdown, progress: stored } of await statesIn(ownerId, (id) => id === channelId)) {
          if (!silence(countdown, stored)) continue;
          const target = targetOf(facts(), countdown, utcDay(now));
          const due = nextRecheck({ countdown, progress: stored }, target, now);
          if (!due || !notAfter(due, now)) continue;
          const recheck = afterRecheck({ countdown, progress: stored }, target, now);
          await progress.set(countdown.id, { ...stored, recheck });
          await progress.schedule(ownerId, { countdown, progress: { ...stored, recheck } }, now);
        }
      });
    },
    retryPaused(ownerId, mayPost, now) {
      return limit(async () => {
        // Most servers have no countdowns: no lock is needed for them.
        if ((await guilds.read(ownerId)).countdowns.length === 0) return;
        await withLock(ownerId, async () => {
          const open = await statesIn(ownerId, mayPost);
          if (open.length > 0) await changes.set(ownerId, { change: newId() });
          for (const { countdown, progress: stored } of open) {
            if (!stored.paused) continue;
            const { paused: _, pausedIn: __, recheck: ___, silence: ____, ...resumed } = stored;
            await progress.set(countdown.id, resumed);
            await progress.schedule(ownerId, { countdown, progress: resumed }, now);
          }
        });
      });
    },
    lastChange,
    async erase(ownerId) {
      await changes.delete(ownerId);
      await silences.delete(ownerId);
      await queue.remove(silenceNoticeId(ownerId));
    },
  };
}
