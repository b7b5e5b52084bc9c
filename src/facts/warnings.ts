import { compareDates, type Day, daysSince, isBefore, type PartialDay } from './dates.ts';
import { type FactData, type PlacedSlot, slotPath } from './fact-data.ts';
import type { Claim, Slot } from './schema.ts';
import { isFirm, isWellSupported } from './support.ts';

/** What is not wrong by form, but should be looked at. */
export const WARNING_KINDS = ['late', 'after-trailer', 'outlived', 'one-source', 'count'] as const;
/** What a warning is about. */
export type WarningKind = (typeof WARNING_KINDS)[number];

/** Something in the data that may be wrong. */
export interface Warning {
  kind: WarningKind;
  file: string;
  path: string;
  message: string;
}

/** A claim about a title that is out may become known so many days after it. */
const LATE_AFTER_DAYS = 90;

/** The last day on which something became known: what has outlived its day is judged by it, so that time alone warns of nothing. */
export const newestDay = ({ slots }: FactData): Day =>
  slots
    .flatMap(({ slot }) => slot.claims.map(({ known }) => known))
    .sort()
    .at(-1) ?? '';

/** Returns everything to look at, by the day given. */
export function warningsOf(data: FactData, day: Day): Warning[] {
  const released = firstDates(data, ({ kind, claims }) =>
    kind === 'release' ? claims.flatMap((claim) => (claim.status === 'released' ? [claim.date] : [])) : [],
  );
  const trailers = firstDates(data, ({ kind, claims }) =>
    kind === 'trailer' ? claims.map(({ known }) => known) : [],
  );
  return data.slots.flatMap((placed) => [
    ...late(placed, released),
    ...afterTrailer(placed, trailers),
    ...outlived(placed, released, day),
    ...oneSource(placed, data),
    ...counts(placed),
  ]);
}

function warning(kind: WarningKind, placed: PlacedSlot, at: number, message: string): Warning {
  const path = slotPath(placed, 'claims', at);
  return { kind, file: placed.file, path, message: `${message} (slot "${placed.slot.slot}")` };
}

function firstDates({ slots }: FactData, datesOf: (slot: Slot) => PartialDay[]): Map<string, PartialDay> {
  const first = new Map<string, PartialDay>();
  for (const { slot } of slots) {
    if (!('title' in slot)) continue;
    for (const date of datesOf(slot)) {
      const known = first.get(slot.title);
      if (!known || compareDates(date, known) < 0) first.set(slot.title, date);
    }
  }
  return first;
}

const titleOf = (slot: Slot): string | undefined =>
  'title' in slot ? slot.title : 'about' in slot ? slot.about : undefined;

/** What a film is by itself is public when it comes out. */
const OWN_KINDS: readonly Slot['kind'][] = ['name', 'credit', 'role', 'company', 'origin', 'rating', 'story'];

function late(placed: PlacedSlot, released: ReadonlyMap<string, PartialDay>): Warning[] {
  const { slot } = placed;
  const date = released.get(titleOf(slot) ?? '');
  const [first] = slot.claims as readonly Claim[];
  if (!date || !first || !OWN_KINDS.includes(slot.kind) || daysSince(date, first.known) <= LATE_AFTER_DAYS)
    return [];
  const message = `first known on ${first.known}, long after the title came out (${date}); look for an earlier source`;
  return [warning('late', placed, 0, message)];
}

function afterTrailer(placed: PlacedSlot, trailers: ReadonlyMap<string, PartialDay>): Warning[] {
  const { slot } = placed;
  if (slot.kind !== 'role' && !(slot.kind === 'credit' && slot.job === 'director')) return [];
  const shown = trailers.get(slot.title);
  const [first] = slot.claims;
  if (!shown || !first || first.known <= shown) return [];
  const message = `first known on ${first.known}, after the first trailer (${shown}); look for an earlier source`;
  return [warning('after-trailer', placed, 0, message)];
}

const FUTURE = /\b(will|is to|are to|is planned|is due|is set to)\b/;

function outlived(placed: PlacedSlot, released: ReadonlyMap<string, PartialDay>, day: Day): Warning[] {
  const { slot } = placed;
  const at = slot.claims.length - 1;
  const claim: Claim | undefined = slot.claims[at];
  if (!claim) return [];
  if (slot.kind === 'release' && claim.status === 'planned' && 'date' in claim && isBefore(claim.date, day)) {
    return [warning('outlived', placed, at, `planned for ${claim.date}, which has passed; was it released?`)];
  }
  const text = 'text' in claim ? claim.text.en : '';
  const isOut = released.has(titleOf(slot) ?? '');
  if (!isOut || !FUTURE.test(text)) return [];
  return [
    warning('outlived', placed, at, 'speaks of the future of a title that is out; say what came of it'),
  ];
}

function oneSource(placed: PlacedSlot, { sources }: FactData): Warning[] {
  return placed.slot.claims.flatMap((claim: Claim, at) =>
    isFirm(claim) && !isWellSupported(claim, sources)
      ? [
          warning(
            'one-source',
            placed,
            at,
            'is confirmed with high confidence by one publisher; add a second one, or say "medium"',
          ),
        ]
      : [],
  );
}

const COUNT =
  /\b(fifth|sixth|seventh|eighth|ninth|tenth)\b|\b(two|three|four|five|six|seven|eight|nine|ten|\d+) (numbered )?(films|sequels|series|games|roles|works|members|nominations)\b/i;

function counts(placed: PlacedSlot): Warning[] {
  const { slot } = placed;
  if (slot.kind !== 'prose' || slot.complete) return [];
  const at = slot.claims.length - 1;
  const claim = slot.claims[at];
  if (!claim || !('text' in claim) || !COUNT.test(claim.text.en)) return [];
  const message = 'counts a list; leave the number out, or mark the slot "complete" once the list is';
  return [warning('count', placed, at, message)];
}
