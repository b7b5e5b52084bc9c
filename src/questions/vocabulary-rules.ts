import type { FactData, Table } from '../facts/fact-data.ts';
import { didYouMean, type Problem, pathText } from '../lib/data-file.ts';
import type { Vocabulary } from './vocabulary-schema.ts';

const TABLE_OF: Readonly<Record<string, Table>> = {
  title: 'titles',
  person: 'people',
  character: 'characters',
};

/** Returns what a schema cannot see in the vocabulary: names of things and concepts that are not there. */
export function checkVocabulary(file: string, vocabulary: Vocabulary, ids: FactData['ids']): Problem[] {
  const concepts = new Set(Object.keys(vocabulary.concepts));
  return featuresIn(vocabulary).flatMap(({ path, feature }): Problem[] => {
    const [kind = '', id] = feature.split(':');
    if (id === undefined) return unknownConcept(file, path, feature, concepts);
    const table = TABLE_OF[kind];
    const existing = table && ids[table];
    if (!existing || id === '*' || existing.has(id)) return [];
    const hint = didYouMean(id, [...existing]);
    const message = `unknown id "${id}".${hint} Correct it, or add it to data/${table}.json`;
    return [{ file, path: pathText(path), message }];
  });
}

function unknownConcept(
  file: string,
  path: PropertyKey[],
  concept: string,
  concepts: ReadonlySet<string>,
): Problem[] {
  if (concepts.has(concept)) return [];
  const hint = didYouMean(concept, [...concepts]);
  const message = `unknown concept "${concept}".${hint} Correct it, or add it to "concepts"`;
  return [{ file, path: pathText(path), message }];
}

function featuresIn({ names, topics, lists }: Vocabulary): { path: PropertyKey[]; feature: string }[] {
  const entries = [
    ...topics.map((entry, at) => ({ entry, path: ['topics', at] })),
    ...lists.map((entry, at) => ({ entry, path: ['lists', at] })),
  ];
  return [
    ...Object.keys(names).map((feature) => ({ path: ['names', feature], feature })),
    ...entries.flatMap(({ entry, path }) => [
      ...(entry.has ?? []).map((feature, at) => ({ path: [...path, 'has', at], feature })),
      ...(entry.needs ?? []).flatMap((group, index) =>
        group.map((feature, at) => ({ path: [...path, 'needs', index, at], feature })),
      ),
    ]),
  ];
}
