import { compareDates, type PartialDay, precisionOf } from '../facts/dates.ts';
import { isUnconfirmed } from '../facts/freshness.ts';
import { type Fact, history, releaseDate } from '../facts/snapshot.ts';
import { normalize } from '../lib/search.ts';
import { type Card, type Line, type Next, neighbours, type View } from './card.ts';
import { allLines, prose, releaseLines, withConfidence, withRemarks } from './lines.ts';
import { createCard, detail, heading } from './make-card.ts';
import { releaseLabel, releasePlace, titleName } from './names.ts';
import { regionNames } from './regions.ts';
import { countDownAction, remindAction } from './reminder.ts';

const HOME = 'US';

/** Returns the answer when a title came or comes out: the cinema date of a region first, then all releases. */
export function releaseCard(view: View, title: string, region?: string): Card {
  const all = releasesOf(view, title);
  const here = all.filter((fact) => fact.slot.regions.includes(region ?? HOME));
  const lead = mainRelease(here);
  const others = region ? here : all;
  const details = prose(view, 'release', title);
  const noCinema =
    lead && lead.slot.medium !== 'theatrical' ? [{ text: view.language.say('release.no-cinema') }] : [];
  return createCard(view, {
    title: heading(view, title, 'release'),
    lead: lead && releaseLead(view, lead),
    details: [
      detail(undefined, [...noCinema, ...allLines(view, details)]),
      detail(
        view.language.say('release.other'),
        releaseLines(
          view,
          sortedByHome(others).filter((fact) => fact !== lead),
        ),
      ),
    ],
    facts: releaseFacts(view, lead, others, details, noCinema),
    isList: region === undefined,
    next: [...neighbours(view, 'trailer', 'streaming'), ...toCalendar(view, title)],
    from: details,
    ...(region && { again: { region } }),
  });
}

/** What an answer about a release shows: the home market first, then the cinemas of other countries by their day. */
function releaseFacts(
  view: View,
  lead: Fact<'release'> | undefined,
  releases: readonly Fact<'release'>[],
  remarks: readonly Fact[],
  noCinema: readonly Line[],
): Line[] {
  const others = sortedByHome(releases).filter((fact) => fact !== lead);
  const isRegional = !releases.some(({ slot }) => slot.regions.includes(HOME));
  const isElsewhere = ({ slot, claim }: Fact<'release'>) =>
    slot.medium === 'theatrical' && claim.status === 'released' && !slot.regions.includes(HOME);
  const elsewhere = Map.groupBy(others.filter(isElsewhere), (fact) => releaseDate(fact) ?? '');
  const days = [...elsewhere].toSorted(([a], [b]) => compareDates(a, b));
  const byDay = days.map(([day, facts]): Line => {
    const places = view.language.list(facts.map(({ slot }) => releasePlace(view, slot)));
    const text = view.language.say('release.elsewhere', { date: view.language.date(day), places });
    return { text, ...(facts[0] && { from: facts[0] }) };
  });
  return [
    ...noCinema,
    ...releaseLines(
      view,
      others.filter(({ slot }) => slot.medium !== 'premiere' && (isRegional || slot.regions.includes(HOME))),
    ),
    ...(isRegional ? [] : byDay),
    ...allLines(view, remarks),
  ];
}

/** Sorts the releases of the home market before all others. */
const sortedByHome = (releases: readonly Fact<'release'>[]): Fact<'release'>[] => [
  ...releases.filter(({ slot }) => slot.regions.includes(HOME)),
  ...releases.filter(({ slot }) => !slot.regions.includes(HOME)),
];

/** Returns the button for the calendar file of a title's releases, where one of them has a day. */
export function toCalendar(view: View, title: string): Next[] {
  const hasDay = releasesOf(view, title).some((fact) => precisionOf(releaseDate(fact) ?? '') === 'day');
  return hasDay
    ? [{ path: 'wick/calendar', options: { title }, label: view.language.say('calendar.add') }]
    : [];
}

/** Returns what can be done while waiting for a title, where a release of it lies ahead or has no date yet. */
export function toWaitFor(view: View, title: string): Next[] {
  const { language } = view;
  const ahead = releasesOf(view, title).find((fact) => isAhead(view, fact));
  return ahead ? [remindAction(language, ahead.slot.slot), countDownAction(language, ahead.slot.slot)] : [];
}

/** Returns what can be done with an answer: what can be done while waiting for the title that it is about or begins with. */
export function actionsOf(view: View, { about, lead }: Card): Next[] {
  const slot = lead.from?.slot;
  const title = about ?? (slot && 'title' in slot ? slot.title : undefined);
  return title ? toWaitFor(view, title) : [];
}

function isAhead({ snapshot }: View, fact: Fact<'release'>): boolean {
  const { claim } = fact;
  if (claim.status === 'undated') return true;
  return claim.status === 'planned' && !isUnconfirmed(snapshot, fact);
}

/** Returns the releases of a title in the order of the data: cinemas first. */
export function releasesOf({ snapshot }: View, title: string): Fact<'release'>[] {
  return snapshot.of('release', (slot) => slot.title === title);
}

/** Returns the release that people mean by "the release": in cinemas, where there is one. */
export function mainRelease(releases: readonly Fact<'release'>[]): Fact<'release'> | undefined {
  const by = (medium: string) => releases.find((fact) => fact.slot.medium === medium);
  return by('theatrical') ?? by('streaming') ?? by('digital') ?? by('release') ?? releases[0];
}

/** Returns a release as a sentence: "*Ballerina* opened in cinemas on June 6, 2025 (United States)." */
export function releaseLead(view: View, fact: Fact<'release'>): Line {
  const { language } = view;
  const { claim, slot } = fact;
  const title = titleName(view, slot.title);
  const place = releasePlace(view, slot);
  const medium = slot.medium === 'release' ? 'other' : slot.medium;
  const words =
    claim.status === 'released' || claim.status === 'planned'
      ? language.say(`release.lead.${isUnconfirmed(view.snapshot, fact) ? 'unconfirmed' : claim.status}`, {
          title,
          place,
          medium,
          precision: precisionOf(claim.date) === 'day' ? 'day' : 'other',
          date: language.date(claim.date),
        })
      : language.say(`release.lead.${claim.status}`, { title, place: releaseLabel(view, slot) });
  const service =
    'service' in claim && claim.service
      ? ` ${language.say('release.service', { service: claim.service })}`
      : '';
  const moved = movedFrom(fact);
  const from = moved ? ` ${language.say('release.moved-from', { date: language.date(moved) })}` : '';
  const line = withRemarks(view, fact, withConfidence(view, fact, `${words}${service}${from}`));
  if (!('reason' in claim) || !claim.reason) return line;
  const { text } = withRemarks(
    view,
    fact,
    withConfidence(view, fact, `${words}${service}${from} ${language.pick(claim.reason)}`),
  );
  return { ...line, short: line.short ?? line.text, text };
}

/** Returns the date before the one that holds, where the plan moved; undefined where it did not. */
export function movedFrom(fact: Fact<'release'>): PartialDay | undefined {
  const versions = [...history(fact), fact] as Fact<'release'>[];
  const date = releaseDate(fact);
  const at = versions.findLastIndex((version) => {
    const other = releaseDate(version);
    return other !== null && other !== date;
  });
  const moved = at >= 0 && versions.slice(at + 1).some(({ claim }) => claim.change === 'moved');
  return moved ? ((versions[at] && releaseDate(versions[at])) ?? undefined) : undefined;
}

/** Returns the regions in which a release of the title is known, with their names in the reader's language. */
export function knownRegions(view: View, title: string): { code: string; name: string }[] {
  const codes = new Set(releasesOf(view, title).flatMap((fact) => fact.slot.regions));
  return [...codes].map((code) => ({ code, name: view.language.region(code) }));
}

/** Finds the region that was typed, by its code or its exact name: Niger is not Nigeria. */
export function findRegion(view: View, title: string, typed: string): string | undefined {
  const wanted = normalize(typed);
  const names = (code: string) => regionNames(view.language, code).map(normalize);
  return wanted
    ? knownRegions(view, title).find(({ code }) => names(code).includes(wanted))?.code
    : undefined;
}

/** Returns the answer where no release is known in that place, with the places where one is. */
export function releaseMissCard(view: View, title: string, typed: string): Card {
  const { say, list } = view.language;
  const regions = list(knownRegions(view, title).map(({ name }) => name));
  return createCard(view, {
    title: heading(view, title, 'release'),
    lead: regions
      ? { text: say('release.miss', { title: titleName(view, title), typed, regions }) }
      : undefined,
    next: neighbours(view, 'release', 'streaming'),
  });
}
