import type { Slot } from '../src/facts/schema.ts';
import { createFacts, type Facts } from '../src/facts/snapshot.ts';
import type { Random } from './random.ts';

const DAY_MS = 86_400_000;
/** How many releases there are. */
const RELEASES = 6;

/** A date of a release as the data says it from an instant on. */
export interface DatedFrom {
  /** The instant from which on the bot can know it. */
  fromMs: number;
  /** The day since which it is known. */
  known: string;
  /** The day; a month where only that is known; null where it is undated. */
  date: string | null;
  /** Whether it is in the data only from that instant on: until then, the files do not have it. */
  isReloaded: boolean;
}

/** A release and its dates, the earliest first. */
export interface Release {
  id: string;
  dates: DatedFrom[];
}

/** Returns the day of an instant in UTC. */
export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Draws releases whose dates move, pass, and are set again. */
export function drawReleases(
  random: Random,
  { startMs, days, moves, reloads }: { startMs: number; days: number; moves: boolean; reloads: boolean },
): Release[] {
  const endMs = startMs + days * DAY_MS;
  return Array.from({ length: RELEASES }, (_, index) => {
    const dates: DatedFrom[] = [];
    const set = (fromMs: number, date: string | null) => {
      const isReloaded = reloads && dates.length > 0 && random.chance(0.5);
      const dayMs = Math.floor(fromMs / DAY_MS) * DAY_MS;
      // A file changes in the middle of a day; what is known ahead counts from the beginning of its day.
      const from = isReloaded ? dayMs + random.between(1, DAY_MS - 1) : dayMs;
      dates.push({ fromMs: from, known: dayOf(fromMs), date, isReloaded });
    };
    let at = startMs - 10 * DAY_MS;
    let dateMs = startMs + random.between(3, 90) * DAY_MS;
    set(at, dayOf(dateMs));
    while (at < endMs) {
      const isMoved = moves && random.chance(0.5) && dateMs - at > 8 * DAY_MS;
      // Either it moves before it comes, or a later one is announced after it came.
      at = isMoved
        ? at + random.between(2, (dateMs - at) / DAY_MS - 1) * DAY_MS
        : dateMs + random.between(15, 60) * DAY_MS;
      dateMs = at + random.between(5, 160) * DAY_MS;
      const isVague = moves && random.chance(0.15);
      set(at, isVague ? random.pick([null, dayOf(dateMs).slice(0, 7)]) : dayOf(dateMs));
    }
    return { id: `film-${index}/release`, dates };
  });
}

/** Returns the facts as the files have them at an instant. */
export function factsAt(releases: readonly Release[], ms: number): Facts {
  const slots = releases.map(({ id, dates }, index) => {
    const claims = dates
      .filter(({ fromMs, isReloaded }) => !isReloaded || fromMs <= ms)
      .map(({ known, date }) => ({
        known,
        ...(date === null ? { status: 'undated' } : { status: 'planned', date }),
        confidence: 'high',
        sources: [],
      }));
    const title = id.slice(0, id.indexOf('/'));
    // Of a slot, delivery reads no more than this.
    const slot = { slot: id, kind: 'release', title, medium: 'theatrical', regions: ['US'], claims };
    return { file: 'sim.json', index, slot: slot as unknown as Slot };
  });
  return createFacts({ slots, sources: {}, titles: {}, people: {}, characters: {}, terms: {}, ids: {} });
}

/** Returns the date that holds at an instant. */
export const dateAt = ({ dates }: Release, ms: number): DatedFrom | undefined =>
  dates.findLast(({ fromMs }) => fromMs <= ms);
