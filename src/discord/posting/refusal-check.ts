import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { isPerson } from '../../countdown/owner.ts';
import type { CheckRefusal, RefusalCheck } from '../../delivery/ports.ts';
import { fetchBotAccess, type Get } from '../rest/bot-permissions.ts';
import { toOutcome } from '../rest/errors.ts';

const user = z.looseObject({ id: z.string() });

/**
 * Creates the check whether a channel really refuses the bot. It requests the channel, the bot's membership, roles and time-out:
 * a single refusal may be a stray one, and a time-out ends by itself. Direct messages have only the channel: whether the person
 * has closed them is another refusal.
 */
export function createRefusalCheck(get: Get, now: () => Temporal.Instant): CheckRefusal {
  const fetchBotId = async () => user.parse(await get(Routes.user())).id;
  async function checkServer(guildId: string, channelId: string): Promise<RefusalCheck> {
    const botId = await fetchBotId();
    const { problems, timeoutUntil } = await fetchBotAccess(get, botId, guildId, [channelId]);
    const until = endOfTimeout(timeoutUntil, now());
    if (until) return { kind: 'timed-out', until };
    return { kind: problems.has(channelId) ? 'confirmed' : 'open' };
  }
  async function checkDirect(channelId: string): Promise<RefusalCheck> {
    await get(Routes.channel(channelId));
    return { kind: 'open' };
  }
  return async (ownerId, channelId) => {
    try {
      return await (isPerson(ownerId) ? checkDirect(channelId) : checkServer(ownerId, channelId));
    } catch (error) {
      return checkFailure(error);
    }
  };
}

function endOfTimeout(until: string | undefined, now: Temporal.Instant): Temporal.Instant | undefined {
  const end = until ? Temporal.Instant.from(until) : undefined;
  return end && Temporal.Instant.compare(end, now) > 0 ? end : undefined;
}

/** A refusal to show the server or the member confirms the other one; any other failure leaves it open. */
function checkFailure(error: unknown): RefusalCheck {
  const outcome = toOutcome(error);
  return { kind: outcome.kind === 'paused' ? 'confirmed' : 'unknown' };
}
