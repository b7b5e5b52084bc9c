import { isUnconfirmed } from '../facts/freshness.ts';
import type { ClaimOf, Kind } from '../facts/schema.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';
import { spoiler, type View } from './card.ts';
import { characterName, creditNames } from './names.ts';

/** The value of a claim, or of one side of a contested one. */
export type Value<K extends Kind> = Omit<
  Exclude<ClaimOf<K>, { sides: unknown }>,
  'status' | 'known' | 'confidence'
>;

/**
 * Returns a fact in a few words: "June 6, 2025", "Len Wiseman", "$90M"; all sides of a contested one. Puts a spoiler behind
 * bars.
 */
export function describe(view: View, fact: Fact): string {
  const text = describeWithoutBars(view, fact);
  return fact.claim.spoiler ? spoiler(view, text) : text;
}

/** Whether two claims of a slot have the same value: a planned date that came true did not change. */
export function hasSameValue(view: View, fact: Fact, other: Fact): boolean {
  if (fact.kind === 'release' && other.kind === 'release') return releaseDate(fact) === releaseDate(other);
  return describe(view, fact) === describe(view, other);
}

function describeWithoutBars(view: View, fact: Fact): string {
  if (fact.kind === 'release') {
    return isUnconfirmed(view.snapshot, fact) && fact.claim.status === 'planned'
      ? view.language.say('release.unconfirmed.short', { date: view.language.date(fact.claim.date) })
      : describeRelease(view, fact.claim);
  }
  if (!('sides' in fact.claim)) return describeValue(view, fact.kind, fact.claim);
  const sides = fact.claim.sides.map((side) => describeValue(view, fact.kind, side));
  return view.language.say('contested.between', { sides: sides.join(' / ') });
}

function describeRelease(view: View, claim: ClaimOf<'release'>): string {
  const { language } = view;
  const { say } = language;
  switch (claim.status) {
    case 'undated':
      return say('release.undated.short');
    case 'dropped':
      return say('release.dropped.short');
    case 'planned':
      return say('release.planned.short', { date: language.date(claim.date) });
    case 'released': {
      const date = claim.until
        ? `${language.date(claim.date)} – ${language.date(claim.until)}`
        : language.date(claim.date);
      const on = claim.service ? say('release.on-service', { date, service: claim.service }) : date;
      return claim.as ? say('release.as', { text: on, title: language.pick(claim.as) }) : on;
    }
  }
}

type Describers = { [K in Exclude<Kind, 'release'>]: (view: View, value: Value<K>) => string };

const describers: Describers = {
  name: ({ language }, value) => language.pick(value.full),
  credit: (view, value) => creditNames(view, value),
  role: (view, { character }) =>
    character ? characterName(view, character) : view.language.say('role.undisclosed.short'),
  company: ({ language }, { names }) => language.list(names),
  origin: ({ language }, { regions }) => language.list(regions.map((code) => language.region(code))),
  measure: describeMeasure,
  rating: (_, { rating }) => rating,
  trailer: ({ language }, { date, label, video }) => {
    const name = language.pick(label);
    return `${language.date(date)}: ${video ? `[${name}](https://youtu.be/${video})` : name}`;
  },
  event: ({ language }, { date, until, text }) =>
    `${until ? `${language.date(date)} – ${language.date(until)}` : language.date(date)}: ${language.pick(text)}`,
  prose: ({ language }, { text }) => language.pick(text),
  story: ({ language }, { when }) => language.pick(when),
  gap: ({ language }, { text }) => language.pick(text),
  project: ({ language }, { text }) => language.pick(text),
  life: ({ language }, { date, place }) =>
    place ? `${language.date(date)}, ${language.pick(place)}` : language.date(date),
  appearance: ({ language }, { work, date, where, role }) =>
    language.say('appearance.line', {
      work: language.pick(work),
      date: language.date(date),
      where: language.pick(where),
      role: language.pick(role),
    }),
};

/** Returns a value in words. It must be of that kind, which the schema of its slot ensures. */
export function describeValue(view: View, kind: Kind, value: object): string {
  const describer = describers[kind as Exclude<Kind, 'release'>] as (view: View, value: object) => string;
  return describer(view, value);
}

function describeMeasure({ language }: View, { amount, upTo, about, unit }: Value<'measure'>): string {
  const write = amountWriter(language, unit);
  const text = upTo === undefined ? write(amount) : `${write(amount)} – ${write(upTo)}`;
  return about ? language.say('unit.about', { value: text }) : text;
}

/** Returns a function that writes an amount of a unit. */
function amountWriter(language: Language, unit: Value<'measure'>['unit']): (value: number) => string {
  const { say, number } = language;
  switch (unit) {
    case 'usd':
      return (value) => language.usd(value);
    case 'minutes':
      return (value) => say('unit.minutes', { hours: Math.floor(value / 60), minutes: value % 60 });
    case 'days':
      return (value) => say('unit.days', { count: value });
    case 'percent':
      return (value) => say('unit.percent', { value: number(value) });
    case 'of-100':
      return (value) => say('unit.of-100', { value: number(value) });
    case 'count':
      return (value) => number(value);
  }
}
