import type { View } from '../answers/card.ts';
import { titleNames } from '../answers/film.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { regionNames } from '../answers/regions.ts';
import { isAfter, precisionOf } from '../facts/dates.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import { matchesByPrefix, normalize, type Searchable } from '../lib/search.ts';

/** A release that can be counted down to. */
export interface Countable extends Searchable {
  /** The option's value: the slot of the release, marked where its anniversaries are meant. */
  value: string;
  release: string;
  anniversary: boolean;
  /** "Ballerina (Cinemas, United States)" */
  name: string;
  /** "Ballerina – Cinemas, United States – June 7, 2024" */
  label: string;
  title: string;
  /** What the title is called. */
  titles: readonly string[];
  /** The words for its region and medium. */
  words: readonly string[];
}

const ANNIVERSARY = 'anniversary:';

/** Returns the option's value of a release, or of its anniversaries. */
export const countableValue = (release: string, anniversary: boolean) =>
  `${anniversary ? ANNIVERSARY : ''}${release}`;

/**
 * Returns what can be counted down to: dated releases ahead, then undated ones, then anniversaries. Releases of one title are
 * together in the order of the data, the best known first; titles are ordered by the date of that one.
 */
export function listCountables(view: View): Countable[] {
  const releases = view.snapshot.of('release');
  const groups: [Fact<'release'>[], boolean][] = [
    [byTitle(releases.filter((known) => isAhead(view, known))), false],
    [releases.filter((known) => isOpen(view, known)), false],
    [releases.filter((known) => isPast(view, known)), true],
  ];
  return groups.flatMap(([known, anniversary]) =>
    known.map((fact) => createCountable(view, fact, anniversary)),
  );
}

function byTitle(releases: Fact<'release'>[]): Fact<'release'>[] {
  const titles = Map.groupBy(releases, (known) => known.slot.title);
  const first = (list: Fact<'release'>[]) => (list[0] && releaseDate(list[0])) ?? '';
  return [...titles.values()].sort((a, b) => (first(a) < first(b) ? -1 : 1)).flat();
}

function isAhead({ snapshot }: View, known: Fact<'release'>): boolean {
  const date = releaseDate(known);
  return (
    date !== null && precisionOf(date) === 'day' && (isAfter(date, snapshot.day) || date === snapshot.day)
  );
}

/** Announced, but with no day yet: nothing is known, or a month or a year that has not passed. */
function isOpen({ snapshot }: View, known: Fact<'release'>): boolean {
  const { claim } = known;
  if (isUnconfirmed(snapshot, known)) return false;
  return claim.status === 'undated' || (claim.status === 'planned' && precisionOf(claim.date) !== 'day');
}

function isPast({ snapshot }: View, known: Fact<'release'>): boolean {
  // A plan that no source has confirmed has no anniversary.
  const date = known.claim.status === 'released' ? releaseDate(known) : null;
  return date !== null && precisionOf(date) === 'day' && date < snapshot.day;
}

function createCountable(view: View, known: Fact<'release'>, anniversary: boolean): Countable {
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
  const titles = titleNames(view, slot.title);
  const extra = [
    ...words,
    'release date',
    ...(anniversary ? ['anniversary'] : []),
    ...(date ? [date.slice(0, 4)] : []),
  ];
  return {
    value: countableValue(slot.slot, anniversary),
    release: slot.slot,
    anniversary,
    name,
    label,
    title: slot.title,
    titles,
    words: wordsOf(extra.join(' ')),
    names: titles.map((title) => [title, ...extra].join(' ')),
  };
}

/** "Ballerina (Cinemas, United States)" */
export function releaseName(view: View, known: Fact<'release'>): string {
  return view.language.say('countdown.release', {
    title: titleName(view, known.slot.title),
    place: releaseLabel(view, known.slot),
  });
}

/**
 * Finds the release that was typed: a value of the list; a title in full, with its region and medium or without; or text that
 * fits one title only. Undefined where several fit.
 */
export function findCountable(all: readonly Countable[], typed: string): Countable | undefined {
  const chosen = all.find(({ value, label }) => value === typed || label === typed);
  if (chosen) return chosen;
  const wanted = wordsOf(typed).filter((word) => !STOP_WORDS.has(word));
  if (wanted.length === 0) return undefined;

  const named = all.flatMap((countable) => {
    const length = Math.max(
      0,
      ...countable.titles.map((title) => countTitleWords(title, countable.words, wanted)),
    );
    return length > 0 ? [{ countable, length }] : [];
  });
  const longest = Math.max(0, ...named.map(({ length }) => length));
  if (longest > 0) return named.find(({ length }) => length === longest)?.countable;

  const whole = wanted.join(' ');
  const fitting =
    whole.length < SHORTEST_GUESS
      ? []
      : all.filter(({ names }) => names.some((name) => matchesByPrefix(normalize(name), whole)));
  return new Set(fitting.map(({ title }) => title)).size === 1 ? fitting[0] : undefined;
}

/** Shorter text is the beginning of too many names. */
const SHORTEST_GUESS = 3;

/** Returns how many typed words are the title, if all others are words of its region, medium or date; else 0. */
function countTitleWords(title: string, words: readonly string[], wanted: readonly string[]): number {
  const parts = wordsOf(title);
  const at = wanted.findIndex((_, start) => parts.every((part, offset) => wanted[start + offset] === part));
  if (at < 0 || parts.length === 0) return 0;
  const others = [...wanted.slice(0, at), ...wanted.slice(at + parts.length)];
  return others.every((word) => words.includes(word)) ? parts.length : 0;
}

const wordsOf = (text: string) => normalize(text).split(' ').filter(Boolean);

/** Words around a name that tell no release from another. */
const STOP_WORDS = new Set(['the', 'in', 'of', 's', 'film', 'movie', 'on']);
