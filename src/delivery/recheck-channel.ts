import type { CountdownState } from '../countdown/countdown.ts';
import { isBefore } from '../countdown/local-time.ts';
import { nextRecheck } from '../countdown/recheck.ts';
import { targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { DueEntry } from '../store/due-queue.ts';
import type { ProcessingServices } from './ports.ts';

/** The delay before a check that Discord did not answer is repeated. */
const RETRY_DELAY = Temporal.Duration.from({ minutes: 15 });

/**
 * Checks the channel of a silenced countdown if that is due, and resumes the countdowns of the channel if the bot may post there.
 * Returns when to check again if Discord did not answer. Only a check for the first countdown of a channel sends requests: the
 * others find its result.
 */
export async function recheckChannel(
  { facts, clock, pauses, checkRefusal, log }: ProcessingServices,
  { ownerId }: DueEntry,
  state: CountdownState,
): Promise<Temporal.Instant | undefined> {
  const { countdown } = state;
  const now = clock.now();
  const due = nextRecheck(state, targetOf(facts, countdown, utcDay(now)), now);
  if (!due || isBefore(now, due)) return undefined;
  const { channelId } = countdown;
  const { kind } = await checkRefusal(ownerId, channelId);
  log.info({ guild: ownerId, channel: channelId, check: kind }, 'silenced channel checked again');
  if (kind === 'unknown') return now.add(RETRY_DELAY);
  if (kind === 'open') await pauses.retryPaused(ownerId, (id) => id === channelId, now);
  else await pauses.noteRecheck(ownerId, channelId, now);
  return undefined;
}
