import {
  type APIGuildScheduledEvent,
  GuildScheduledEventEntityType as Entity,
  GatewayDispatchEvents,
  PermissionFlagsBits,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { optional, queryBoolean } from '../../rules/fields.ts';
import { createFieldError, createFieldErrors, parseForm } from '../../rules/form.ts';
import { EVENT_CHANNELS, type EventForm, eventFormSchema } from '../../rules/scheduled-event.ts';
import type { Services } from '../../services.ts';
import { botGuildPermissions, requireChannel, requireGuild } from '../../world/access.ts';
import { formatTimestamp } from '../../world/messages.ts';
import { hasPermissions } from '../../world/permissions.ts';
import type { Guild } from '../../world/types.ts';
import { saveGuild, type World } from '../../world/world.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

/** The maximum number of scheduled or active events of a guild (resources/guild-scheduled-event). */
const MAX_EVENTS = 100;

const querySchema = z.object({ with_user_count: queryBoolean });
const statusSchema = z.object({ status: optional(z.int().min(1).max(4)) });

/** The allowed next statuses (resources/guild-scheduled-event, "Valid Guild Scheduled Event Status Transitions"). */
const TRANSITIONS: Record<number, readonly Status[]> = {
  [Status.Scheduled]: [Status.Active, Status.Canceled],
  [Status.Active]: [Status.Completed],
};

/** `/guilds/{id}/scheduled-events` (documentation: resources/guild-scheduled-event). */
export function createScheduledEventRoutes({ world }: Services): Hono<HonoEnv> {
  const { CreateEvents, ManageEvents } = PermissionFlagsBits;
  function openGuild(context: Context, needed = 0n): Guild {
    const guild = requireGuild(world, context.req.param('guild') ?? '', needed);
    guild.events = guild.events.flatMap((event) => updateStatus(event, world.clock.now()));
    return guild;
  }
  function requireEvent(context: Context): { guild: Guild; event: APIGuildScheduledEvent } {
    const guild = openGuild(context);
    const event = guild.events.find(({ id }) => id === context.req.param('event'));
    if (!event) throw createDiscordError('unknownEvent');
    return { guild, event };
  }
  /** A bot can change its own events with Create Events, others only with Manage Events (topics/permissions). */
  function requireChangeableEvent(context: Context): ReturnType<typeof requireEvent> {
    const found = requireEvent(context);
    const isOwn = found.event.creator_id === world.bot.id;
    const held = botGuildPermissions(world, found.guild);
    if (!hasPermissions(held, ManageEvents) && !(isOwn && hasPermissions(held, CreateEvents)))
      throw createDiscordError('missingPermissions');
    return found;
  }

  return new Hono<HonoEnv>()
    .get('/', (context) => {
      const view = createView(context);
      return Response.json(openGuild(context).events.map(view));
    })
    .post('/', async (context) => {
      const guild = openGuild(context, CreateEvents);
      const body = parseForm(eventFormSchema, (await readRequest(context)).json);
      if (guild.events.length >= MAX_EVENTS) throw createDiscordError('tooManyEvents');
      const event = buildEvent(world, guild, { body, id: world.nextId(), status: Status.Scheduled });
      guild.events.push(event);
      saveAndEmit(world, guild, { t: GatewayDispatchEvents.GuildScheduledEventCreate, event });
      return Response.json(createView(context)(event));
    })
    .get('/:event', (context) => Response.json(createView(context)(requireEvent(context).event)))
    .patch('/:event', async (context) => {
      const { guild, event } = requireChangeableEvent(context);
      const { json } = await readRequest(context);
      const status = parseStatus(event, json);
      const body = parseForm(eventFormSchema, { ...event, ...(json as object) });
      if (event.status === Status.Active) checkStartedEvent(event, body);
      const changed = buildEvent(world, guild, { body, id: event.id, status, before: event });
      const hasEnded = status === Status.Completed || status === Status.Canceled;
      guild.events = guild.events.flatMap((other) => {
        if (other !== event) return [other];
        return hasEnded ? [] : [changed];
      });
      saveAndEmit(world, guild, { t: GatewayDispatchEvents.GuildScheduledEventUpdate, event: changed });
      return Response.json(createView(context)(changed));
    })
    .delete('/:event', (context) => {
      const { guild, event } = requireChangeableEvent(context);
      guild.events = guild.events.filter((other) => other !== event);
      saveAndEmit(world, guild, { t: GatewayDispatchEvents.GuildScheduledEventDelete, event });
      return context.body(null, 204);
    });
}

/** Returns how events are shown: how many are interested is told only on request. */
function createView(context: Context): (event: APIGuildScheduledEvent) => object {
  const { with_user_count } = parseForm(querySchema, context.req.query());
  return ({ user_count = 0, ...event }) => (with_user_count ? { ...event, user_count } : event);
}

/** Throws Discord's error for a change of what is fixed once an event has started. Discord does not document the code. */
function checkStartedEvent(event: APIGuildScheduledEvent, body: EventForm): void {
  const fixed = {
    scheduled_start_time: formatTimestamp(parseTime(body.scheduled_start_time)),
    entity_type: body.entity_type,
    channel_id: body.channel_id ?? null,
  };
  const message = 'Cannot be changed after the event has started.';
  const errors = Object.entries(fixed)
    .filter(([field, value]) => event[field as keyof typeof fixed] !== value)
    .map(([field]) => ({ path: [field], code: 'BASE_TYPE_INVALID', message }));
  if (errors.length > 0) throw createFieldErrors(errors);
}

/** Throws Discord's error unless the event is in a channel of its kind, which the bot can see. */
function checkChannel(world: World, guild: Guild, { entity_type, channel_id }: EventForm): void {
  if (channel_id === undefined) return;
  const access = requireChannel(world, channel_id);
  if (access.guild !== guild) throw createDiscordError('unknownChannel');
  if (access.channel.type !== EVENT_CHANNELS[entity_type]) throw createDiscordError('wrongChannelType');
}

/** Returns the status that a change asks for, or the one before. Throws Discord's error if it cannot follow. */
function parseStatus(event: APIGuildScheduledEvent, json: unknown): Status {
  const { status } = parseForm(statusSchema, json);
  if (status === undefined) return event.status;
  // An event that has started cannot be started again.
  const isSame = status === event.status && status !== Status.Active;
  if (isSame || TRANSITIONS[event.status]?.includes(status)) return status;
  const code = 'GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION';
  throw createFieldError(['status'], code, 'Invalid status transition');
}

/**
 * Returns an event with its status at `now`, or nothing when it has ended. An external event starts and ends by itself
 * (resources/guild-scheduled-event, "Guild Scheduled Event Status Update Automation").
 */
function updateStatus(event: APIGuildScheduledEvent, now: Temporal.Instant): APIGuildScheduledEvent[] {
  const { entity_type, scheduled_start_time: start, scheduled_end_time: end } = event;
  if (entity_type !== Entity.External) return [event];
  const isPast = (time: string) => Temporal.Instant.compare(Temporal.Instant.from(time), now) <= 0;
  if (end && isPast(end)) return [];
  return [isPast(start) && event.status === Status.Scheduled ? { ...event, status: Status.Active } : event];
}

interface EventInput {
  readonly body: EventForm;
  readonly id: string;
  readonly status: Status;
  /** The event before a change. */
  readonly before?: APIGuildScheduledEvent;
}

/** Returns the event as Discord stores it. Throws Discord's error for times that are not allowed. */
function buildEvent(world: World, guild: Guild, input: EventInput): APIGuildScheduledEvent {
  const { body, id, status, before } = input;
  checkChannel(world, guild, body);
  const start = parseTime(body.scheduled_start_time);
  const end = body.scheduled_end_time === undefined ? null : parseTime(body.scheduled_end_time);
  const isNewStart = !before || before.scheduled_start_time !== formatTimestamp(start);
  if (isNewStart && Temporal.Instant.compare(start, world.clock.now()) <= 0) {
    const message = 'Cannot schedule event in the past.';
    throw createFieldError(['scheduled_start_time'], 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST', message);
  }
  if (end && Temporal.Instant.compare(end, start) <= 0) {
    const message = 'Cannot schedule event to end before it starts.';
    throw createFieldError(['scheduled_end_time'], 'GUILD_SCHEDULED_EVENT_INVALID_END_TIME', message);
  }
  return {
    id,
    status,
    guild_id: guild.id,
    channel_id: body.channel_id ?? null,
    creator_id: world.bot.id,
    creator: world.bot,
    name: body.name,
    description: body.description ?? null,
    scheduled_start_time: formatTimestamp(start),
    scheduled_end_time: end && formatTimestamp(end),
    privacy_level: body.privacy_level,
    entity_type: body.entity_type,
    entity_id: null,
    entity_metadata: body.entity_type === Entity.External ? body.entity_metadata : null,
    image: null,
    recurrence_rule: null,
    guild_scheduled_event_exceptions: [],
    user_count: before?.user_count ?? 0,
  } as APIGuildScheduledEvent;
}

/** Parses a time. One without an offset is in UTC. */
const parseTime = (time: string) =>
  Temporal.Instant.from(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);

function saveAndEmit(
  world: World,
  guild: Guild,
  { t, event }: { t: GatewayDispatchEvents; event: APIGuildScheduledEvent },
): void {
  saveGuild(world, guild);
  world.events.emit({ t, guild, d: event });
}
