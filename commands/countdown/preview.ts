import { type Option, subcommand } from '../../src/discord/command.ts';
import { countdownChoice, withChosen } from '../../src/discord/countdown-choice.ts';
import { previewChoices, previewReply } from '../../src/discord/countdown-preview.ts';
import { managed } from '../../src/discord/managed.ts';
import { textSchema } from '../../src/discord/options.ts';

const milestone = {
  type: 'string',
  description: 'countdown.option.milestone',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: previewChoices,
} satisfies Option<string | undefined>;

export const preview = subcommand({
  name: 'preview',
  description: 'command.countdown.preview',
  options: { countdown: countdownChoice, milestone },
  run: ({ countdown, milestone: typed }, context) =>
    managed(context, () => withChosen(context, countdown, (chosen) => previewReply(context, chosen, typed))),
});
