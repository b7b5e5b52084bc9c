import { createHash } from 'node:crypto';
import { type Day, daysSince, isAfter, newestOf, type PartialDay } from './dates.ts';
import type { FactData } from './fact-data.ts';
import type { Character, Claim, ClaimOf, Kind, Person, Slot, SlotOf, Source, Term, Title } from './schema.ts';
import { isInScope, isTitleScope } from './title-scope.ts';

/** A slot as it is known on the day of a snapshot: the claim that holds, and the earlier ones that it superseded. */
export type Fact<K extends Kind = Kind> = K extends Kind
  ? {
      kind: K;
      slot: SlotOf<K>;
      claim: ClaimOf<K>;
      /** Earlier claims, oldest first. */
      before: readonly ClaimOf<K>[];
    }
  : never;

/** The slot as it was known before, oldest first. */
export function history(known: Fact): Fact[] {
  return known.before.map((claim, at) => ({ ...known, claim, before: known.before.slice(0, at) }) as Fact);
}

/** The claim that first said what a slot says: later ones may only have confirmed it. */
export function firstSaying(known: Fact, same: (earlier: Fact) => boolean): Fact {
  let first = known;
  for (const earlier of history(known).toReversed()) {
    if (!same(earlier)) break;
    first = earlier;
  }
  return first;
}

/** The date of a release; null where it has none. */
export function releaseDate({ claim }: Pick<Fact<'release'>, 'claim'>): PartialDay | null {
  return claim.status === 'planned' || claim.status === 'released' ? claim.date : null;
}

/** Everything as it was known on one day. Nothing in it became known later. */
export interface Snapshot {
  day: Day;
  /** Every known slot, in the order of the data files. */
  all: readonly Fact[];
  /** The slot of that id, when anything was known of it. */
  get(slot: string): Fact | undefined;
  /** The known slots of a kind, in the order of the data files. */
  of<K extends Kind>(kind: K, where?: (slot: SlotOf<K>) => boolean): Fact<K>[];
  /** The sources of a claim that already existed on this day, best first. */
  sources(claim: Sourced): Source[];
  /** The last day on which something of it became known; undefined where nothing is known. */
  newest: Day | undefined;
  /** The date of the newest dated source by this day, and how many days ago it was; undefined where there is none. */
  newestSource: { date: PartialDay; days: number } | undefined;
}

/** Something with sources: a claim, or a contested claim with the sources of each side. */
export type Sourced = { sources: readonly string[] } | { sides: readonly { sources: readonly string[] }[] };

/** What the bot knows, over all days. */
export interface Facts {
  asOf(day: Day): Snapshot;
  /** The first day after `day` on which the slot's claim changes, or null. */
  nextChange(slot: string, day: Day): Day | null;
  /** The first day after `day` on which a claim of one of these slots becomes known, or null. */
  nextClaim(isWanted: (slot: Slot) => boolean, day: Day): Day | null;
  /**
   * A fingerprint of all that is known of a slot over time: it changes when an edit of the data changes the slot. With the id of
   * a title's scope, a fingerprint of all slots of the title.
   */
  fingerprint(id: string): string;
  titles: Readonly<Record<string, Title>>;
  people: Readonly<Record<string, Person>>;
  characters: Readonly<Record<string, Character>>;
  terms: Readonly<Record<string, Term>>;
}

/** The snapshots of so many days are kept: those asked for last. */
const MAX_SNAPSHOTS = 8;

/**
 * Makes the facts of parsed data files. `timeZoneData` is the version of the time zone rules: due instants depend on them as on
 * the facts, so it is part of every fingerprint.
 */
export function createFacts(data: FactData, timeZoneData = ''): Facts {
  const slots = data.slots.map((placed) => placed.slot);
  const byId = new Map(slots.map((slot) => [slot.slot, slot]));
  const { sources, titles, people, characters, terms } = data;
  // Most questions are about today: the same day returns the same snapshot.
  const snapshots = new Map<Day, Snapshot>();
  const asOf = (day: Day) => {
    const snapshot = snapshots.get(day) ?? snapshotOf(slots, sources, day);
    // The one asked for last stands at the end.
    snapshots.delete(day);
    snapshots.set(day, snapshot);
    const [oldest = day] = snapshots.keys();
    if (snapshots.size > MAX_SNAPSHOTS) snapshots.delete(oldest);
    return snapshot;
  };
  const hash = (claims: unknown) =>
    createHash('sha256')
      .update(JSON.stringify(claims) + timeZoneData)
      .digest('base64url')
      .slice(0, 16);
  const ofScopes = new Map<string, string>();
  const fingerprintOfScope = (id: string) => {
    const scope = slots.filter((slot) => isInScope(slot, id));
    const known = ofScopes.get(id) ?? hash(scope.map(({ slot, claims }) => [slot, claims]));
    if (scope.length > 0) ofScopes.set(id, known);
    return known;
  };
  return {
    titles,
    people,
    characters,
    terms,
    asOf,
    fingerprint: (id) => (isTitleScope(id) ? fingerprintOfScope(id) : hash(byId.get(id)?.claims ?? null)),
    nextClaim: (isWanted, day) =>
      slots
        .filter(isWanted)
        .flatMap(({ claims }) => claims.find((claim) => claim.known > day)?.known ?? [])
        .sort()[0] ?? null,
    nextChange: (id, day) => byId.get(id)?.claims.find((claim) => claim.known > day)?.known ?? null,
  };
}

function snapshotOf(slots: readonly Slot[], sources: Record<string, Source>, day: Day): Snapshot {
  const known = slots.flatMap((slot) => knownOn(slot, day) ?? []);
  const byId = new Map(known.map((fact) => [fact.slot.slot, fact]));
  return {
    day,
    all: known,
    get: (slot) => byId.get(slot),
    // The kind of a slot and of what is known of it are one by construction; the compiler cannot follow it through K.
    of: <K extends Kind>(kind: K, where: (slot: SlotOf<K>) => boolean = () => true) =>
      (known.filter((fact) => fact.kind === kind) as unknown as { slot: SlotOf<K> }[]).filter(({ slot }) =>
        where(slot),
      ) as unknown as Fact<K>[],
    newest: known
      .map(({ claim }) => claim.known)
      .sort()
      .at(-1),
    newestSource: newestSource(Object.values(sources), day),
    sources: (claim) =>
      sourceIds(claim)
        .flatMap((id) => sources[id] ?? [])
        .filter((source) => existedOn(source, day)),
  };
}

function newestSource(sources: readonly Source[], day: Day): Snapshot['newestSource'] {
  const date = newestOf(sources.flatMap(({ date }) => (date && !isAfter(date, day) ? [date] : [])));
  return date ? { date, days: Math.max(0, daysSince(date, day)) } : undefined;
}

function knownOn(slot: Slot, day: Day): Fact | undefined {
  const claims: readonly Claim[] = slot.claims;
  const current = claims.findLastIndex((claim) => claim.known <= day);
  const claim = claims[current];
  // The slot and its claims are of one kind by the schema; the union of kinds cannot show it to the compiler here.
  return claim && ({ kind: slot.kind, slot, claim, before: claims.slice(0, current) } as Fact);
}

/** The ids of a claim's sources; of a contested claim, those of all sides in turn. */
export function sourceIds(claim: Sourced): string[] {
  return 'sides' in claim ? [...new Set(claim.sides.flatMap((side) => side.sources))] : [...claim.sources];
}

/** Whether a source already existed on a day: an undated page from the day it cannot be older than. */
export function existedOn(source: Source, day: Day): boolean {
  if (source.date) return !isAfter(source.date, day);
  return !source.notBefore || source.notBefore <= day;
}
