import { createHash } from 'node:crypto';
import type { FactData } from '../src/facts/fact-data.ts';
import type { QuestionData } from '../src/questions/parse-question-data.ts';

/** What the model of questions is learned from. */
interface Learned {
  facts: FactData;
  questions: Pick<QuestionData, 'vocabulary' | 'examples' | 'otherTitles'>;
}

/**
 * Returns a digest of what the model of questions is learned from: the wordings, the names, and which slots there are. What a
 * slot says may change without it.
 */
export function digestOf({ facts, questions }: Learned): string {
  const { titles, people, characters, slots } = facts;
  const { vocabulary, examples, otherTitles } = questions;
  const paths = slots.map(({ slot }) => slot.slot).sort();
  const names = Object.entries(titles).map(([id, { aliases, kind }]) => [id, aliases, kind]);
  const all = [names, people, characters, paths, vocabulary, examples, otherTitles];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}
