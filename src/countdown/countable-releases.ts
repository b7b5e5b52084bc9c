import type { View } from '../answers/card.ts';
import { titleNames } from '../answers/film.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { regionNames } from '../answers/regions.ts';
import { isAfter, precisionOf } from '../facts/dates.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import { matchesByPrefix, normalize, type Searchable, search } from '../lib/search.ts';
import { nextAnniversary } from './anniversary.ts';

/** A release that can be counted down to. */
export interface Countable extends Searchable {
  /** The option's value: the slot of the release, marked where its anniversaries are meant. */
  value: string;
  release: string;
  anniversary: boolean;
  /** "Ballerina (Cinemas, United States)" */
  name: string;
  /** "Ballerina (Cinemas, United States) – June 7, 2024", "Chapter 2, 10th anniversary, February 10, 2027" */
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
 * Returns what can be counted down to: dated releases ahead, the next first; then undated ones, the most wanted first; then
 * anniversaries, the next first. Releases of one title are together in the order of the data, the best known first, which alone
 * decides where its title comes.
 */
export function listCountables(view: View): Countable[] {
  const releases = view.snapshot.of('release');
  const dated = releases.filter((known) => isAhead(view, known));
  const open = releases.filter((known) => isOpen(view, known));
  const past = releases.filter((known) => isPast(view, known));
  const wanted = ({ slot }: Fact<'release'>) =>
    view.facts.titles[slot.title]?.wanted ?? Number.MAX_SAFE_INTEGER;
  return [
    ...byTitle(dated, (known) => releaseDate(known) ?? '').map((known) => createCountable(view, known)),
    ...byTitle(open, wanted).map((known) => createCountable(view, known)),
    ...byTitle(past, (known) => anniversaryOf(view, known).day).map((known, at, all) =>
      createAnniversary(view, known, { isMain: all[at - 1]?.slot.title !== known.slot.title }),
    ),
  ];
}

/** Returns the best known release of the title that comes out next; undefined where no release ahead has a day. */
export const findNextRelease = (view: View): Fact<'release'> | undefined =>
  byTitle(
    view.snapshot.of('release').filter((known) => isAhead(view, known)),
    (known) => releaseDate(known) ?? '',
  )[0];

/** Sorts titles by what their first release is sorted by; titles of the same rank stay in the order of the data. */
function byTitle<T extends string | number>(
  releases: readonly Fact<'release'>[],
  rank: (first: Fact<'release'>) => T,
): Fact<'release'>[] {
  const titles = [...Map.groupBy(releases, (known) => known.slot.title).values()];
  const ranked = titles.flatMap((list) => (list[0] ? [{ list, rank: rank(list[0]) }] : []));
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .flatMap(({ list }) => list);
}

/** Returns what to offer for the text typed so far: while there is none, one release of each title. */
export function offerCountables(all: readonly Countable[], typed: string): Countable[] {
  if (normalize(typed)) return search(all, typed);
  return [...Map.groupBy(all, ({ title }) => title).values()].flatMap(([first]) => first ?? []);
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

function createCountable(view: View, known: Fact<'release'>): Countable {
  const { say, date: write } = view.language;
  const name = releaseName(view, known);
  const date = releaseDate(known);
  const label =
    date && isAhead(view, known)
      ? say('countdown.choice.dated', { name, date: write(date) })
      : date
        ? say('countdown.choice.vague', { name, date: write(date) })
        : say('countdown.choice.undated', { name });
  return { ...searchable(view, known, ''), ...choiceOf(known, false), name, label };
}

/** The anniversaries of a release; the best known one of its title is named by the title alone. */
function createAnniversary(view: View, known: Fact<'release'>, { isMain }: { isMain: boolean }): Countable {
  const { language } = view;
  const name = releaseName(view, known);
  const { day, years } = anniversaryOf(view, known);
  const label = language.say('countdown.choice.anniversary', {
    name: isMain ? titleName(view, known.slot.title) : name,
    years,
    date: language.date(day),
  });
  return { ...searchable(view, known, label), ...choiceOf(known, true), name, label };
}

/** A past release has a whole day. */
const anniversaryOf = ({ snapshot }: View, known: Fact<'release'>) =>
  nextAnniversary(releaseDate(known) ?? snapshot.day, snapshot.day);

const choiceOf = ({ slot }: Fact<'release'>, anniversary: boolean) => ({
  value: countableValue(slot.slot, anniversary),
  release: slot.slot,
  anniversary,
  title: slot.title,
});

/** By what a release is found; `label`: of an anniversary, whose words may be typed too. */
function searchable(
  view: View,
  known: Fact<'release'>,
  label: string,
): Pick<Countable, 'titles' | 'words' | 'names'> {
  const { slot } = known;
  const { say } = view.language;
  const date = releaseDate(known);
  const words = [
    say(`medium.${slot.medium}`),
    slot.medium,
    ...slot.regions.flatMap((code) => regionNames(view.language, code)),
  ];
  const titles = titleNames(view, slot.title);
  const extra = [
    ...words,
    'release date',
    ...(label ? ['anniversary'] : []),
    ...(date ? [date.slice(0, 4)] : []),
  ];
  return {
    titles,
    words: wordsOf([...extra, label].join(' ')),
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
