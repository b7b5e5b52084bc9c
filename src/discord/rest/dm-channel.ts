import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { RealTime } from '../../lib/real-time.ts';
import { createRateLimiter } from '../../store/rate-limiter.ts';
import { toOutcome } from './errors.ts';

/** The channel of the direct messages with a person; or that there is none: the person does not allow it, or not at present. */
export type OpenDmResult = { ok: true; channelId: string } | { ok: false; why: 'closed' | 'later' };

/** Opens the direct-message channel with a person, or returns the existing one. */
export type OpenDm = (userId: string) => Promise<OpenDmResult>;

/** Discord blocks bots that open direct messages too fast (40003) and states no limit: docs "User", create DM. */
const OPENED_PER_SECOND = 1;
/** The maximum queue length: further callers get `later`. */
const MAX_PENDING = 10;

const channel = z.object({ id: z.string() });

/** Creates the opener. Its pace is this process's own; `acquireSlot` resolves when Discord's limit for all requests has room. */
export function createDmOpener(
  rest: Pick<REST, 'post'>,
  acquireSlot: () => Promise<void>,
  time?: Pick<RealTime, 'now' | 'sleep'>,
): OpenDm {
  const limit = pLimit(1);
  const acquireTurn = createRateLimiter(OPENED_PER_SECOND, time);
  return async (userId) => {
    if (limit.pendingCount >= MAX_PENDING) return { ok: false, why: 'later' };
    await limit(async () => {
      await acquireTurn();
      await acquireSlot();
    });
    try {
      const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return { ok: true, channelId: channel.parse(opened).id };
    } catch (error) {
      const outcome = toOutcome(error);
      const isClosed = outcome.kind === 'paused' && outcome.reason === 'direct-closed';
      return { ok: false, why: isClosed ? 'closed' : 'later' };
    }
  };
}
