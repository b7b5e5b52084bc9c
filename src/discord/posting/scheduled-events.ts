import { DiscordAPIError, type REST } from '@discordjs/rest';
import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  Routes,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type {
  EventHours,
  EventResponse,
  EventText,
  ScheduledEventApi,
} from '../../delivery/scheduled-event-api.ts';
import { clip, LIMITS } from '../message/limits.ts';
import { toOutcome } from '../rest/errors.ts';

/** Discord's error codes for an event that does not exist, and for a server with the maximum number of events. */
const UNKNOWN_EVENT = 10070;
const TOO_MANY_EVENTS = 30038;

const self = z.object({ id: z.string() });
const event = z.object({ id: z.string(), status: z.number() });
const listed = z.array(
  event.extend({
    name: z.string(),
    creator_id: z.string().nullish(),
    entity_metadata: z.object({ location: z.string().nullish() }).nullish(),
    scheduled_start_time: z.string(),
  }),
);

/**
 * Creates the API for the scheduled events of a server. Each request acquires a rate-limit slot. It needs Create Events, which also
 * covers changes to the bot's own events. Docs: "Guild Scheduled Event".
 */
export function createScheduledEventApi(rest: REST, acquireSlot: () => Promise<void>): ScheduledEventApi {
  const fetchBotId = createBotIdReader(rest);

  async function call<T>(request: () => Promise<T>): Promise<EventResponse<T>> {
    await acquireSlot();
    try {
      return { ok: true, value: await request() };
    } catch (error) {
      return { ok: false, why: whyOf(error) };
    }
  }

  return {
    find: (guildId, text) =>
      call(async () => {
        const me = await fetchBotId();
        const { name, location } = fitted(text);
        const events = listed.parse(await rest.get(Routes.guildScheduledEvents(guildId)));
        const existing = events.find(
          (listedEvent) =>
            listedEvent.creator_id === me &&
            listedEvent.name === name &&
            listedEvent.entity_metadata?.location === location,
        );
        return existing
          ? { id: existing.id, start: Temporal.Instant.from(existing.scheduled_start_time) }
          : null;
      }),
    isBegun: (guildId, id) =>
      call(async () => {
        const { status } = event.parse(await rest.get(Routes.guildScheduledEvent(guildId, id)));
        return status !== GuildScheduledEventStatus.Scheduled;
      }),
    make: (guildId, text, hours) =>
      call(async () => {
        const body = {
          ...fields(text),
          ...times(hours),
          privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
          entity_type: GuildScheduledEventEntityType.External,
        };
        return event.parse(await rest.post(Routes.guildScheduledEvents(guildId), { body })).id;
      }),
    move: (guildId, id, hours, text) =>
      call(async () => {
        const body = { ...times(hours), ...(text && fields(text)) };
        event.parse(await rest.patch(Routes.guildScheduledEvent(guildId, id), { body }));
      }),
    remove: (guildId, id) =>
      call(async () => {
        await rest.delete(Routes.guildScheduledEvent(guildId, id));
      }),
  };
}

/** Returns a function that fetches the bot's own user id once, and again after a failure. */
function createBotIdReader(rest: REST): () => Promise<string> {
  let botId: Promise<string> | undefined;
  return () => {
    botId ??= rest.get(Routes.user()).then((me) => self.parse(me).id);
    botId.catch(() => {
      botId = undefined;
    });
    return botId;
  };
}

/** Returns whether an event no longer exists in its server; false if that cannot be determined. */
export type EventIsGone = (guildId: string, id: string) => Promise<boolean>;

/** Creates the check over the event API. */
export function createEventGoneCheck(api: Pick<ScheduledEventApi, 'isBegun'>): EventIsGone {
  return async (guildId, id) => {
    const response = await api.isBegun(guildId, id);
    return !response.ok && response.why === 'gone';
  };
}

/** Returns the link to an event. */
export const eventUrl = (guildId: string, id: string) => `https://discord.com/events/${guildId}/${id}`;

const fitted = ({ name, location, description }: EventText): EventText => ({
  name: clip(name, LIMITS.eventName),
  location: clip(location, LIMITS.eventLocation),
  description: clip(description, LIMITS.eventDescription),
});

function fields(text: EventText) {
  const { name, location, description } = fitted(text);
  return { name, description, entity_metadata: { location } };
}

const times = ({ start, end }: EventHours) => ({
  scheduled_start_time: start.toString(),
  scheduled_end_time: end.toString(),
});

/** By the table that posts use; two codes speak of events alone. */
function whyOf(error: unknown): Extract<EventResponse<never>, { ok: false }>['why'] {
  if (error instanceof DiscordAPIError && error.code === UNKNOWN_EVENT) return 'gone';
  if (error instanceof DiscordAPIError && error.code === TOO_MANY_EVENTS) return 'full';
  const outcome = toOutcome(error);
  if (outcome.kind === 'refused') return 'refused';
  if (outcome.kind === 'retry') return 'later';
  return outcome.kind === 'rejected' ? 'bug' : 'no-permission';
}
