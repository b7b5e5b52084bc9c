import { type Option, subcommand } from '../../src/interactions/command.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { countdownOption, withChosen } from './countdown-option.ts';
import { previewChoices, previewReply } from './preview-reply.ts';

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
  options: { countdown: countdownOption, milestone },
  run: ({ countdown, milestone: typed }, context) =>
    requireManageServer(context, () =>
      withChosen(context, countdown, (chosen) => previewReply(context, chosen, typed)),
    ),
});
