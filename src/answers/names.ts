import type { ClaimOf, SlotOf } from '../facts/schema.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { View } from './card.ts';

/** Returns a title's name as it was known on that day: "Chapter 4" or, in full, "John Wick: Chapter 4". */
export function titleName(
  { snapshot, language }: View,
  id: string,
  form: 'short' | 'full' = 'short',
): string {
  const fact = snapshot.of('name', (slot) => slot.title === id)[0];
  if (!fact || 'sides' in fact.claim) return nameFromId(id);
  return language.pick(fact.claim[form]);
}

/** An id as a name, for a day on which the title had none: "ballerina" as "Ballerina". */
const nameFromId = (id: string) => id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

/** Returns a person's name; the id where there is no such person. */
export function personName({ facts }: View, id: string): string {
  return facts.people[id]?.name ?? id;
}

/** Returns a character's name; the id where there is no such character. */
export function characterName({ facts, language }: View, id: string): string {
  const character = facts.characters[id];
  return character ? language.pick(character.name) : id;
}

/** Returns the titles that had a name on that day, in the order of the data. */
export function knownTitles({ facts, snapshot }: View): string[] {
  const named = new Set(snapshot.of('name').map((fact) => fact.slot.title));
  return Object.keys(facts.titles).filter((id) => named.has(id));
}

/** Returns what a fact is about: "Cinemas, United States", "Director", "Ana de Armas"; undefined where its text says it. */
export function slotLabel(view: View, fact: Fact): string | undefined {
  const { language } = view;
  const slot = fact.slot;
  switch (slot.kind) {
    case 'release':
      return releaseLabel(view, slot);
    case 'role':
      return personName(view, slot.person);
    case 'credit':
      return language.say(`job.${slot.job}`);
    case 'measure':
      return language.say(`measure.${slot.measure}`);
    case 'company':
      return language.say(`company.${slot.role}`);
    case 'rating':
      return slot.board;
    case 'origin':
      return language.say('label.origin');
    case 'name':
      return language.say('label.name');
    case 'story':
      return `${titleName(view, slot.title)}${slot.part ? ` (${language.pick(slot.part)})` : ''}`;
    case 'project':
      return titleName(view, slot.title);
    case 'life':
      return language.say(`life.${slot.event}`);
    case 'gap':
      return `${titleName(view, slot.from)} – ${titleName(view, slot.to)}`;
    case 'trailer':
    case 'event':
    case 'prose':
    case 'appearance':
      return undefined;
  }
}

/** Whether facts are about several titles: then their history names the titles. */
export function coversSeveralTitles(slots: readonly Fact[]): boolean {
  return new Set(slots.flatMap(({ slot }) => ('title' in slot ? slot.title : []))).size > 1;
}

/** Returns the label of a fact, after its title where an answer is about several. */
export function titledLabel(view: View, fact: Fact, several: boolean): string | undefined {
  const label = slotLabel(view, fact);
  const { slot } = fact;
  if (!label || !several || !('title' in slot) || slot.kind === 'story' || slot.kind === 'project')
    return label;
  return `${titleName(view, slot.title)} · ${label}`;
}

/** Returns the medium and place of a release: "Cinemas, United States". */
export function releaseLabel(view: View, slot: SlotOf<'release'>): string {
  return `${view.language.say(`medium.${slot.medium}`)}, ${releasePlace(view, slot)}`;
}

/** Returns the place of a release: its regions or, for a premiere, its house; with the edition, where there are several. */
export function releasePlace({ language }: View, slot: SlotOf<'release'>): string {
  const where = slot.place
    ? language.pick(slot.place)
    : language.list(slot.regions.map((code) => language.region(code)));
  return slot.edition ? `${where}, ${language.pick(slot.edition)}` : where;
}

/** Returns the names and notes of a credit: "Derek Kolstad (characters)". */
export function creditNames(
  view: View,
  claim: Pick<Extract<ClaimOf<'credit'>, { people: unknown }>, 'people'>,
): string {
  return view.language.list(
    claim.people.map(({ person, note }) =>
      note ? `${personName(view, person)} (${view.language.pick(note)})` : personName(view, person),
    ),
  );
}
