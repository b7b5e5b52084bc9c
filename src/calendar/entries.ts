import type { View } from '../answers/card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { type Day, precisionOf } from '../facts/dates.ts';
import { type Fact, firstSaying, history, releaseDate, sourceIds } from '../facts/snapshot.ts';

/** A release as a calendar entry: whole days, and what tells a newer version from an older one. */
export interface Entry {
  /** The slot of the release. It never changes, so that a calendar updates the entry. */
  id: string;
  /** Grows with each claim that moved the date, dropped it or set it again: RFC 5545, 3.8.7.4. */
  sequence: number;
  status: 'tentative' | 'confirmed' | 'cancelled';
  first: Day;
  last: Day;
  /** The day on which a date was first known, and the day of the claim that holds. */
  created: Day;
  changed: Day;
  summary: string;
  description: string;
}

/** Returns the releases of a title, or of all, that have a day or had one that was dropped, in the order of the data. */
export function entriesOf(view: View, title?: string): { entry: Entry; fact: Fact<'release'> }[] {
  return view.snapshot
    .of('release', (slot) => !title || slot.title === title)
    .filter(({ claim }) => view.spoilers || !claim.spoiler)
    .flatMap((fact) => {
      const entry = entryOf(view, fact);
      return entry ? [{ entry, fact }] : [];
    });
}

/** The days of a release, as one claim has them. */
interface Days {
  first: Day;
  last: Day;
}

function entryOf(view: View, fact: Fact<'release'>): Entry | undefined {
  const course = ([...history(fact), fact] as Fact<'release'>[])
    .map((version) => ({ since: version.claim.known, days: daysOf(version) }))
    // Claims from before there was a day are in no calendar.
    .filter((_, at, all) => all.slice(0, at + 1).some(({ days }) => days));
  const created = course[0]?.since;
  const days = course.findLast((version) => version.days)?.days;
  if (!created || !days) return undefined;
  const isOn = course.at(-1)?.days;
  return {
    id: fact.slot.slot,
    sequence: course.filter(({ days: own }, at) => at > 0 && !same(own, course[at - 1]?.days)).length,
    status: !isOn ? 'cancelled' : fact.claim.status === 'released' ? 'confirmed' : 'tentative',
    ...days,
    created,
    changed: fact.claim.known,
    summary: view.language.say('calendar.entry', {
      title: titleName(view, fact.slot.title, 'full'),
      place: releaseLabel(view, fact.slot),
    }),
    description: describe(view, fact, days),
  };
}

/** The days of a release; null where it has no date, or one that is only a month or a year. */
function daysOf(fact: Fact<'release'>): Days | null {
  const first = releaseDate(fact);
  if (!first || precisionOf(first) !== 'day') return null;
  const until = fact.claim.status === 'released' ? fact.claim.until : undefined;
  return { first, last: until && precisionOf(until) === 'day' ? until : first };
}

const same = (a: Days | null | undefined, b: Days | null | undefined) =>
  a?.first === b?.first && a?.last === b?.last;

/** The date, the dates before it, and the sources; in plain text, as calendars show it. */
function describe(view: View, fact: Fact<'release'>, { first }: Days): string {
  const { say, date, list } = view.language;
  const { claim } = fact;
  // A later claim may only have confirmed the day: then the first counts, and the sources of both are named.
  const firstClaim = firstSaying(
    fact,
    (version) => version.kind === 'release' && releaseDate(version) === releaseDate(fact),
  );
  const status = daysOf(fact) ? claim.status : 'other';
  const earlier = (history(fact) as Fact<'release'>[]).flatMap((version) => releaseDate(version) ?? []);
  const before = [...new Set(earlier)].filter((day) => day !== first);
  const sources = view.snapshot
    .sources({ sources: [...new Set([...claim.sources, ...sourceIds(firstClaim.claim)])] })
    .map(({ publisher, date: day }) =>
      day ? say('card.source', { publisher, date: date(day) }) : say('card.source-undated', { publisher }),
    );
  return [
    say('calendar.status', {
      status: status === 'planned' || status === 'released' ? status : 'other',
      date: date(first),
    }),
    ...(before.length > 0 ? [say('calendar.before', { dates: list(before.map((day) => date(day))) })] : []),
    say('calendar.known', { date: date(firstClaim.claim.known) }),
    ...(sources.length > 0
      ? [say('card.sources', { count: sources.length, sources: sources.join('; ') })]
      : []),
  ].join('\n');
}
