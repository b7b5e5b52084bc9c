import type { PauseReason } from '../../countdown/countdown.ts';
import type { Language } from '../../i18n/translator.ts';
import { channelMention } from './format.ts';

/** Returns why Discord refuses the posts of a channel and what to do. */
export function pauseLine({ say }: Language, reason: PauseReason, channelId: string): string {
  if (reason === 'direct-closed') return say('countdown.paused.direct-closed');
  return say(`countdown.paused.${reason}`, { channel: channelMention(channelId) });
}
