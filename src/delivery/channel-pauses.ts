import pLimit from 'p-limit';
import { z } from 'zod';
import type { CountdownState, PauseReason } from '../countdown/countdown.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { Store } from '../store/store.ts';
import type { GuildDocuments } from './guild-documents.ts';
import { newId } from './new-id.ts';
import type { ProgressRepository } from './progress-repository.ts';

/** Number of servers retried at a time: at a start Discord reports all servers, and posts must not wait for that. */
const RETRIED_AT_ONCE = 2;

/** A change token: a random value for each change. It needs no clock and is unique across processes. */
export const changeSchema = z.strictObject({
  change: z.string().describe('A random name for the last change'),
});

/** The channels that refuse posts. The countdowns of such a channel are silenced until something changes there. */
export interface ChannelPauses {
  /**
   * Silences all countdowns of the channel that refused a post of `refused`, so that no second request is made to it. Returns false
   * if the server has changed since the token `change`: then the refusal is out of date.
   */
  pause(
    ownerId: string,
    refused: CountdownState,
    reason: PauseReason,
    change: string | null,
  ): Promise<boolean>;
  /** Resumes the silenced countdowns of the channels for which `mayPost` returns true. */
  retryPaused(ownerId: string, mayPost: (channelId: string) => boolean, now: Temporal.Instant): Promise<void>;
  /** Returns the token of the last change that may have let a silenced countdown post again; null if there was none. */
  lastChange(ownerId: string): Promise<string | null>;
  /** Erases the change token of an owner who has no countdowns. Call it under the owner's lock. */
  deleteChange(ownerId: string): Promise<void>;
}

/** Creates the pauses. Changes are made under the owner's lock. */
export function createChannelPauses(
  { open, queue, withLock }: Pick<Store, 'open' | 'withLock'> & { queue: DueSchedule },
  guilds: GuildDocuments,
  progress: ProgressRepository,
): ChannelPauses {
  const changes = open('changes', changeSchema);
  const limit = pLimit(RETRIED_AT_ONCE);
  const lastChange = async (ownerId: string) => (await changes.get(ownerId))?.change ?? null;
  const statesIn = async (ownerId: string, isWanted: (channelId: string) => boolean) => {
    const { countdowns } = await guilds.read(ownerId);
    return Promise.all(countdowns.filter(({ channelId }) => isWanted(channelId)).map(progress.of));
  };

  return {
    pause(ownerId, refused, reason, change) {
      return withLock(ownerId, async () => {
        if ((await lastChange(ownerId)) !== change) return false;
        const { channelId } = refused.countdown;
        for (const state of await statesIn(ownerId, (id) => id === channelId)) {
          const { id } = state.countdown;
          // The progress of the refused countdown may not be stored yet.
          const latest = id === refused.countdown.id ? refused.progress : state.progress;
          await progress.set(id, { ...latest, paused: reason, pausedIn: channelId });
          await queue.remove(id);
        }
        return true;
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
            const { paused: _, pausedIn: __, ...resumed } = stored;
            await progress.set(countdown.id, resumed);
            await progress.schedule(ownerId, { countdown, progress: resumed }, now);
          }
        });
      });
    },
    lastChange,
    deleteChange: (ownerId) => changes.delete(ownerId),
  };
}
