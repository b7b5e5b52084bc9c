import type { Logger } from 'pino';
import {
  erasureInstant,
  type GoneDeparture,
  isAtOnce,
  largestAtOnce,
  MOST_COUNTED_SERVERS,
  maxErasedAtOnce,
} from '../countdown/departure.ts';
import { notAfter } from '../countdown/local-time.ts';
import type { Clock } from '../lib/clock.ts';
import type { DueEntry } from '../store/due-queue.ts';
import type { CountdownRepository } from './countdown-repository.ts';
import type { DepartureRepository } from './departures.ts';

/** Whether the bot is in a server. `gone` is Discord's own verdict; `unknown`: it could not be asked, or did not say so. */
export type Membership = 'member' | 'gone' | 'unknown';
/** Asks Discord whether the bot is in a server. */
export type FindMembership = (guildId: string) => Promise<Membership>;

/** The services of the check. */
export interface DepartureCheckOptions {
  departures: DepartureRepository;
  countdowns: Pick<CountdownRepository, 'servers' | 'deleteOwner'>;
  findMembership: FindMembership;
  /** How many servers may be erased at once; undefined: as `maxErasedAtOnce` says. */
  maxErased: number | undefined;
  clock: Clock;
  log: Logger;
}

/** The delay before Discord is asked again, if it gave no answer, or if too many servers are gone at once. */
const ASK_AGAIN = Temporal.Duration.from({ hours: 1 });
/** The delay if it gave no answer just after the departure was stored: the bot may be a member, and posts wait. */
const ASK_SOON = Temporal.Duration.from({ minutes: 1 });
/** The most departures that the report reads. */
const MOST_REPORTED = 1_000;

/**
 * Creates the check of a server that seems to have removed the bot. It erases the server's data if Discord said so twice, a day
 * apart, and if not too many servers are gone at once.
 */
export function createDepartureCheck(options: DepartureCheckOptions): (entry: DueEntry) => Promise<void> {
  const { departures, countdowns, findMembership, clock, log } = options;
  const report = createHourlyReport(options);
  const saveDeparture = createDepartureSaver(options);

  return async ({ ownerId }) => {
    const membership = await findMembership(ownerId);
    const now = clock.now();
    if (membership === 'unknown') return departures.requestCheck(ownerId, now.add(ASK_AGAIN));
    if (membership === 'member') return departures.markMember(ownerId, now);
    const departure = await saveDeparture(ownerId);
    if (!departure) return;
    const isDue = notAfter(erasureInstant(departure), now);
    if (!isDue) log.info({ guild: ownerId }, 'removed from a server, keeping its data for 24 hours');
    if (await isTooMany(options, departure)) {
      report(now);
      if (isDue) await departures.requestCheck(ownerId, now.add(ASK_AGAIN));
    } else if (isDue) {
      log.info({ guild: ownerId }, 'removed from a server, erasing its data');
      await countdowns.deleteOwner(ownerId);
    }
  };
}

/**
 * Creates the function that stores the departure from a server of which Discord just said that the bot is gone. It returns
 * undefined if nothing is stored about the server, or if the bot is back. Discord is asked once more after the departure is
 * stored: nobody noticed an invitation that came in between, as there was no departure yet.
 */
export function createDepartureSaver({
  departures,
  findMembership,
  clock,
}: Pick<DepartureCheckOptions, 'departures' | 'findMembership' | 'clock'>): (
  guildId: string,
) => Promise<GoneDeparture | undefined> {
  return async (guildId) => {
    const departure = await departures.markGone(guildId, clock.now());
    if (!departure) return undefined;
    const membership = await findMembership(guildId);
    if (membership === 'unknown') await departures.requestCheck(guildId, clock.now().add(ASK_SOON));
    if (membership !== 'member') return departure;
    await departures.markMember(guildId, clock.now());
    return undefined;
  };
}

/** Logs at most once an hour: thousands of servers may be held. */
function createHourlyReport({ log }: DepartureCheckOptions): (now: Temporal.Instant) => void {
  let nextAt: Temporal.Instant | undefined;
  return (now) => {
    if (nextAt && !notAfter(nextAt, now)) return;
    nextAt = now.add(ASK_AGAIN);
    log.error('too many servers are gone at once, not erasing their data: see MAX_ERASED_AT_ONCE');
  };
}

/** Returns whether more servers are gone at once with this one than may be erased. Reads no more documents than it needs. */
async function isTooMany(options: DepartureCheckOptions, departure: GoneDeparture): Promise<boolean> {
  const limit = await findLimit(options);
  let count = 0;
  for await (const other of options.departures.gone()) {
    if (isAtOnce(departure, other)) count += 1;
    if (count > limit) return true;
  }
  return false;
}

async function findLimit({ countdowns, maxErased }: Pick<DepartureCheckOptions, 'countdowns' | 'maxErased'>) {
  let known = 0;
  for await (const _ of countdowns.servers()) {
    known += 1;
    if (known >= MOST_COUNTED_SERVERS) break;
  }
  return maxErasedAtOnce(known, maxErased);
}

/** Returns a report for operators: a sentence if too many servers are gone at once to be erased, otherwise undefined. */
export function createErasureReport(
  options: Pick<DepartureCheckOptions, 'departures' | 'countdowns' | 'maxErased'>,
): () => Promise<string | undefined> {
  return async () => {
    const gone: GoneDeparture[] = [];
    for await (const departure of options.departures.gone()) {
      gone.push(departure);
      if (gone.length >= MOST_REPORTED) break;
    }
    if (gone.length === 0) return undefined;
    const count = largestAtOnce(gone);
    const limit = await findLimit(options);
    return count > limit
      ? `${count} servers are gone at once, and at most ${limit} may be erased: their data is kept`
      : undefined;
  };
}

/** Returns what is done when something suggests that the bot is back in a server: if Discord confirms it, everything goes on. If not, it is asked again soon. */
export function createReturnCheck({
  departures,
  findMembership,
  clock,
}: Pick<DepartureCheckOptions, 'departures' | 'findMembership' | 'clock'>): (
  guildId: string,
) => Promise<void> {
  return async (guildId) => {
    if ((await departures.get(guildId))?.state !== 'gone') return;
    const isMember = (await findMembership(guildId)) === 'member';
    if (isMember) await departures.markMember(guildId, clock.now());
    else await departures.requestCheck(guildId, clock.now().add(ASK_SOON));
  };
}
