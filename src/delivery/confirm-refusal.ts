import type { PauseReason } from '../countdown/countdown.ts';
import type { DeliveryServices, RefusalCheck } from './ports.ts';

/** The refusals that may be stray ones, or end by themselves. The others speak of a person's settings or of a thread. */
const CHECKED: ReadonlySet<PauseReason> = new Set([
  'channel-gone',
  'guild-gone',
  'no-access',
  'no-permission',
]);

/** What a channel refused, and why. */
export interface Refusal {
  ownerId: string;
  channelId: string;
  reason: PauseReason;
}

/** Checks a refusal that may be a stray one. Any other is confirmed. */
export async function confirmRefusal(
  { checkRefusal }: Pick<DeliveryServices, 'checkRefusal'>,
  { ownerId, channelId, reason }: Refusal,
): Promise<RefusalCheck> {
  if (!CHECKED.has(reason)) return { kind: 'confirmed' };
  return checkRefusal(ownerId, channelId);
}
