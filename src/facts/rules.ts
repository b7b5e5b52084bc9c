import { didYouMean, type Problem } from '../lib/data-file.ts';
import { isAfter, isBefore, isWhollyBefore } from './dates.ts';
import { type FactData, type PlacedSlot, slotPath, type Table } from './fact-data.ts';
import type { Claim, Slot } from './schema.ts';
import { existedOn, sourceIds } from './snapshot.ts';

/** How much fits into a list of choices, where titles, regions and names are offered. */
export interface ChoiceLimits {
  /** The most choices in a list. */
  choices: number;
  /** The longest name of a choice, in characters. */
  choiceName: number;
}

/**
 * Returns what a schema cannot see: ids that lead nowhere, time that runs backwards, dates that contradict their status, and
 * more than fits into a list of choices.
 */
export function checkRules(data: FactData, limits: ChoiceLimits): Problem[] {
  return [
    ...repeatedSlots(data.slots),
    ...data.slots.flatMap((placed) => [
      ...unknownIds(placed, data),
      ...backwardClaims(placed),
      ...lateSources(placed, data),
      ...contradictions(placed),
      ...claimChanges(placed),
      ...spoilerBars(placed),
    ]),
    ...endings(data),
    ...tooManyChoices(data, limits.choices),
    ...longNames(data, limits.choiceName),
  ];
}

type Step = string | number;
type Report = (path: Step[], message: string) => void;

/** Runs a rule over one slot and gathers what it reports. */
function inSlot(placed: PlacedSlot, rule: (report: Report) => void): Problem[] {
  const problems: Problem[] = [];
  rule((path, message) => {
    const where = `slot "${placed.slot.slot}"`;
    problems.push({ file: placed.file, path: slotPath(placed, ...path), message: `${message} (${where})` });
  });
  return problems;
}

function repeatedSlots(slots: readonly PlacedSlot[]): Problem[] {
  const first = new Map<string, PlacedSlot>();
  return slots.flatMap((placed) => {
    const earlier = first.get(placed.slot.slot);
    if (!earlier) {
      first.set(placed.slot.slot, placed);
      return [];
    }
    return inSlot(placed, (report) =>
      report(
        ['slot'],
        `stands already in ${earlier.file} at ${slotPath(earlier)}; join their claims or rename one`,
      ),
    );
  });
}

function unknownIds(placed: PlacedSlot, data: FactData): Problem[] {
  return inSlot(placed, (report) => {
    const look = (path: Step[], id: string, table: Table) => {
      const ids = data.ids[table];
      if (!ids || ids.has(id)) return;
      const hint = didYouMean(id, [...ids]);
      report(path, `unknown id "${id}".${hint} Correct it, or add it to data/${table}.json`);
    };
    const { slot } = placed;
    if ('title' in slot) look(['title'], slot.title, 'titles');
    if ('person' in slot) look(['person'], slot.person, 'people');
    if (slot.kind === 'gap') {
      look(['from'], slot.from, 'titles');
      look(['to'], slot.to, 'titles');
    }
    if (slot.kind === 'prose' && data.ids.people && !data.ids.people.has(slot.about))
      look(['about'], slot.about, 'titles');
    if (slot.kind === 'prose' && slot.term) look(['term'], slot.term, 'terms');

    eachValue(slot, (value, path) => {
      value.sources?.forEach((id, at) => {
        look([...path, 'sources', at], id, 'sources');
      });
      value.people?.forEach(({ person }, at) => {
        look([...path, 'people', at, 'person'], person, 'people');
      });
      value.overlaps?.forEach((id, at) => {
        look([...path, 'overlaps', at], id, 'titles');
      });
      if (value.character) look([...path, 'character'], value.character, 'characters');
    });
  });
}

/** The parts of a claim's value that hold ids, whatever its kind. */
interface Value {
  sources?: string[] | undefined;
  people?: { person: string }[] | undefined;
  overlaps?: string[] | undefined;
  character?: string | null | undefined;
}

/** Visits each value of a slot: the claim itself, or the sides of a contested one. */
function eachValue(slot: Slot, visit: (value: Value, path: Step[]) => void): void {
  slot.claims.forEach((claim: Claim, at) => {
    if ('sides' in claim) {
      claim.sides.forEach((side, index) => {
        visit(side, ['claims', at, 'sides', index]);
      });
    } else {
      visit(claim, ['claims', at]);
    }
  });
}

function backwardClaims(placed: PlacedSlot): Problem[] {
  return inSlot(placed, (report) => {
    const claims: readonly Claim[] = placed.slot.claims;
    claims.forEach((claim, at) => {
      const earlier = claims[at - 1];
      if (!earlier || claim.known > earlier.known) return;
      report(
        ['claims', at, 'known'],
        `became known on ${claim.known}, not after the claim before it (${earlier.known}); put the claims in the order in which they became known`,
      );
    });
  });
}

function lateSources(placed: PlacedSlot, data: FactData): Problem[] {
  return inSlot(placed, (report) => {
    placed.slot.claims.forEach((claim: Claim, at) => {
      const sources = sourceIds(claim).flatMap((id) => data.sources[id] ?? []);
      if (sources.length === 0 || sources.some((source) => existedOn(source, claim.known))) return;
      report(
        ['claims', at, 'known'],
        `known on ${claim.known}, but all its sources are later; set the day of the first source, or name an earlier one`,
      );
    });
  });
}

function contradictions(placed: PlacedSlot): Problem[] {
  return inSlot(placed, (report) => {
    if (placed.slot.kind !== 'release') return;
    placed.slot.claims.forEach((claim, at) => {
      if (claim.status === 'planned' && isBefore(claim.date, claim.known)) {
        report(
          ['claims', at, 'date'],
          `planned for ${claim.date}, which had passed when it became known (${claim.known}); is it "released"?`,
        );
      }
      if (claim.status === 'released' && isAfter(claim.date, claim.known)) {
        report(
          ['claims', at, 'date'],
          `"released" on ${claim.date}, after the day it became known (${claim.known}); is it "planned"?`,
        );
      }
    });
  });
}

/** What replaces nothing cannot say why; what holds for a time must not end before it begins. */
function claimChanges(placed: PlacedSlot): Problem[] {
  return inSlot(placed, (report) => {
    placed.slot.claims.forEach(({ change, valid }: Claim, at) => {
      if (at === 0 && change) {
        report(['claims', at, 'change'], `says "${change}", but there is no claim before it; leave it out`);
      }
      if (valid?.from && valid.until && isWhollyBefore(valid.until, valid.from)) {
        report(
          ['claims', at, 'valid', 'until'],
          `ends on ${valid.until}, before it begins on ${valid.from}; swap or correct them`,
        );
      }
    });
  });
}

function spoilerBars(placed: PlacedSlot): Problem[] {
  return inSlot(placed, (report) => {
    if (JSON.stringify(placed.slot).includes('||')) {
      report([], 'holds "||"; write spoilers into spoilerText or spoilerNote, the bot adds the bars');
    }
  });
}

function endings({ slots }: FactData): Problem[] {
  const births = new Map<string, string>();
  for (const { slot } of slots) {
    const date = slot.kind === 'life' && slot.event === 'born' ? valueDate(slot.claims.at(-1)) : undefined;
    if (slot.kind === 'life' && date) births.set(slot.person, date);
  }
  return slots.flatMap((placed) =>
    inSlot(placed, (report) => {
      const { slot } = placed;
      const born = slot.kind === 'life' && slot.event === 'died' ? births.get(slot.person) : undefined;
      slot.claims.forEach((claim: Claim, at) => {
        checkRanges(claim, at, report);
        const died = valueDate(claim);
        if (born && died && isWhollyBefore(died, born)) {
          report(['claims', at, 'date'], `died on ${died}, before the birth on ${born}; correct one of them`);
        }
      });
    }),
  );
}

/** Ranges of dates and amounts must not end before they begin. */
function checkRanges(claim: Claim, at: number, report: Report): void {
  if ('until' in claim && claim.until && isWhollyBefore(claim.until, claim.date)) {
    report(
      ['claims', at, 'until'],
      `ends on ${claim.until}, before it begins on ${claim.date}; swap or correct them`,
    );
  }
  if ('upTo' in claim && claim.upTo !== undefined && claim.upTo < claim.amount) {
    report(
      ['claims', at, 'upTo'],
      `the upper end ${claim.upTo} is below ${claim.amount}; swap or correct them`,
    );
  }
}

function valueDate(claim: Claim | undefined): string | undefined {
  return claim && 'date' in claim ? claim.date : undefined;
}

/** Lists that are offered whole must fit: the regions of a title, and all titles. */
function tooManyChoices({ slots, titles }: FactData, most: number): Problem[] {
  const problems: Problem[] = [];
  const regions = new Map<string, Set<string>>();
  for (const placed of slots) {
    const { slot } = placed;
    if (slot.kind !== 'release') continue;
    const known = regions.get(slot.title) ?? new Set<string>();
    for (const region of slot.regions) known.add(region);
    regions.set(slot.title, known);
    if (known.size !== most + 1) continue;
    const message = `"${slot.title}" has more than ${most} regions, the limit of a list of choices; leave the least important out`;
    problems.push(...inSlot(placed, (report) => report(['regions'], message)));
  }
  const count = Object.keys(titles).length;
  if (count > most) {
    const message = `${count} titles are more than the ${most} that fit into a list of choices; leave the least important out`;
    problems.push({ file: 'data/titles.json', path: 'titles', message });
  }
  return problems;
}

/** Every name must be short enough to be a choice. */
function longNames({ people, characters }: FactData, longest: number): Problem[] {
  const names = [
    ...Object.entries(people).map(([id, person]) => ({
      file: 'data/people.json',
      path: `people.${id}.name`,
      name: person.name,
    })),
    ...Object.entries(characters).flatMap(([id, character]) =>
      Object.values(character.name).map((name) => ({
        file: 'data/characters.json',
        path: `characters.${id}.name`,
        name,
      })),
    ),
  ];
  const message = `is longer than ${longest} characters, the limit of a choice; shorten it`;
  return names.filter(({ name }) => name.length > longest).map(({ file, path }) => ({ file, path, message }));
}
