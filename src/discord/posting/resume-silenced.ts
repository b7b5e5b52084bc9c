import pLimit from 'p-limit';
import { silence } from '../../countdown/countdown.ts';
import type { ChannelPauses } from '../../delivery/channel-pauses.ts';
import type { CountdownRepository } from '../../delivery/countdown-repository.ts';
import { type Get, postable } from '../rest/bot-permissions.ts';

/** Number of servers checked at a time: at a start all are checked, and more at once would only fill the memory. */
const CHECKED_AT_ONCE = 4;

/** What resuming works with. */
export interface SilencedResumerOptions {
  countdowns: Pick<CountdownRepository, 'list'>;
  pauses: Pick<ChannelPauses, 'retryPaused'>;
  get: Get;
  /** Resolves with the bot's own user. */
  botId: () => Promise<string>;
  now: () => Temporal.Instant;
  /** Whether each call follows a change of which Discord has told. Otherwise a call means that there may have been one. */
  isChangeKnown: boolean;
}

/** Lets the silent countdowns of a server try again if Discord says that the bot may post by now. */
export type ResumeSilenced = (guildId: string) => Promise<void>;

/** A server that changes again before it was checked is checked once: Discord tells of each channel by itself. */
export function createSilencedResumer(options: SilencedResumerOptions): ResumeSilenced {
  const limit = pLimit(CHECKED_AT_ONCE);
  const pending = new Map<string, Promise<void>>();
  return (guildId) => {
    const known = pending.get(guildId);
    if (known) return known;
    const check = limit(() => {
      pending.delete(guildId);
      return resumeSilenced(options, guildId);
    });
    pending.set(guildId, check);
    return check;
  };
}

async function resumeSilenced(
  { countdowns, pauses, get, botId, now, isChangeKnown }: SilencedResumerOptions,
  guildId: string,
): Promise<void> {
  const all = await countdowns.list(guildId);
  // Most servers have none, and at a start all are checked.
  if (all.length === 0) return;
  const silent = all
    .filter(({ countdown, progress }) => silence(countdown, progress))
    .map(({ countdown }) => countdown.channelId);
  if (silent.length === 0 && !isChangeKnown) return;
  const open =
    silent.length > 0 ? await postable(get, await botId(), guildId, [...new Set(silent)]) : new Set();
  // A channel that is silenced meanwhile may have refused before the change: it is tried again without a check.
  await pauses.retryPaused(guildId, (channel) => !silent.includes(channel) || open.has(channel), now());
}
