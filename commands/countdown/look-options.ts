import { z } from 'zod';
import { COLOURS, type ColourName, parseColour } from '../../src/countdown/colour.ts';
import { findSentenceProblem, MAX_SENTENCE_LENGTH } from '../../src/countdown/custom-sentence.ts';
import type { LookChange } from '../../src/countdown/look.ts';
import type { Option } from '../../src/interactions/command.ts';
import { flagSchema, refuse, textSchema } from '../../src/interactions/options.ts';
import { oneLine } from '../../src/lib/markdown.ts';
import { search } from '../../src/lib/search.ts';

/** Typed for a sentence or a colour that is as usual again. */
const USUAL = 'default';

const REFUSED = {
  long: 'countdown.refused.sentence',
  empty: 'countdown.refused.mentions',
  placeholder: 'countdown.refused.placeholder',
} as const;

/** The sentence of the posts, instead of the bot's. */
export const sentence = {
  type: 'string',
  description: 'countdown.option.sentence',
  schema: z
    .string(refuse('refused.text'))
    .transform(oneLine)
    .pipe(z.string().min(1, refuse('refused.text')))
    .superRefine((typed, problem) => {
      const found = findSentenceProblem(typed);
      if (!found) return;
      const names = found.kind === 'placeholder' ? found.names : [];
      problem.addIssue({ code: 'custom', message: REFUSED[found.kind], params: { names } });
    })
    .optional(),
  maxLength: MAX_SENTENCE_LENGTH,
  autocomplete(typed, _, { language: { say } }) {
    const choices = [
      { name: say('countdown.sentence.usual'), value: USUAL },
      { name: say('countdown.sentence.example'), value: say('countdown.sentence.example') },
    ];
    return typed.trim() ? [{ name: typed, value: typed }] : choices;
  },
} satisfies Option<string | undefined>;

const COLOUR_NAMES = Object.keys(COLOURS) as ColourName[];

/** The colour of the pictures. */
export const colour = {
  type: 'string',
  description: 'countdown.option.colour',
  schema: textSchema
    .transform((typed, problem): string => {
      const parsed = typed.toLowerCase() === USUAL ? USUAL : parseColour(typed);
      if (parsed !== undefined) return parsed;
      problem.addIssue({ code: 'custom', message: 'countdown.refused.colour' });
      return z.NEVER;
    })
    .optional(),
  maxLength: 100,
  autocomplete(typed, _, { language: { say } }) {
    const named = COLOUR_NAMES.map((name) => {
      const label = say(`countdown.colour.${name}`);
      return { name: label, value: name, names: [label, name] };
    });
    const usual = say('countdown.colour.usual');
    const own = parseColour(typed);
    const found = search([...named, { name: usual, value: USUAL, names: [usual, USUAL] }], typed);
    return found.length === 0 && own ? [{ name: own, value: own }] : found;
  },
} satisfies Option<string | undefined>;

/** Whether the posts of this countdown have a picture. */
export const picture = {
  type: 'boolean',
  description: 'countdown.option.picture',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

/** The options of how posts look, as they were typed. */
export interface LookOptions {
  sentence: string | undefined;
  colour: string | undefined;
  picture: boolean | undefined;
}

/** Returns the options as a change. */
export const lookChange = (typed: LookOptions): LookChange => ({
  sentence: typed.sentence?.toLowerCase() === USUAL ? null : typed.sentence,
  colour: typed.colour === USUAL ? null : typed.colour,
  picture: typed.picture,
});
