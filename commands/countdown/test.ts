import { latestNews } from '../../src/countdown/follow/latest-news.ts';
import type { FailedTest } from '../../src/countdown/guild-document.ts';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { channelMention, timestamp } from '../../src/discord/message/format.ts';
import { pauseLine } from '../../src/discord/message/pause-line.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import type { Language } from '../../src/i18n/translator.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';
import { createOutlook, createPostView } from './outlook.ts';

type TestServices = Pick<Services, 'countdowns' | 'settings' | 'progress' | 'sendTestPost' | 'lookUpAccess'>;

/** Returns `/countdown test`: posts the next post now, marked as a test. */
export const createTestCommand = (services: TestServices) =>
  subcommand({
    name: 'test',
    description: 'command.countdown.test',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, async (named) => {
          const { language, now } = context;
          const soon = await services.settings.noteTest(guild.id, now);
          if (soon) return ephemeralText(language.say('countdown.test.soon', { when: timestamp(soon) }));
          const access = named.countdown.roleId ? await services.lookUpAccess(guild.id, []) : undefined;
          const { countdown, upcoming } = await createOutlook(services, context, named, access);
          const view = createPostView(context, countdown);
          const hasPicture = !countdown.pictureOff && (await services.settings.showsPictures(guild.id));
          const post = upcoming[0] ?? latestNews(view.facts, countdown, now);
          const outcome = await services.sendTestPost(view, countdown, post, { hasPicture, now });
          await services.settings.setFailedTest(guild.id, failureOf(countdown.id, outcome, now));
          return ephemeralText(outcomeLine(language, countdown.channelId, outcome));
        }),
      ),
  });

function failureOf(countdownId: string, outcome: Outcome, now: Temporal.Instant): FailedTest | undefined {
  if (outcome.kind === 'posted') return undefined;
  return {
    countdownId,
    at: now.toString(),
    ...(outcome.kind === 'paused' && { reason: outcome.reason }),
    ...(outcome.kind === 'rejected' && { content: outcome.reason }),
  };
}

function outcomeLine(language: Language, channelId: string, outcome: Outcome): string {
  const { say } = language;
  if (outcome.kind === 'posted') return say('countdown.test.done', { channel: channelMention(channelId) });
  if (outcome.kind === 'rejected')
    return say('countdown.test.refused', { why: say(`countdown.content.${outcome.reason}`) });
  if (outcome.kind !== 'paused') return say('countdown.test.failed');
  return say('countdown.test.refused', { why: pauseLine(language, outcome.reason, channelId) });
}
