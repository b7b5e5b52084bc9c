import { dirname } from 'node:path';
import { z } from 'zod';
import type { PlacedSlot } from '../facts/fact-data.ts';
import { didYouMean, type Problem, pathText } from '../lib/data-file.ts';
import { matchingPaths } from './path-pattern.ts';
import { LISTS } from './vocabulary-schema.ts';

/**
 * The examples in `data/wordings.json`: questions as people ask them, in groups by what they ask for. A new question is
 * compared with all of them.
 */

/** What stands in an example for any name of its kind. */
const PLACEHOLDERS = ['title', 'person', 'character', 'region', 'service', 'year'] as const;

const LIST = 'list/';

/** One expression for all that must be true of an example: there are many thousand, and all are checked at each start. */
const EXAMPLE = new RegExp(`^([^{]|\\{(${PLACEHOLDERS.join('|')})\\}){1,300}$`, 'u');

const like = z
  .array(
    z
      .string()
      .regex(
        EXAMPLE,
        `use up to 300 characters; in braces only ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')} may stand`,
      ),
  )
  .min(1)
  .describe('Questions as people type them. {title}, {person}, … stand for any name of their kind.');

const asks = z
  .array(
    z
      .string()
      .regex(
        /^[a-z0-9*-]+(\/[a-z0-9*-]+)+$/,
        'use the path of a slot, in which "*" stands for a part, or "list/cast"',
      ),
  )
  .min(1)
  .describe('What the questions ask for: slots, the best first; "*" where names in a question choose.');

/** The sections of the file that hold whole questions. */
export const examplesSchema = z.strictObject({
  answered: z
    .array(z.strictObject({ asks, like }))
    .describe('Questions that the facts answer, in groups by what they ask for.'),
  refused: z
    .array(z.strictObject({ about: z.string().min(1).max(120), like }))
    .describe('Questions that nothing in the facts answers, however near some of them come.'),
});

/** Questions as people ask them, by what they ask for. */
export type Examples = z.output<typeof examplesSchema>;

/** No examples: for facts without any. */
export const emptyExamples = (): Examples => ({ answered: [], refused: [] });

/** Returns what a schema cannot see: paths that lead to no slot, and examples that stand twice. */
export function checkExamples(file: string, examples: Examples, slots: readonly PlacedSlot[]): Problem[] {
  // Examples may come from the bot's own folder beside facts from another one; what those lack is then no mistake.
  if (!slots.some((placed) => placed.file.startsWith(dirname(file)))) return [];
  const paths = [...slots.map(({ slot }) => slot.slot), ...LISTS.map((list) => `${LIST}${list}`)];
  const pathSet = new Set(paths);
  const unknownPaths = examples.answered.flatMap(({ asks }, group) =>
    asks.flatMap((pattern, at): Problem[] => {
      if (pathSet.has(pattern) || matchingPaths(pattern, paths).length > 0) return [];
      const message = `no slot is at "${pattern}".${didYouMean(pattern, paths)} Correct it, or add the slot to data/claims/`;
      return [{ file, path: pathText(['answered', group, 'asks', at]), message }];
    }),
  );
  return [...unknownPaths, ...repeatedExamples(file, examples)];
}

/** How an example is compared with others: in any case of letters, and with any mark at its end. */
const keyOf = (example: string) => example.toLowerCase().replace(/(?<=.)[\s?!.]+$/u, '');

/** Examples that are there twice, in one group or in two. */
function repeatedExamples(file: string, { answered, refused }: Examples): Problem[] {
  const groups = [
    ...answered.map(({ like }, at) => ({ like, path: ['answered', at] })),
    ...refused.map(({ like }, at) => ({ like, path: ['refused', at] })),
  ];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const text of groups.flatMap(({ like }) => like)) {
    const key = keyOf(text);
    (seen.has(key) ? repeated : seen).add(key);
  }
  // The places are only worked out where there is something to report.
  return [...repeated].flatMap((key) => {
    const [first, ...others] = groups.flatMap(({ like, path }) =>
      like.flatMap((text, at) => (keyOf(text) === key ? [pathText([...path, 'like', at])] : [])),
    );
    const message = `stands at ${first} already; keep one of them`;
    return others.map((path) => ({ file, path, message }));
  });
}
