import { daysLeft } from '../../src/countdown/local-time.ts';
import { countdownName, milestonesText } from '../../src/countdown/names.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { channelMention } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import type { Services } from '../services.ts';

/** Returns what everyone may know of a date of the server's own: when it is, how long until then, and when posts come. */
export async function aboutReply(
  { countdowns }: Pick<Services, 'countdowns'>,
  context: Context,
  id: string,
): Promise<Reply> {
  const { language, guild, now } = context;
  const { say } = language;
  const state = guild ? await countdowns.get(guild.id, id) : undefined;
  const own = state?.countdown.own;
  if (!state || !own) return ephemeralText(say('remind.no-countdown'));
  const { countdown } = state;
  const { channelId, time, timeZone, milestones } = countdown;
  const left = daysLeft(own.date, countdown, now);
  const when = left > 0 ? 'ahead' : left === 0 ? 'today' : 'other';
  const name = countdownName(currentView(context), countdown);
  return ephemeralText(
    [
      say('countdown.about.on', { name, when, days: Math.abs(left) }),
      say('countdown.where', {
        channel: channelMention(channelId),
        time,
        zone: zoneLabel(timeZone),
        milestones: milestonesText(language, milestones),
      }),
      say('countdown.about.by'),
    ].join('\n'),
  );
}
