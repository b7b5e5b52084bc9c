import type { Outcome } from '../../src/delivery/outcome.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { type Context, subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { countdownOption, withChosen } from './countdown-option.ts';
import { createOutlook } from './outlook.ts';
import { timestamp } from './replies.ts';

export const test = subcommand({
  name: 'test',
  description: 'command.countdown.test',
  options: { countdown: countdownOption },
  run: ({ countdown: typed }, context) =>
    requireManageServer(context, (guild) =>
      withChosen(context, typed, async (chosen) => {
        const { settings, language, now, postTest } = context;
        const soon = await settings.noteTest(guild.id, now);
        if (soon) return ephemeralText(language.say('countdown.test.soon', { when: timestamp(soon) }));
        const { comings } = await createOutlook(context, chosen);
        const outcome = await postTest(chosen.countdown, comings[0], now);
        return ephemeralText(cameOf(context, chosen.countdown.channelId, outcome));
      }),
    ),
});

function cameOf({ language: { say } }: Context, channelId: string, outcome: Outcome): string {
  const channel = `<#${channelId}>`;
  if (outcome.kind === 'posted') return say('countdown.test.done', { channel });
  if (outcome.kind !== 'paused') return say('countdown.test.failed');
  return say('countdown.test.refused', { why: say(`countdown.paused.${outcome.reason}`, { channel }) });
}
