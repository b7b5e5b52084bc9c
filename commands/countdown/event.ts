import { type Countable, findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { MAX_EVENTS } from '../../src/countdown/scheduled-event.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { mayCreateEvents } from '../../src/discord/permissions.ts';
import { eventUrl } from '../../src/discord/posting/scheduled-events.ts';
import { precisionOf } from '../../src/facts/dates.ts';
import { type Context, type Guild, type Option, subcommand } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { flagSchema, textSchema } from '../../src/interactions/options.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import { release } from './options.ts';
import { unknownReleaseReply } from './unknown-release.ts';

const ofRelease = { ...release, required: true, schema: textSchema } satisfies Option<string>;

const remove = {
  type: 'boolean',
  description: 'event.option.remove',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

export const event = subcommand({
  name: 'event',
  description: 'command.countdown.event',
  options: { release: ofRelease, remove },
  run: ({ release: typed, remove: isToGo }, context) =>
    requireManageServer(context, async (guild) => {
      const view = today(context);
      const found = findCountable(listCountables(view), typed);
      if (!found) return ephemeralText(unknownReleaseReply(view, typed));
      if (!mayCreateEvents(guild.appPermissions)) return ephemeralText(context.language.say('event.missing'));
      return ephemeralText(await (isToGo ? removed : ordered)(context, guild, found));
    }),
});

async function removed(context: Context, guild: Guild, found: Countable): Promise<string> {
  const { events, now, language } = context;
  const isGoing = await events.remove(guild.id, found.release, now);
  return language.say(isGoing ? 'event.removed' : 'event.none', { name: found.name });
}

async function ordered(context: Context, guild: Guild, found: Countable): Promise<string> {
  const { events, eventIsGone, settings, facts, now, language } = context;
  const { say } = language;
  const { release, name } = found;
  if (found.anniversary) return say('event.past', { name });

  const before = await events.of(guild.id, release);
  // Who asks for an event that someone deleted wants it back.
  const isGone = before?.made !== undefined && (await eventIsGone(guild.id, before.made.id));
  const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
  const order = { release, timeZone: defaults.timeZone, locale: defaults.locale ?? guild.locale };
  const result = await events.order(guild.id, order, now, isGone);
  if (!result.ok) return say('event.full', { count: MAX_EVENTS });

  const { made, timeZone } = result.event;
  if (made) return say('event.there', { name, url: eventUrl(guild.id, made.id) });
  if (before?.refused) return say(`event.again.${before.refused}`, { name });
  const { date } = targetOf(facts, result.event, context.today);
  if (!date || precisionOf(date) !== 'day') return say('event.waits', { name });
  return say('event.ordered', { name, date: language.date(date), zone: timeZone });
}
