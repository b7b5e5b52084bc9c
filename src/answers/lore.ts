import type { Fact } from '../facts/snapshot.ts';
import { findUnique, type Searchable, search } from '../lib/search.ts';
import { type Card, type Line, type Next, neighbours, type View } from './card.ts';
import { allLines, lines } from './lines.ts';
import { createCard, detail } from './make-card.ts';

/** A word of the world of the films, findable by its names. */
export interface FindableTerm extends Searchable {
  id: string;
  name: string;
}

/** The terms of which something is known, in the order of their file. */
export function termsOf(view: View): FindableTerm[] {
  const known = new Set(loreOf(view).map(({ slot }) => slot.term));
  return Object.entries(view.facts.terms).flatMap(([id, term]) => {
    const name = view.language.pick(term.name);
    return known.has(id) ? [{ id, name, names: [name, ...(term.aliases ?? []), id] }] : [];
  });
}

/** The term that was meant, and those that come close. */
export function findTerm(view: View, typed: string): { found?: FindableTerm; close: FindableTerm[] } {
  const terms = termsOf(view);
  const found = terms.find(({ id }) => id === typed) ?? findUnique(terms, typed);
  const close = search(terms, typed);
  return found ? { found, close } : { close };
}

/** What a term means. */
export function termCard(view: View, { id, name }: FindableTerm): Card {
  const facts = loreOf(view).filter(({ slot }) => slot.term === id);
  const [lead, ...rest] = allLines(view, facts);
  return createCard(view, {
    title: view.language.say('lore.title', { term: name }),
    lead,
    details: [detail(undefined, rest)],
    next: [allTerms(view), ...neighbours(view, 'timeline', 'plot')],
    from: facts,
    again: { term: id },
  });
}

/** All terms, one line each. */
export function loreCard(view: View): Card {
  const { say } = view.language;
  const terms = termsOf(view);
  const facts = loreOf(view);
  const linesOf = (id: string) =>
    allLines(
      view,
      facts.filter(({ slot }) => slot.term === id),
    );
  return createCard(view, {
    title: say('lore.all'),
    lead: terms.length > 0 ? { text: say('lore.lead', { count: terms.length }) } : undefined,
    facts: terms.flatMap(({ id, name }) =>
      termLines(
        view,
        name,
        facts.filter(({ slot }) => slot.term === id),
      ),
    ),
    isList: true,
    details: terms.map(({ id, name }) => detail(name, linesOf(id))),
    next: neighbours(view, 'timeline', 'plot', 'setting'),
    from: facts,
  });
}

/** A term with what is told of it first. */
const termLines = (view: View, name: string, facts: readonly Fact<'prose'>[]): Line[] =>
  facts.slice(0, 1).flatMap((fact) => lines(view, fact, name));

/** Says that no term is called so, and which are called nearly so. */
export function loreMissCard(view: View, typed: string, close: readonly FindableTerm[]): Card {
  const { say, list } = view.language;
  const near = close.length > 0 ? close.slice(0, 4) : termsOf(view).slice(0, 4);
  const next: Next[] = near.map(({ id, name }) => ({
    path: 'wick/lore',
    options: { term: id },
    label: name,
  }));
  return createCard(view, {
    title: say('lore.all'),
    lead: { text: say('lore.miss', { typed, names: list(near.map(({ name }) => name)) }) },
    next,
  });
}

const loreOf = (view: View): Fact<'prose'>[] =>
  view.snapshot
    .of('prose', (slot) => slot.term !== undefined)
    .filter(({ claim }) => view.spoilers || !claim.spoiler);

const allTerms = (view: View): Next => ({ path: 'wick/lore', label: view.language.say('lore.all') });
