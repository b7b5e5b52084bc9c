import { setImmediate as nextTurn } from 'node:timers/promises';
import { quote } from '../discord/message/format.ts';
import type { MessageKey } from '../i18n/translator.ts';
import type { Option, Subcommand } from './command.ts';
import { factSubcommand, typedView } from './fact-subcommand.ts';
import { questionSchema, spoilersOption } from './options.ts';

const question = {
  type: 'string',
  description: 'option.question',
  required: true,
  schema: questionSchema,
  autocomplete: (typed, options, context) =>
    context.knowledge.questions
      .suggest(typedView(options, context), typed)
      .map((suggestion) => ({ name: suggestion, value: suggestion })),
} satisfies Option<string>;

/** Returns a subcommand that answers a question in the reader's own words, at a path such as "wick/ask". */
export function createAskSubcommand(path: string, description: MessageKey): Subcommand {
  return factSubcommand({
    path,
    description,
    options: { question, spoilers: spoilersOption },
    preparing: {
      isDone: ({ knowledge }) => knowledge.questions.isReady(),
      finish: ({ knowledge }) => knowledge.questions.prepare(nextTurn),
    },
    card: (view, { question: typed }, { knowledge }) =>
      knowledge.questions.answer(view, typed, quote(typed, 120)),
  });
}
