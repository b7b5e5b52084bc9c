import { silence } from '../../countdown/countdown.ts';
import type { CountdownRepository } from '../../delivery/countdown-repository.ts';
import { createConcurrencyLimit } from '../../lib/concurrency-limit.ts';
import { type Get, postable } from '../rest/bot-permissions.ts';

/** At a start all servers are looked at; more at once would only fill the memory. */
const AT_ONCE = 4;

export interface SilencedResumerOptions {
  countdowns: CountdownRepository;
  get: Get;
  /** The bot's own user. */
  botId: () => Promise<string>;
  now: () => Temporal.Instant;
  /** Whether Discord has told of a change each time. Where it tells of none, one looks whenever there may have been one. */
  told: boolean;
}

/** Lets the silent countdowns of a server try again where Discord says that the bot may post by now. */
export type ResumeSilenced = (guildId: string) => Promise<void>;

/** What changes again before it was looked at is looked at once: Discord tells of each channel by itself. */
export function createSilencedResumer(parts: SilencedResumerOptions): ResumeSilenced {
  const few = createConcurrencyLimit(AT_ONCE);
  const waiting = new Map<string, Promise<void>>();
  return (guildId) => {
    const known = waiting.get(guildId);
    if (known) return known;
    const look = Promise.resolve().then(() =>
      few(() => {
        waiting.delete(guildId);
        return lookAgain(parts, guildId);
      }),
    );
    waiting.set(guildId, look);
    return look;
  };
}

async function lookAgain(
  { countdowns, get, botId, now, told }: SilencedResumerOptions,
  guildId: string,
): Promise<void> {
  const all = await countdowns.list(guildId);
  // Most servers have none, and at a start all are looked at.
  if (all.length === 0) return;
  const silent = all
    .filter(({ countdown, progress }) => silence(countdown, progress))
    .map(({ countdown }) => countdown.channelId);
  if (silent.length === 0 && !told) return;
  const open =
    silent.length > 0 ? await postable(get, await botId(), guildId, [...new Set(silent)]) : new Set();
  // One that falls silent meanwhile was refused before the change, perhaps: it tries again without being asked about.
  await countdowns.retryPaused(guildId, (channel) => !silent.includes(channel) || open.has(channel), now());
}
