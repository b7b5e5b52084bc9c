import pLimit from 'p-limit';
import { silence } from '../../countdown/countdown.ts';
import type { ChannelPauses } from '../../delivery/channel-pauses.ts';
import type { CountdownRepository } from '../../delivery/countdown-repository.ts';
import { findPostableChannels, type Get } from '../rest/bot-permissions.ts';

/** Number of servers checked at a time: at a start all are checked, and more would only use memory. */
const CHECKED_AT_ONCE = 4;

/** The services of a resumer. */
export interface SilencedResumerOptions {
  countdowns: Pick<CountdownRepository, 'list'>;
  pauses: Pick<ChannelPauses, 'retryPaused'>;
  /** Notices that the bot is back in a server from which it was away. */
  checkReturn: (guildId: string) => Promise<void>;
  get: Get;
  /** Resolves with the id of the bot's user. */
  botId: () => Promise<string>;
  now: () => Temporal.Instant;
  /** Whether each call follows a change that Discord reported. Otherwise a call means that something may have changed. */
  isChangeKnown: boolean;
}

/** Resumes the silenced countdowns of a server whose channels now allow the bot to post. Rejects if a request fails. */
export type ResumeSilenced = (guildId: string) => Promise<void>;

/** Creates a resumer. Calls for a server that waits for its check are merged: Discord sends one event for each channel. */
export function createSilencedResumer(options: SilencedResumerOptions): ResumeSilenced {
  const limit = pLimit(CHECKED_AT_ONCE);
  const pending = new Map<string, Promise<void>>();
  return (guildId) => {
    const existing = pending.get(guildId);
    if (existing) return existing;
    const check = limit(() => {
      pending.delete(guildId);
      return resumeSilenced(options, guildId);
    });
    pending.set(guildId, check);
    return check;
  };
}

async function resumeSilenced(
  { countdowns, pauses, checkReturn, get, botId, now, isChangeKnown }: SilencedResumerOptions,
  guildId: string,
): Promise<void> {
  await checkReturn(guildId);
  const all = await countdowns.list(guildId);
  // At a start all servers are checked, and most have no countdowns.
  if (all.length === 0) return;
  const silenced = all
    .filter(({ countdown, progress }) => silence(countdown, progress))
    .map(({ countdown }) => countdown.channelId);
  if (silenced.length === 0 && !isChangeKnown) return;
  const postable =
    silenced.length > 0
      ? await findPostableChannels(get, await botId(), guildId, [...new Set(silenced)])
      : new Set();
  // A channel that is silenced meanwhile may have refused before the change: it is retried without a check.
  await pauses.retryPaused(guildId, (id) => !silenced.includes(id) || postable.has(id), now());
}
