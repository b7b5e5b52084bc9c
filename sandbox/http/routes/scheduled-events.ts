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
import { addIssue, isoTime, optional, snowflake, trimmedText } from '../../rules/fields.ts';
import { createFieldError, parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import { findMemberById } from '../../world/guilds.ts';
import { formatTimestamp } from '../../world/messages.ts';
import { guildPermissions, hasPermissions } from '../../world/permissions.ts';
import type { Guild } from '../../world/types.ts';
import { saveGuild, type World } from '../../world/world.ts';
import type { HonoEnv } from '../middleware.ts';
import { readBody } from '../request-body.ts';

/** How many events a guild may have that are scheduled or active (resources/guild-scheduled-event). */
const MAX_EVENTS = 100;

const fields = z.object({
  name: trimmedText(100),
  description: optional(z.string().max(1000)),
  scheduled_start_time: isoTime,
  scheduled_end_time: optional(isoTime),
  privacy_level: z.literal(2),
  entity_type: z.int().min(1).max(3),
  entity_metadata: optional(z.object({ location: optional(trimmedText(100)) })),
  channel_id: optional(snowflake),
});
const form = fields.check((context) => {
  const { entity_type, scheduled_end_time, entity_metadata, channel_id } = context.value;
  const needed =
    entity_type === Entity.External
      ? { scheduled_end_time, entity_metadata: entity_metadata?.location }
      : { channel_id };
  for (const [field, value] of Object.entries(needed)) {
    if (value === undefined) addIssue(context, [field], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
});
const status = z.object({ status: optional(z.int().min(1).max(4)) });

/** Which status may follow which (resources/guild-scheduled-event, "Valid Guild Scheduled Event Status Transitions"). */
const NEXT: Record<number, readonly Status[]> = {
  [Status.Scheduled]: [Status.Active, Status.Canceled],
  [Status.Active]: [Status.Completed],
};

/** `/guilds/{id}/scheduled-events` (documentation: resources/guild-scheduled-event). */
export function createScheduledEventRoutes({ world }: Services): Hono<HonoEnv> {
  const { CreateEvents, ManageEvents } = PermissionFlagsBits;
  function enter(context: Context, needed = 0n): Guild {
    const guild = requireGuild(world, context.req.param('guild') ?? '', needed);
    guild.events = guild.events.flatMap((event) => asOf(event, world.clock.now()));
    return guild;
  }
  function find(context: Context): { guild: Guild; event: APIGuildScheduledEvent } {
    const guild = enter(context);
    const event = guild.events.find((one) => one.id === context.req.param('event'));
    if (!event) throw createDiscordError('unknownEvent');
    return { guild, event };
  }
  /** Create Events is enough for the events that one has made oneself (topics/permissions). */
  function findToChange(context: Context): ReturnType<typeof find> {
    const found = find(context);
    const isOwn = found.event.creator_id === world.bot.id;
    const self = findMemberById(found.guild, world.bot.id);
    const held = self ? guildPermissions(found.guild, self) : 0n;
    if (!hasPermissions(held, ManageEvents) && !(isOwn && hasPermissions(held, CreateEvents)))
      throw createDiscordError('missingPermissions');
    return found;
  }

  return new Hono<HonoEnv>()
    .get('/', (context) => Response.json(enter(context).events))
    .post('/', async (context) => {
      const guild = enter(context, CreateEvents);
      const body = parseForm(form, (await readBody(context.req.raw)).json);
      if (guild.events.length >= MAX_EVENTS) throw createDiscordError('tooManyEvents');
      const event = build(world, guild, body, { id: world.nextId(), status: Status.Scheduled });
      guild.events.push(event);
      tell(world, guild, GatewayDispatchEvents.GuildScheduledEventCreate, event);
      return Response.json(event);
    })
    .get('/:event', (context) => Response.json(find(context).event))
    .patch('/:event', async (context) => {
      const { guild, event } = findToChange(context);
      const { json } = await readBody(context.req.raw);
      const asked = parseForm(status, json).status ?? event.status;
      if (asked !== event.status && !NEXT[event.status]?.includes(asked)) {
        throw createFieldError(
          ['status'],
          'GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION',
          'Invalid status transition',
        );
      }
      const body = parseForm(form, { ...event, ...(json as object) });
      const changed = build(world, guild, body, { id: event.id, status: asked }, event);
      const over = asked === Status.Completed || asked === Status.Canceled;
      guild.events = guild.events.flatMap((one) => (one !== event ? [one] : over ? [] : [changed]));
      tell(world, guild, GatewayDispatchEvents.GuildScheduledEventUpdate, changed);
      return Response.json(changed);
    })
    .delete('/:event', (context) => {
      const { guild, event } = findToChange(context);
      guild.events = guild.events.filter((one) => one !== event);
      tell(world, guild, GatewayDispatchEvents.GuildScheduledEventDelete, event);
      return context.body(null, 204);
    });
}

/**
 * An event as it is by an instant: one that is held elsewhere begins and ends by itself at its times, and one that has ended is no
 * longer there (resources/guild-scheduled-event, "Guild Scheduled Event Status Update Automation").
 */
function asOf(event: APIGuildScheduledEvent, now: Temporal.Instant): APIGuildScheduledEvent[] {
  const { entity_type, scheduled_start_time: start, scheduled_end_time: end } = event;
  if (entity_type !== Entity.External) return [event];
  const isPast = (time: string) => Temporal.Instant.compare(Temporal.Instant.from(time), now) <= 0;
  if (end && isPast(end)) return [];
  return [isPast(start) && event.status === Status.Scheduled ? { ...event, status: Status.Active } : event];
}

function build(
  world: World,
  guild: Guild,
  body: z.output<typeof form>,
  fixed: { id: string; status: Status },
  before?: APIGuildScheduledEvent,
): APIGuildScheduledEvent {
  const start = Temporal.Instant.from(zoned(body.scheduled_start_time));
  const end =
    body.scheduled_end_time === undefined ? null : Temporal.Instant.from(zoned(body.scheduled_end_time));
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
    ...fixed,
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
    entity_metadata: body.entity_metadata ?? null,
    image: null,
    recurrence_rule: null,
    user_count: before?.user_count ?? 0,
  } as APIGuildScheduledEvent;
}

/** A time without an offset is UTC. */
const zoned = (time: string) => (/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);

function tell(world: World, guild: Guild, t: GatewayDispatchEvents, d: APIGuildScheduledEvent): void {
  saveGuild(world, guild);
  world.events.emit({ t, guild, d });
}
