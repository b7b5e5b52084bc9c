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
  known: Fact<'role'>;
}

/** The cast of a title as it was known on that day, in the order of the data. */
export function castOf(view: View, title: string): CastMember[] {
  return view.snapshot
    .of('role', (slot) => slot.title === title)
    .filter((known) => view.spoilers || !known.claim.spoiler)
    .map((known) => {
      const { person } = known.slot;
      const actor = personName(view, person);
      const characters = [known, ...history(known)].flatMap((one) => characterIds(one as Fact<'role'>));
      const names = characters.flatMap((id) => [
        characterName(view, id),
        ...(view.facts.characters[id]?.aliases ?? []),
      ]);
      const label = view.language.say('cast.choice', { actor, character: describe(view, known) });
      return {
        person,
        label,
        known,
        names: [actor, ...names, ...(view.facts.people[person]?.aliases ?? [])],
      };
    });
}

function characterIds({ claim }: Fact<'role'>): string[] {
  const values = 'sides' in claim ? claim.sides : [claim];
  return values.flatMap(({ character }) => character ?? []);
}

/** Everyone known to be in it. */
export function castCard(view: View, title: string): Card {
  const cast = castOf(view, title);
  const first = cast[0];
  const remarks = prose(view, 'cast', title);
  const { say } = view.language;
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: first && {
      text: say('cast.lead', { count: cast.length, actor: personName(view, first.person) }),
      from: first.known,
    },
    details: [
      detail(
        say('cast.heading'),
        cast.flatMap(({ person, known }) => lines(view, known, personName(view, person))),
      ),
      detail(say('details.heading'), allLines(view, remarks)),
    ],
    next: neighbours(view, 'keanu', 'reddick', 'director', 'plot'),
    from: [...cast.map(({ known }) => known), ...remarks],
  });
}

/** One member of the cast: whom they play here, and elsewhere in the franchise. */
export function castMemberCard(view: View, title: string, { person, known }: CastMember): Card {
  const { say } = view.language;
  const elsewhere = view.snapshot.of('role', (slot) => slot.person === person && slot.title !== title);
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: memberLead(view, title, person, known),
    details: [
      detail(
        say('cast.else'),
        elsewhere.map((one) => ({
          text: say('cast.else-line', { title: titleName(view, one.slot.title), role: describe(view, one) }),
          from: one,
        })),
      ),
    ],
    next: neighbours(view, 'cast', 'plot', 'keanu', 'reddick'),
    from: [known],
  });
}

function memberLead(view: View, title: string, person: string, known: Fact<'role'>): Line | undefined {
  const { say } = view.language;
  const names = { actor: personName(view, person), title: titleName(view, title) };
  if ('sides' in known.claim) return lines(view, known)[0];
  const { character } = known.claim;
  const plays = character
    ? say('cast.plays', { ...names, character: characterName(view, character) })
    : say('cast.undisclosed', names);
  return { text: withRemarks(view, known, plays), from: known };
}

/** The member that was meant, and those that come close where nobody was named outright. */
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

/** Says that nobody is called so, and who is called nearly so. */
export function castMissCard(view: View, title: string, typed: string, close: readonly CastMember[]): Card {
  const { say, list } = view.language;
  const near = close.slice(0, 4);
  const hint =
    near.length > 0 ? say('cast.near', { names: list(near.map((one) => one.label)) }) : say('cast.none-near');
  const next: Next[] = near.map((one) => ({
    path: 'ballerina/cast',
    options: { person: one.person },
    label: personName(view, one.person),
  }));
  return createCard(view, {
    title: heading(view, title, 'cast'),
    lead: { text: `${say('cast.miss', { typed, title: titleName(view, title) })} ${hint}` },
    next: [...next, ...neighbours(view, 'cast')],
  });
}
