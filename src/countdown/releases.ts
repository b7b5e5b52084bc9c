import type { View } from '../answers/card.ts';
import { titleNames } from '../answers/film.ts';
import { type Findable, holdsWords, plain } from '../answers/find.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { regionNames } from '../answers/regions.ts';
import { isAfter, precisionOf } from '../facts/dates.ts';
import { type Known, releaseDate } from '../facts/world.ts';

/** Something that can be counted to. */
export interface Countable extends Findable {
  /** The option's value: the slot of the release, marked where its anniversaries are meant. */
  value: string;
  release: string;
  anniversary: boolean;
  /** "Ballerina – Cinemas, United States – June 7, 2024" */
  label: string;
}

const ANNIVERSARY = 'anniversary:';

/**
 * What can be counted to: dated releases that lie ahead first, then announced undated ones, then anniversaries. The
 * releases of one title stand together in the order of the data, where the one that people mean comes first; titles stand
 * in the order of that one's date.
 */
export function countables(view: View): Countable[] {
  const releases = view.world.of('release');
  const groups: [Known<'release'>[], boolean][] = [
    [byTitle(releases.filter((known) => isAhead(view, known))), false],
    [releases.filter(isOpen), false],
    [releases.filter((known) => isPast(view, known)), true],
  ];
  return groups.flatMap(([known, anniversary]) => known.map((one) => countable(view, one, anniversary)));
}

function byTitle(releases: Known<'release'>[]): Known<'release'>[] {
  const titles = Map.groupBy(releases, (known) => known.slot.title);
  const first = (list: Known<'release'>[]) => (list[0] && releaseDate(list[0])) ?? '';
  return [...titles.values()].sort((a, b) => (first(a) < first(b) ? -1 : 1)).flat();
}

function isAhead({ world }: View, known: Known<'release'>): boolean {
  const date = releaseDate(known);
  return date !== null && precisionOf(date) === 'day' && (isAfter(date, world.day) || date === world.day);
}

/** Announced, but with no day yet: nothing, a month or a year is known. */
function isOpen({ claim }: Known<'release'>): boolean {
  return claim.status === 'undated' || (claim.status === 'planned' && precisionOf(claim.date) !== 'day');
}

function isPast({ world }: View, known: Known<'release'>): boolean {
  const date = releaseDate(known);
  return date !== null && precisionOf(date) === 'day' && date < world.day;
}

function countable(view: View, known: Known<'release'>, anniversary: boolean): Countable {
  const { slot } = known;
  const { say } = view.language;
  const name = releaseName(view, known);
  const date = releaseDate(known);
  const label = anniversary
    ? say('countdown.choice.anniversary', { name, date: date ? view.language.date(date) : '' })
    : date
      ? say('countdown.choice.dated', { name, date: view.language.date(date) })
      : say('countdown.choice.undated', { name });
  const words = [
    say(`medium.${slot.medium}`),
    slot.medium,
    ...slot.regions.flatMap((code) => regionNames(view.language, code)),
  ];
  const names = titleNames(view, slot.title).map((title) =>
    [title, ...words, 'release date', ...(anniversary ? ['anniversary'] : [])].join(' '),
  );
  return {
    value: `${anniversary ? ANNIVERSARY : ''}${slot.slot}`,
    release: slot.slot,
    anniversary,
    label,
    names,
  };
}

/** "Ballerina (Cinemas, United States)" */
export function releaseName(view: View, known: Known<'release'>): string {
  return view.language.say('countdown.release', {
    title: titleName(view, known.slot.title),
    place: releaseLabel(view, known.slot),
  });
}

/** The release meant by an option: a value from the list, or free text of which every word fits; the first that does. */
export function findCountable(all: readonly Countable[], typed: string): Countable | undefined {
  const chosen = all.find(({ value, label }) => value === typed || label === typed);
  if (chosen) return chosen;
  const wanted = plain(typed)
    .split(' ')
    .filter((word) => !FILLERS.has(word))
    .join(' ');
  if (!wanted) return undefined;
  return all.find(({ names }) => names.some((name) => holdsWords(plain(name), wanted)));
}

/** Words that people put around a name and that tell nothing apart. */
const FILLERS = new Set(['the', 'in', 'of', 's', 'film', 'movie']);
