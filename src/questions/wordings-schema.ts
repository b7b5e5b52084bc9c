import { z } from 'zod';
import { examplesSchema } from './examples-schema.ts';
import { vocabularySchema } from './vocabulary-schema.ts';

/** The shape of `data/wordings.json`: all that says how people ask, from single words to whole questions. */
export const wordingsFile = z.strictObject({
  $schema: z.string().optional(),
  ...vocabularySchema.shape,
  ...examplesSchema.shape,
});

/** The same file where the examples are not needed: they are read by nothing, so they may be anything. */
export const wordingsWithoutExamples = z.strictObject({
  ...wordingsFile.shape,
  answered: z.unknown(),
  refused: z.unknown(),
});

/** How people ask: the vocabulary and the examples. */
export type Wordings = z.output<typeof wordingsFile>;
