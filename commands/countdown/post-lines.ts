import type { Countdown } from '../../src/countdown/countdown.ts';
import { isKnownZone, postInstantOn } from '../../src/countdown/local-time.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { channelMention, timestamp } from '../../src/discord/message/format.ts';
import type { Language } from '../../src/i18n/translator.ts';

/** Returns where and when a live countdown edits its message, and when its date starts, where that has an hour. */
export function liveLines({ say }: Language, { channelId, own, time, timeZone }: Countdown): string[] {
  const start =
    own?.time && isKnownZone(timeZone)
      ? [say('countdown.starts', { start: timestamp(postInstantOn(own.date, { timeZone, time: own.time })) })]
      : [];
  const channel = channelMention(channelId);
  return [...start, say('countdown.where-live', { channel, time, zone: zoneLabel(timeZone) })];
}

/** Returns which posts of a countdown stay, if not all. */
export function postLines({ say }: Language, { keep }: Countdown): string[] {
  return keep ? [say(`countdown.kept.${keep}`)] : [];
}
