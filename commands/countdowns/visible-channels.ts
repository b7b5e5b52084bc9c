import type { Countdown } from '../../src/countdown/countdown.ts';
import { canSeeChannel, isAdministrator } from '../../src/discord/permissions.ts';
import type { LookUpAccess } from '../../src/discord/rest/access-lookup.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';

/** The countdowns that a member may know of. */
export interface VisibleCountdowns {
  visible: readonly Countdown[];
  /** Whether Discord said what the member may see; if not, only what is sure is visible. */
  isSure: boolean;
}

/**
 * Returns the countdowns of channels that the member may see. An interaction tells that for its own channel alone, so Discord is asked
 * for the others; where it does not answer, they are left out.
 */
export async function keepVisible(
  lookUpAccess: LookUpAccess,
  { here, userId }: Context,
  guild: Guild,
  countdowns: readonly Countdown[],
): Promise<VisibleCountdowns> {
  if (isAdministrator(guild.permissions)) return { visible: countdowns, isSure: true };
  const others = new Set(countdowns.map(({ channelId }) => channelId).filter((id) => id !== here?.id));
  const asker = { userId, roleIds: guild.roleIds };
  const access = others.size > 0 ? await lookUpAccess(guild.id, [...others], asker) : undefined;
  const canSee = (id: string) => id === here?.id || canSeeChannel(access?.asker?.channels.get(id) ?? 0n);
  return {
    visible: countdowns.filter(({ channelId }) => canSee(channelId)),
    isSure: others.size === 0 || access !== undefined,
  };
}
