import { z } from 'zod';

/** What is known of a server that seems to have removed the bot. */
export const departureSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('gone').describe('Whether the bot is away, or back'),
    noticedAt: z.string().describe('When the bot noticed that it had been removed'),
  }),
  z.strictObject({
    state: z.literal('returned').describe('Whether the bot is away, or back'),
    noticedAt: z.string().describe('When the bot noticed that it had been removed'),
    returnedAt: z
      .string()
      .describe('When it was invited again; erased when an admin has seen the note about it'),
  }),
]);
/** What is known of a server that seems to have removed the bot. */
export type Departure = z.output<typeof departureSchema>;
/** A server from which the bot is away. */
export type GoneDeparture = Extract<Departure, { state: 'gone' }>;
/** A server to which the bot has returned, before an admin has seen the note about it. */
export type ReturnedDeparture = Extract<Departure, { state: 'returned' }>;

/** The data of a server is kept for this long after the bot was removed: the removal may be a mistake. */
const KEPT_FOR = Temporal.Duration.from({ hours: 24 });
/** Departures that are noticed within this time of each other count as at once, in milliseconds. */
const AT_ONCE_MS = Temporal.Duration.from({ hours: 1 }).total('milliseconds');
/** At most this many servers, and this share of all, are erased at once. One server may always be erased. */
const MAX_AT_ONCE = 5;
const MAX_SHARE = 0.1;
/** From this many known servers on, their number does not change how many may be erased at once. */
export const MOST_COUNTED_SERVERS = MAX_AT_ONCE / MAX_SHARE;

const DEPARTURE = 'departure-';

/** Whether an entry of the due queue is the check of a server's departure. */
export const isDepartureCheck = (entryId: string) => entryId.startsWith(DEPARTURE);
/** Returns the id of a server's check in the due queue. */
export const departureCheckId = (guildId: string) => `${DEPARTURE}${guildId}`;

/** Returns when the data of a server may be erased. */
export const erasureInstant = ({ noticedAt }: GoneDeparture): Temporal.Instant =>
  Temporal.Instant.from(noticedAt).add(KEPT_FOR);

/** Returns how many of the known servers may be erased at once; `allowed` is the operator's own number, if any. */
export function maxErasedAtOnce(knownServers: number, allowed: number | undefined): number {
  return allowed ?? Math.max(1, Math.min(MAX_AT_ONCE, Math.floor(knownServers * MAX_SHARE)));
}

/** Returns whether two departures were noticed at once. */
export const isAtOnce = (one: GoneDeparture, other: GoneDeparture) =>
  Math.abs(noticedMs(one) - noticedMs(other)) <= AT_ONCE_MS;

/** Returns the largest number of departures that were noticed at once. */
export function largestAtOnce(departures: readonly GoneDeparture[]): number {
  const instants = departures.map(noticedMs).sort((a, b) => a - b);
  let first = 0;
  let largest = 0;
  for (const [last, instant] of instants.entries()) {
    while (instant - (instants[first] ?? instant) > AT_ONCE_MS) first += 1;
    largest = Math.max(largest, last - first + 1);
  }
  return largest;
}

const noticedMs = ({ noticedAt }: GoneDeparture) => Temporal.Instant.from(noticedAt).epochMilliseconds;
