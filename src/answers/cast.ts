import type { Fact } from '../facts/snapshot.ts';
import { history } from '../facts/snapshot.ts';
import { findUnique, type Searchable, search } from '../lib/search.ts';
import { type Card, type Line, type Next, neighbours, type View } from './card.ts';
import { describe } from './describe.ts';
import { allLines, lines, prose, withRemarks } from './lines.ts';
import { createCard, detail, heading } from './make-card.ts';
import { characterName, personName, titleName } from './names.ts';

/** A member of the cast, findable by the actor's and the character's names, those of earlier days included. */
export interface CastMember extends Searchable {
  person: string;
  /** "Ana de Armas – Eve Macarro" */
  label: string;
  fact: Fact<'role'>;
}

/** Returns the cast of a title as it was known on that day, in the order of the data. */
export function castOf(view: View, title: string): CastMember[] {
  return view.snapshot
    .of('role', (slot) => slot.title === title)
    .filter((fact) => view.spoilers || !fact.claim.spoiler)
    .map((fact) => {
      const { person } = fact.slot;
      const actor = personName(view, person);
      const characters = [fact, ...history(fact)].flatMap((version) => characterIds(version as Fact<'role'>));
      const names = characters.flatMap((id) => [
        characterName(view, id),
        ...(view.facts.characters[id]?.aliases ?? []),
      ]);
      const label = view.language.say('cast.choice', { actor, character: describe(view, fact) });
      return {
        person,
        label,
        fact,
        names: [actor, ...names, ...(view.facts.people[person]?.aliases ?? [])],
      };
    });
}

function characterIds({ claim }: Fact<'role'>): string[] {
  const values = 'sides' in claim ? claim.sides : [claim];
  return values.flatMap(({ character }) => character ?? []);
}

/** Returns the answer with the whole cast of a title. */
export function castCard(view: View, title: string): Card {
  const cast = castOf(view, title);
  const first = cast[0];
  const remarks = prose(view, 'cast', title);
  const members = cast.flatMap(({ person, fact }) => lines(view, fact, personName(view, person)));
  const { say } = view.language;
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: first && {
      text: say('cast.lead', { count: cast.length, actor: personName(view, first.person) }),
      from: first.fact,
    },
    facts: members,
    isList: true,
    details: [detail(say('cast.heading'), members), detail(say('details.heading'), allLines(view, remarks))],
    again: { title },
    next: nextOfCast(view, title),
    from: [...cast.map(({ fact }) => fact), ...remarks],
  });
}

/** Buttons from the cast of a title to its other answers. */
function nextOfCast(view: View, title: string): Next[] {
  if (title === 'ballerina') return neighbours(view, 'keanu', 'reddick', 'plot');
  return [
    { path: 'wick/film', options: { title }, label: titleName(view, title) },
    { path: 'wick/where', options: { title }, label: view.language.say('topic.streaming') },
    ...neighbours(view, 'timeline'),
  ];
}

/** Returns the answer about a member of the cast: whom they play here, and in other titles. */
export function castMemberCard(view: View, title: string, { person, fact }: CastMember): Card {
  const { say } = view.language;
  const others = view.snapshot.of('role', (slot) => slot.person === person && slot.title !== title);
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: memberLead(view, title, person, fact),
    details: [
      detail(
        say('cast.else'),
        others.map((other) => ({
          text: say('cast.else-line', {
            title: titleName(view, other.slot.title),
            role: describe(view, other),
          }),
          from: other,
        })),
      ),
    ],
    next: [{ path: 'wick/cast', options: { title }, label: say('topic.cast') }, ...nextOfCast(view, title)],
    from: [fact],
    again: { title, person },
  });
}

function memberLead(view: View, title: string, person: string, fact: Fact<'role'>): Line | undefined {
  const { say } = view.language;
  const names = { actor: personName(view, person), title: titleName(view, title) };
  if ('sides' in fact.claim) return lines(view, fact)[0];
  const { character } = fact.claim;
  const plays = character
    ? say('cast.plays', { ...names, character: characterName(view, character) })
    : say('cast.undisclosed', names);
  return withRemarks(view, fact, plays);
}

/** Finds the member that was typed, and those that come close. */
export function findMember(
  view: View,
  title: string,
  typed: string,
): { found?: CastMember; close: CastMember[] } {
  const cast = castOf(view, title);
  const found = cast.find((member) => member.person === typed) ?? findUnique(cast, typed);
  const close = search(cast, typed);
  return found ? { found, close } : { close };
}

/** Returns the answer where no member has that name, with the names that come close. */
export function castMissCard(view: View, title: string, typed: string, close: readonly CastMember[]): Card {
  const { say, list } = view.language;
  const near = close.slice(0, 4);
  const hint =
    near.length > 0
      ? say('cast.near', { names: list(near.map(({ label }) => label)) })
      : say('cast.none-near');
  const next: Next[] = near.map((member) => ({
    path: 'wick/cast',
    options: { title, person: member.person },
    label: personName(view, member.person),
  }));
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: { text: `${say('cast.miss', { typed, title: titleName(view, title) })} ${hint}` },
    next: [...next, ...neighbours(view, 'cast')],
  });
}
