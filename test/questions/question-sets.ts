import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * The vocabulary was tuned on the first. The second is set aside and only measured. The third is by somebody of whom no question
 * is among the ways of asking: how strangers fare. The fourth is the same, written later and about all that the facts have.
 */
const part = z.enum(['tuning', 'held-out', 'newcomer', 'fresh']);
export type Part = z.output<typeof part>;

const slots = z.array(z.string()).min(1);
/** Words that an answer may be known by: one of them is enough. */
const says = z.array(z.string().min(1)).min(1);
const period = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/);
const day = z.iso.date();

const answerable = z.object({ question: z.string(), slots });
const refusable = z.object({ question: z.string() });
const inPart = z.object({ part });

const timeShifted = z.object({
  question: z.string(),
  /** The year, month or day that it asks about. */
  asOf: period,
  slots,
  says,
  /** What became known later: it may only come after what was known then. */
  later: says.optional(),
});
export type TimeShifted = z.output<typeof timeShifted>;

const verdict = z.enum(['yes', 'no', 'unknown']);
export type Verdict = z.output<typeof verdict>;
const yesOrNo = z.object({ question: z.string(), verdicts: z.array(verdict).min(1), slots });
export type YesOrNo = z.output<typeof yesOrNo>;

const dayAndWords = z.object({ day, says });
const twoDays = z.object({ question: z.string(), slots, days: z.tuple([dayAndWords, dayAndWords]) });
export type TwoDays = z.output<typeof twoDays>;

const listedNames = z.object({ titles: z.array(z.string()) });
const otherFilms = z.object({
  titles: z.array(z.string()),
  questions: z.array(z.string().includes('{title}')),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const read = (file: string) => readJson(`test/questions/${file}.json`);

/** Returns a question, or a name, as it is compared with others. */
export const plainly = (text: string): string => text.trim().toLowerCase();

/** Questions with the slots of which one must be presented. */
export const answerables = [
  ...z.array(answerable.extend(inPart.shape)).parse(read('questions')),
  ...z
    .array(answerable)
    .parse(read('fresh-answerable'))
    .map((entry) => ({ ...entry, part: 'fresh' as const })),
];

/** Questions that must be refused. */
export const refusables = [
  ...z.array(refusable.extend(inPart.shape)).parse(read('refused')),
  ...z
    .array(refusable)
    .parse(read('fresh-refusable'))
    .map((entry) => ({ ...entry, part: 'fresh' as const })),
];

/** Questions about other subjects, in words that the franchise has too. */
export const ownWords = z
  .array(refusable)
  .parse(read('own-words'))
  .map(({ question }) => question);

const { titles, questions } = otherFilms.parse(read('other-films'));
const listed = new Set(listedNames.parse(readJson('data/other-titles.json')).titles.map(plainly));
/** Every plain question about every film or series that is neither of the franchise nor listed among other titles. */
export const questionsAboutOtherFilms = titles
  .filter((title) => !listed.has(plainly(title)))
  .flatMap((title) => questions.map((question) => question.replace('{title}', title)));

export const timeShiftedSet = z.array(timeShifted).parse(read('time-shifted'));
export const falsePremiseSet = z.array(yesOrNo).parse(read('false-premise'));
export const twoDaysSet = z.array(twoDays).parse(read('two-days'));

/** Every question of every set. */
export const allQuestions: readonly string[] = [
  ...[...answerables, ...refusables, ...timeShiftedSet, ...falsePremiseSet, ...twoDaysSet].map(
    ({ question }) => question,
  ),
  ...ownWords,
  ...questionsAboutOtherFilms,
];
