import { type Countable, findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { hasBegun, MAX_EVENTS } from '../../src/countdown/scheduled-event.ts';
import { targetOf } from '../../src/countdown/target.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { canCreateEvents } from '../../src/discord/permissions.ts';
import { eventUrl } from '../../src/discord/posting/scheduled-events.ts';
import { precisionOf } from '../../src/facts/dates.ts';
import { type Option, subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { flagSchema, textSchema } from '../../src/interactions/options.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { release } from './options.ts';
import { unknownReleaseReply } from './unknown-release.ts';

const requiredRelease = { ...release, required: true, schema: textSchema } satisfies Option<string>;

const remove = {
  type: 'boolean',
  description: 'event.option.remove',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

type EventServices = Pick<Services, 'settings' | 'events' | 'isEventGone' | 'lookUpAccess'>;

/** Returns `/countdown event`: orders a scheduled event for a release, or has it removed. */
export const createEventCommand = (services: EventServices) =>
  subcommand({
    name: 'event',
    description: 'command.countdown.event',
    options: { release: requiredRelease, remove },
    run: ({ release: typed, remove: isRemoval }, context) =>
      requireManageServer(context, async (guild) => {
        const view = currentView(context);
        const countable = findCountable(listCountables(view), typed);
        if (!countable) return ephemeralText(unknownReleaseReply(view, typed));
        // Events belong to the server: what a channel allows or denies does not count. Without an answer, Discord decides.
        const access = await services.lookUpAccess(guild.id, []);
        if (access && !canCreateEvents(access.bot.server))
          return ephemeralText(context.language.say('event.missing'));
        const run = isRemoval ? removeEvent : orderEvent;
        return ephemeralText(await run(services, context, guild, countable));
      }),
  });

async function removeEvent(
  { events }: EventServices,
  { now, language }: Context,
  guild: Guild,
  { release, name }: Countable,
): Promise<string> {
  const isRemoved = await events.remove(guild.id, release, now);
  return language.say(isRemoved ? 'event.removed' : 'event.none', { name });
}

async function orderEvent(
  { events, isEventGone, settings }: EventServices,
  { knowledge: { facts }, now, today, language }: Context,
  guild: Guild,
  { release, name, anniversary }: Countable,
): Promise<string> {
  const { say } = language;
  if (anniversary) return say('event.past', { name });

  const before = await events.of(guild.id, release);
  // An event that someone deleted is made again: whoever orders it wants it back.
  const isGone = before?.made !== undefined && (await isEventGone(guild.id, before.made.id));
  const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
  const order = { release, timeZone: defaults.timeZone, locale: defaults.locale ?? guild.locale };
  const result = await events.order(guild.id, order, now, isGone);
  if (!result.ok) return say('event.full', { count: MAX_EVENTS });

  const { made, timeZone } = result.event;
  const url = made && eventUrl(guild.id, made.id);
  if (url && hasBegun(result.event, now)) return say('event.begun', { name, url });
  if (url && before?.refused) return say(`event.stuck.${before.refused}`, { name, url });
  if (url) return say('event.there', { name, url });
  if (before?.refused) return say(`event.again.${before.refused}`, { name });
  const { date } = targetOf(facts, result.event, today);
  if (!date || precisionOf(date) !== 'day') return say('event.waits', { name });
  return say('event.ordered', { name, date: language.date(date), zone: zoneLabel(timeZone) });
}
