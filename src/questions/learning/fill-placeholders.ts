import type { Facts } from '../../facts/snapshot.ts';
import type { Profile } from '../answer-profile.ts';
import type { Random } from './random.ts';

/** An example whose placeholders were filled, as somebody asks it. */
export interface FilledExample {
  text: string;
  /** The things that were put in: "title:chapter-4". */
  names: string[];
}

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  AU: ['australia'],
  BR: ['brazil'],
  CN: ['china'],
  DE: ['germany'],
  ES: ['spain'],
  FR: ['france'],
  GB: ['the uk', 'england'],
  IN: ['india'],
  JP: ['japan'],
  US: ['the us', 'america'],
};
const SERVICES = ['netflix', 'starz', 'amazon prime', 'hulu', 'peacock', 'disney plus', 'apple tv', 'max'];
const YEARS = ['2021', '2022', '2023', '2024', '2025'];

const DEFAULTS: Readonly<Record<string, string>> = {
  title: 'title:chapter-2',
  person: 'person:ian-mcshane',
  character: 'character:winston',
  region: 'region:GB',
};

/** Puts names into the placeholders of an example: of things that `answers`, which it asks for, are about. */
export function fillPlaceholders(
  text: string,
  answers: readonly Profile[],
  facts: Facts,
  random: Random,
): FilledExample {
  const names: string[] = [];
  const filled = text.replace(/\{(\w+)\}/g, (_, kind: string) => {
    if (kind === 'year') return random.pick(YEARS) ?? '';
    if (kind === 'service') return random.pick(SERVICES) ?? '';
    const things = thingsOfKind(kind, answers);
    const thing = random.pick(things.length > 0 ? things : [DEFAULTS[kind] ?? '']) ?? '';
    names.push(thing);
    return random.pick(spellingsOf(thing, facts)) ?? '';
  });
  return { text: filled, names };
}

/** The things of a kind that answers are about. */
function thingsOfKind(kind: string, answers: readonly Profile[]): string[] {
  const isFillable = (thing: string) =>
    thing.startsWith(`${kind}:`) &&
    !thing.endsWith('*') &&
    (kind !== 'region' || thing.slice('region:'.length) in REGIONS);
  return [...new Set(answers.flatMap(({ features }) => [...features].filter(isFillable)))];
}

/** What people write for a thing. */
function spellingsOf(thing: string, { titles, people, characters }: Facts): readonly string[] {
  const [kind, id = ''] = thing.split(':');
  switch (kind) {
    case 'title':
      return [...(titles[id]?.aliases ?? []), id.replaceAll('-', ' ')];
    case 'person': {
      const person = people[id];
      // Most write the whole name.
      return person ? [person.name, person.name, ...(person.aliases ?? [])] : [id];
    }
    case 'character': {
      const character = characters[id];
      return character ? [...Object.values(character.name), ...(character.aliases ?? [])] : [id];
    }
    default:
      return REGIONS[id] ?? [id];
  }
}
