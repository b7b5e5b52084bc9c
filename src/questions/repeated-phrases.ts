import { type Problem, pathText } from '../lib/data-file.ts';
import { normalize } from '../lib/search.ts';
import { phrasesOf, type Vocabulary } from './vocabulary-schema.ts';

/** A phrase as it stands in the vocabulary. */
interface PlacedPhrase {
  phrase: string;
  /** The path of the line that has it. */
  path: PropertyKey[];
}

/**
 * Returns phrases of which one section says that they have no meaning here, and another what they mean. A phrase with
 * several meanings is no mistake: it stands for one of them.
 */
export function checkPhrases(file: string, { names, concepts, fillers, elsewhere }: Vocabulary): Problem[] {
  const meant = [
    ...Object.entries(names).flatMap(([feature, lines]) => placed(['names', feature], lines)),
    ...Object.entries(concepts).flatMap(([id, { phrases }]) => placed(['concepts', id, 'phrases'], phrases)),
  ];
  const without = [...placed(['fillers'], fillers), ...placed(['elsewhere'], elsewhere)];
  const first = new Map<string, PlacedPhrase>();
  return [...meant, ...without].flatMap((entry, at): Problem[] => {
    const key = normalize(entry.phrase);
    const earlier = first.get(key);
    if (!earlier) first.set(key, entry);
    const isMistake = earlier && at >= meant.length && earlier.path[0] !== entry.path[0];
    if (!isMistake) return [];
    const message = `"${entry.phrase}" stands at ${pathText(earlier.path)} already, with another meaning; keep one of them`;
    return [{ file, path: pathText(entry.path), message }];
  });
}

const placed = (path: PropertyKey[], lines: readonly string[]): PlacedPhrase[] =>
  lines.flatMap((line, at) => phrasesOf([line]).map((phrase) => ({ phrase, path: [...path, at] })));
