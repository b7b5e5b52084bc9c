import { z } from 'zod';
import { ephemeralText } from '../src/discord/message/reply.ts';
import { createAskSubcommand } from '../src/interactions/ask-subcommand.ts';
import { type Command, subcommand } from '../src/interactions/command.ts';
import { ANY_CONTEXT } from '../src/interactions/command-contexts.ts';
import { MAX_QUESTION_LENGTH } from '../src/interactions/options.ts';
import { oneLine } from '../src/lib/markdown.ts';

/** Its buttons are those of `/wick ask`. */
const ask = createAskSubcommand('wick/ask', 'command.wick.ask');

/** **Ask Concierge**, in the menu of a message: answers the text of that message, privately. */
export const askMessage: Command = {
  name: 'ask',
  menuName: 'Ask Concierge',
  description: 'command.ask',
  ...ANY_CONTEXT,
  subcommands: [
    subcommand({
      name: 'message',
      description: 'command.ask',
      options: { text: { type: 'string', description: 'option.question', schema: z.string() } },
      run({ text }, context) {
        const { say } = context.language;
        const question = questionIn(text);
        if (question === '') return ephemeralText(say('ask.message.empty'));
        if (question.length > MAX_QUESTION_LENGTH) return ephemeralText(say('ask.message.long'));
        return ask.run({ question, private: true }, context);
      },
    }),
  ],
};

/** What Discord writes for mentions and emojis, addresses, and the bars of spoilers. */
const NO_WORDS = /<(?:@[!&]?|#|a?:\w+:)\d+>|https?:\/\/\S+|\|\|/g;
const QUESTION = /[^.!?\n]+\?/g;

/** Returns the text of a message without what is no words; of a long one, what ends in a question mark. */
function questionIn(text: string): string {
  const words = text.replace(NO_WORDS, ' ');
  const whole = oneLine(words).replace(/\s+/g, ' ');
  if (whole.length <= MAX_QUESTION_LENGTH) return whole;
  const questions = oneLine((words.match(QUESTION) ?? []).join(' ')).replace(/\s+/g, ' ');
  return questions || whole;
}
