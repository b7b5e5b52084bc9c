import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { IsRoleGone } from '../../delivery/ports.ts';

/** A post does not wait longer for this. Real time. */
const TIMEOUT_MS = 3_000;
/** Number of checks at a time: the posts that are checked already must not wait for the slots of all others. */
const CHECKED_AT_ONCE = 8;

const roles = z.array(z.looseObject({ id: z.string() }));

/** Creates the check whether a role was deleted. It acquires a rate-limit slot. A failed request counts as no answer. */
export function createRoleCheck(rest: Pick<REST, 'get'>, acquireSlot: () => Promise<void>): IsRoleGone {
  const limit = pLimit(CHECKED_AT_ONCE);
  return (guildId, roleId) =>
    limit(async () => {
      await acquireSlot();
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const found = await rest.get(Routes.guildRoles(guildId), { signal }).catch(() => undefined);
      const existing = roles.safeParse(found);
      return existing.success && existing.data.every(({ id }) => id !== roleId);
    });
}
