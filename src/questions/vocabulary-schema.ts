import { z } from 'zod';

/**
 * The words in `data/wordings.json`: what people call things, and what answers are about. They are with the facts because
 * they grow with them.
 */

const phrases = z
  .array(z.string().min(1).max(300))
  .describe(
    'What people type. A line may hold several, with commas between them; case, accents and endings do not matter.',
  );

/** What a phrase can mean: a thing of the facts by its id, or a concept of this file. */
const feature = z
  .string()
  .regex(
    /^((title|person|character|region|service):([A-Za-z0-9-]+|\*)|[a-z0-9-]+)$/,
    'use the name of a concept, or a thing such as "person:keanu-reeves", "region:GB", "service:starz"',
  );

const pattern = z
  .string()
  .regex(
    /^[a-z0-9*-]+(\/[a-z0-9*-]+)*$/,
    'use the path of a slot, in which "*" stands for a part and "**" for any number of parts',
  );

const concept = z.strictObject({
  phrases,
  force: z
    .enum(['strict', 'loose', 'hint'])
    .optional()
    .describe(
      'How much it matters that an answer has it. "strict": an answer without it is another answer (a disc is not a stream). "loose": it may lack it. "hint": as "when" and "who" are.',
    ),
});

const has = z.array(feature).optional().describe('What a question about it may speak of.');
const needs = z
  .array(z.array(feature).min(1))
  .optional()
  .describe(
    'What a question about it does speak of: of each group at least one. Else the answer is too narrow for the question.',
  );
const ask = z
  .string()
  .min(5)
  .max(100)
  .optional()
  .describe(
    'A question that it answers, offered while typing. {title}, {person}, {character}, {region}, {work}, {from}, {to} are filled in.',
  );

const topic = z.strictObject({ slots: pattern, has, needs, ask });

/** Lists are answers that speak of many slots; each has a card of its own. */
export const LISTS = [
  'cast',
  'timeline',
  'release-order',
  'upcoming',
  'trailers',
  'posthumous',
  'games',
  'works',
  'coverage',
] as const;
const list = z.strictObject({ list: z.enum(LISTS), has, needs, ask });

/** The sections of the file that hold words and what they lead to. */
export const vocabularySchema = z.strictObject({
  names: z
    .record(feature, phrases)
    .describe('What people call titles, people, characters, regions and services.'),
  concepts: z
    .record(z.string().regex(/^[a-z0-9-]+$/, 'use small letters, digits and hyphens'), concept)
    .describe('Ideas, and the words that people have for them.'),
  fillers: phrases.describe('Everyday words that carry nothing.'),
  elsewhere: phrases.describe('What only questions about other things speak of; they are not answered.'),
  topics: z.array(topic).describe('Which concepts the slots at a path answer; all that fit a slot add up.'),
  lists: z.array(list).describe('Which concepts the answers answer that speak of many slots.'),
  featured: z
    .array(z.string().min(5).max(100))
    .describe(
      'Questions that are offered before anything is typed, the best first. Each has a true answer today.',
    ),
  often: z
    .array(z.string().min(5).max(100))
    .describe('Questions as topics and lists word them, those that are asked most first.'),
});

/** How people ask: names, concepts, and which slots they lead to. */
export type Vocabulary = z.output<typeof vocabularySchema>;
/** A list of answers that has a card of its own. */
export type ListName = (typeof LISTS)[number];

/** A vocabulary without words: for facts without any. */
export const emptyVocabulary = (): Vocabulary => ({
  names: {},
  concepts: {},
  fillers: [],
  elsewhere: [],
  topics: [],
  lists: [],
  featured: [],
  often: [],
});

/** Returns the phrases of lines, each by itself. */
export const phrasesOf = (lines: readonly string[]): string[] =>
  lines
    .flatMap((line) => line.split(','))
    .map((phrase) => phrase.trim())
    .filter(Boolean);
