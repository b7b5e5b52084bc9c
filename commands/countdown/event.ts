import { BUILT_IN } from '../../src/countdown/defaults.ts';
import {
  type EventRefusal,
  hasBegun,
  MAX_EVENTS,
  type ScheduledEvent,
} from '../../src/countdown/scheduled-event.ts';
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
import { type ChosenSubject, findSubject, subjectChoices } from './event-subject.ts';
import { release } from './options.ts';
import { unknownReleaseReply } from './unknown-release.ts';

/** What the event is for: only what one can be made for is offered. */
const createSubjectOption = (services: Pick<Services, 'countdowns'>) =>
  ({
    ...release,
    required: true,
    schema: textSchema,
    autocomplete: (typed, _, context) => subjectChoices(services, context, typed),
  }) satisfies Option<string>;

const remove = {
  type: 'boolean',
  description: 'event.option.remove',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

type EventServices = Pick<Services, 'countdowns' | 'settings' | 'events' | 'isEventGone' | 'lookUpAccess'>;

/** Returns `/countdown event`: orders a scheduled event for a release, or has it removed. */
export const createEventCommand = (services: EventServices) =>
  subcommand({
    name: 'event',
    description: 'command.countdown.event',
    options: { release: createSubjectOption(services), remove },
    run: ({ release: typed, remove: isRemoval }, context) =>
      requireManageServer(context, async (guild) => {
        const subject = await findSubject(services, context, typed);
        if (!subject) return ephemeralText(unknownReleaseReply(currentView(context), typed));
        // Events belong to the server: what a channel allows or denies does not count. Without an answer, Discord decides.
        const access = await services.lookUpAccess(guild.id, []);
        if (access && !canCreateEvents(access.bot.server))
          return ephemeralText(context.language.say('event.missing'));
        const run = isRemoval ? removeEvent : orderEvent;
        return ephemeralText(await run(services, context, guild, subject));
      }),
  });

async function removeEvent(
  { events }: EventServices,
  { now, language }: Context,
  guild: Guild,
  { name, subject }: ChosenSubject,
): Promise<string> {
  const isRemoved = await events.remove(guild.id, subject, now);
  return language.say(isRemoved ? 'event.removed' : 'event.none', { name });
}

async function orderEvent(
  { events, isEventGone, settings }: EventServices,
  context: Context,
  guild: Guild,
  { subject, name, isPast, timeZone }: ChosenSubject,
): Promise<string> {
  const { now, language } = context;
  if (isPast) return language.say('event.past', { name });

  const before = await events.of(guild.id, subject);
  // An event that someone deleted is made again: whoever orders it wants it back.
  const isGone = before?.made !== undefined && (await isEventGone(guild.id, before.made.id));
  const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
  const order = {
    ...subject,
    timeZone: timeZone ?? defaults.timeZone,
    locale: defaults.locale ?? guild.locale,
  };
  const result = await events.order(guild.id, order, now, isGone);
  if (!result.ok) return language.say('event.full', { count: MAX_EVENTS });

  const { made } = result.event;
  const url = made && eventUrl(guild.id, made.id);
  return url
    ? existingLine(context, result.event, { name, url, refused: before?.refused })
    : newLine(context, result.event, { name, refused: before?.refused });
}

/** What happens to an event that is in the server already. */
function existingLine(
  { now, language: { say, date } }: Context,
  event: ScheduledEvent,
  { name, url, refused }: { name: string; url: string; refused: EventRefusal | undefined },
): string {
  if (hasBegun(event, now)) return say('event.begun', { name, url });
  if (refused) return say(`event.stuck.${refused}`, { name, url });
  return event.own && event.own.date !== event.made?.day
    ? say('event.moved-own', { name, url, date: date(event.own.date) })
    : say('event.there', { name, url });
}

/** When an event will be created. */
function newLine(
  { knowledge: { facts }, today, language }: Context,
  event: ScheduledEvent,
  { name, refused }: { name: string; refused: EventRefusal | undefined },
): string {
  const { say } = language;
  if (refused) return say(`event.again.${refused}`, { name });
  const { date } = targetOf(facts, event, today);
  if (!date || precisionOf(date) !== 'day') return say('event.waits', { name });
  const values = { name, date: language.date(date), zone: zoneLabel(event.timeZone) };
  if (!event.own) return say('event.ordered', values);
  const { time } = event.own;
  return time ? say('event.ordered-at', { ...values, time }) : say('event.ordered-own', values);
}
