import { isUnconfirmed } from '../facts/freshness.ts';
import type { Fact } from '../facts/snapshot.ts';
import { findUnique, type Searchable, search } from '../lib/search.ts';
import { type Card, type Line, type Next, neighbours, type View } from './card.ts';
import { byImportance, keyFacts, trailerLink } from './key-facts.ts';
import { allLines, labelledLines, lines, prose, releaseLines } from './lines.ts';
import { createCard, detail } from './make-card.ts';
import { knownTitles, personName, releaseLabel, titleName } from './names.ts';
import { releasesOf, toCalendar, toWaitFor } from './release.ts';
import { firstRelease } from './timeline.ts';

/** A title, findable by its names and by what people call it. */
export interface FindableTitle extends Searchable {
  id: string;
  name: string;
}

/** Returns the titles known on that day. */
export function titlesOf(view: View): FindableTitle[] {
  return knownTitles(view).map((id) => {
    return { id, name: titleName(view, id, 'full'), names: titleNames(view, id) };
  });
}

/** Returns all names of a title, its short name first. */
export function titleNames(view: View, id: string): string[] {
  return [titleName(view, id), titleName(view, id, 'full'), ...(view.facts.titles[id]?.aliases ?? []), id];
}

/** Finds the title that was typed, and those that come close. */
export function findTitle(view: View, typed: string): { found?: FindableTitle; close: FindableTitle[] } {
  const titles = titlesOf(view);
  const found = titles.find(({ id }) => id === typed) ?? findUnique(titles, typed);
  const close = search(titles, typed);
  return found ? { found, close } : { close };
}

/** What else a title may have, in the order of an answer. */
const MORE_TOPICS = [
  'streaming',
  'ending',
  'filming',
  'training',
  'music',
  'awards',
  'reception',
  'lore',
] as const;

/** The prose of a topic that no topic before it tells. */
function untold(view: View, topic: (typeof MORE_TOPICS)[number], title: string): Fact<'prose'>[] {
  const earlier = ['film', ...MORE_TOPICS.slice(0, MORE_TOPICS.indexOf(topic))];
  return prose(view, topic, title).filter(
    ({ slot }) => !slot.topics.some((slotTopic) => earlier.includes(slotTopic)),
  );
}

/** Buttons to the cast of a title, where one is known, and to where it can be watched. */
function onwards(view: View, title: string): Next[] {
  const { say } = view.language;
  const hasCast = view.snapshot.of('role', (slot) => slot.title === title).length > 0;
  return [
    ...(hasCast ? [{ path: 'wick/cast', options: { title }, label: say('topic.cast') }] : []),
    { path: 'wick/where', options: { title }, label: say('topic.streaming') },
  ];
}

/** Returns the answer with everything known of a title. */
export function filmCard(view: View, title: string): Card {
  const { snapshot, language } = view;
  const { say } = language;
  const of = <T extends { title: string }>(slot: T) => slot.title === title;
  const roles = snapshot.of('role', of);
  const told = prose(view, 'film', title);
  const stories = snapshot.of('story', of);
  const projects = snapshot.of('project', of);
  return createCard(view, {
    title: titleName(view, title, 'full'),
    lead: filmLead(view, title),
    facts: [
      ...allLines(view, told.slice(0, 1)),
      ...keyFacts(view, title),
      ...allLines(view, [...projects, ...told.slice(1)]),
    ],
    details: [
      detail(undefined, allLines(view, told)),
      detail(say('film.status'), allLines(view, projects)),
      detail(say('film.releases'), releaseLines(view, releasesOf(view, title))),
      detail(
        say('film.cast'),
        roles.flatMap((role) => lines(view, role, personName(view, role.slot.person))),
      ),
      detail(
        say('film.credits'),
        labelledLines(view, [
          ...byImportance(snapshot.of('credit', of)),
          ...snapshot.of('company', of),
          ...snapshot.of('origin', of),
        ]),
      ),
      detail(
        say('film.numbers'),
        labelledLines(view, [...snapshot.of('measure', of), ...snapshot.of('rating', of)]),
      ),
      detail(
        say('film.story'),
        stories.flatMap((story) => (story.slot.part ? labelledLines(view, [story]) : lines(view, story))),
      ),
      detail(say('film.trailers'), allLines(view, snapshot.of('trailer', of))),
      ...MORE_TOPICS.map((topic) =>
        detail(say(`topic.${topic}`), allLines(view, untold(view, topic, title))),
      ),
    ],
    next: [
      ...(title === 'ballerina' ? neighbours(view, 'overview', 'cast') : onwards(view, title)),
      ...toCalendar(view, title),
      ...neighbours(view, 'timeline', 'upcoming'),
    ],
    link: trailerLink(view, title),
    again: { title },
    from: [...roles, ...told, ...stories, ...MORE_TOPICS.flatMap((topic) => prose(view, topic, title))],
  });
}

function filmLead(view: View, title: string): Line | undefined {
  const { say, date } = view.language;
  const kind = say(`kind.${view.facts.titles[title]?.kind ?? 'film'}`);
  const named = { title: `*${titleName(view, title)}*`, kind };
  const first = firstRelease(view, title);
  const name = view.snapshot.of('name', (slot) => slot.title === title)[0];
  const project = view.snapshot.of('project', (slot) => slot.title === title)[0];
  if (!first)
    return project ? lines(view, project)[0] : name && { text: say('film.other', named), from: name };
  return { text: releaseSentence(first.release), from: first.release };

  function releaseSentence(fact: Fact<'release'>): string {
    const { claim, slot } = fact;
    if (claim.status === 'undated' || claim.status === 'dropped') return say('film.undated', named);
    const status = isUnconfirmed(view.snapshot, fact) ? 'unconfirmed' : claim.status;
    return say(`film.${status}`, { ...named, date: date(claim.date), place: releaseLabel(view, slot) });
  }
}

/** Returns the answer where no title has that name, with the names that come close. */
export function filmMissCard(view: View, typed: string, close: readonly FindableTitle[]): Card {
  const { say, list } = view.language;
  const near = close.slice(0, 4);
  const hint = near.length > 0 ? ` ${say('film.near', { names: list(near.map(({ name }) => name)) })}` : '';
  const next: Next[] = near.map(({ id }) => ({
    path: 'wick/film',
    options: { title: id },
    label: titleName(view, id),
  }));
  return createCard(view, {
    title: say('topic.film'),
    lead: { text: `${say('film.miss', { typed })}${hint}` },
    next: [...next, ...neighbours(view, 'timeline')],
  });
}

/** Returns the answer with what is announced, and how far it has come. */
export function upcomingCard(view: View): Card {
  const { say } = view.language;
  const projects = view.snapshot
    .of('project')
    .filter(({ claim }) => 'sides' in claim || claim.stage !== 'released');
  const announced = projects
    .filter(({ claim }) => 'sides' in claim || claim.stage !== 'never-announced')
    .toSorted((a, b) => rankOf(view, a) - rankOf(view, b));
  const others = projects.filter((fact) => !announced.includes(fact));
  const dates = announced
    .flatMap(({ slot }) => releasesOf(view, slot.title))
    .filter(({ claim }) => claim.status === 'planned');
  return createCard(view, {
    title: say('upcoming.title'),
    lead: {
      text: say('upcoming.lead', {
        count: announced.length,
        dated: new Set(dates.map(({ slot }) => slot.title)).size,
      }),
    },
    facts: announced.flatMap((fact) => announcedLines(view, fact)),
    isList: true,
    details: [
      ...announced.map((fact) =>
        detail(titleName(view, fact.slot.title, 'full'), [
          ...allLines(view, [fact]),
          ...releaseLines(view, releasesOf(view, fact.slot.title)),
        ]),
      ),
      detail(say('upcoming.not-announced'), labelledLines(view, others)),
      detail(say('details.heading'), allLines(view, prose(view, 'upcoming'))),
    ],
    next: neighbours(view, 'sequel', 'timeline', 'overview'),
    from: projects,
  });
}

/** Where a title comes in the list: with a date first, then by how much it is wanted, then in the order of the data. */
function rankOf(view: View, { slot }: Fact<'project'>): number {
  const isDated = releasesOf(view, slot.title).some(({ claim }) => claim.status === 'planned');
  return isDated ? 0 : (view.facts.titles[slot.title]?.wanted ?? Number.MAX_SAFE_INTEGER);
}

/** What is announced of a title in one line, with what can be done while waiting for it. */
function announcedLines(view: View, fact: Fact<'project'>): Line[] {
  const actions = toWaitFor(view, fact.slot.title);
  return lines(view, fact).map((line) => ({ ...line, ...(actions.length > 0 && { actions }) }));
}
