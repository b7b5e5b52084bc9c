import { setTimeout as delay } from 'node:timers/promises';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Asker, type BotAccess, fetchBotAccess, type Get } from './bot-permissions.ts';

/** A reply to a command is due within three seconds, so it does not wait longer for this. Real time. */
const TIMEOUT_MS = 1_200;

/** Returns what the bot, and who asked, may do in channels of a server; undefined where Discord does not say so in time. */
export type LookUpAccess = (
  guildId: string,
  channelIds: readonly string[],
  asker?: Asker,
) => Promise<BotAccess | undefined>;

const user = z.looseObject({ id: z.string() });

/** Creates the look-up. A failed request counts as no answer: what a command replies must not depend on it. */
export function createAccessLookup(get: Get): LookUpAccess {
  const fetchAccess: LookUpAccess = async (guildId, channelIds, asker) => {
    const { id } = user.parse(await get(Routes.user()));
    return fetchBotAccess(get, id, guildId, [...new Set(channelIds)], asker);
  };
  return (guildId, channelIds, asker) =>
    Promise.race([
      fetchAccess(guildId, channelIds, asker).catch(() => undefined),
      delay(TIMEOUT_MS, undefined, { ref: false }),
    ]);
}
