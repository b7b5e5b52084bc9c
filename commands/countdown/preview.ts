import type { Reply } from '../../src/discord/message/reply.ts';
import { type Option, subcommand } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';
import { type PreviewChoice, previewChoices, previewReply } from './preview-reply.ts';

type PreviewServices = Pick<
  Services,
  'countdowns' | 'settings' | 'progress' | 'lookUpAccess' | 'drawPicture'
>;

const createMilestoneOption = (services: PreviewServices) =>
  ({
    type: 'string',
    description: 'countdown.option.milestone',
    schema: textSchema.optional(),
    maxLength: 100,
    autocomplete: (typed, options, context) => previewChoices(services, typed, options, context),
  }) satisfies Option<string | undefined>;

/** Returns `/countdown preview`: shows upcoming posts to the admin alone. */
export const createPreviewCommand = (services: PreviewServices) =>
  subcommand({
    name: 'preview',
    description: 'command.countdown.preview',
    options: {
      countdown: createCountdownOption(services),
      milestone: createMilestoneOption(services),
    },
    run: ({ countdown, milestone }, context) => preview(services, context, countdown, { milestone }),
    press: ({ countdown = '', page }, context) => preview(services, context, countdown, { page }),
  });

const preview = (
  services: PreviewServices,
  context: Context,
  countdown: string,
  choice: PreviewChoice,
): Reply | Promise<Reply> =>
  requireManageServer(context, (guild) =>
    withCountdown(services, context, countdown, (named) =>
      previewReply(services, context, guild, named, choice),
    ),
  );
