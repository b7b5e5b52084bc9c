import { z } from 'zod';
import { examplesSchema } from './examples-schema.ts';
import { vocabularySchema } from './vocabulary-schema.ts';

/** The shape of `data/wordings.json`: all that says how people ask, from single words to whole questions. */
export const wordingsFile = z.strictObject({
  $schema: z.string().optional(),
  ...vocabularySchema.shape,
  ...examplesSchema.shape,
});

/** How people ask: the vocabulary and the examples. */
export type Wordings = z.output<typeof wordingsFile>;
