import { ChannelType, GuildScheduledEventEntityType as Entity } from 'discord-api-types/v10';
import { z } from 'zod';
import { addIssue, isoTime, optional, snowflake, trimmedText } from './fields.ts';
import { unsupported } from './unsupported.ts';

const fieldsSchema = z.object({
  name: trimmedText(100),
  description: optional(z.string().max(1000)),
  scheduled_start_time: isoTime,
  scheduled_end_time: optional(isoTime),
  privacy_level: z.literal(2),
  entity_type: z.int().min(1).max(3),
  entity_metadata: optional(z.object({ location: optional(trimmedText(100)) })),
  channel_id: optional(snowflake),
  recurrence_rule: unsupported('recurring events'),
});

/** The fields of a scheduled event that the sandbox reads. */
export const EVENT_FIELDS = [...Object.keys(fieldsSchema.shape), 'status'];

/**
 * A scheduled event with what its kind requires (documentation: resources/guild-scheduled-event, "Field Requirements By Entity
 * Type").
 */
export const eventFormSchema = fieldsSchema.check((context) => {
  const { entity_type, scheduled_end_time, entity_metadata, channel_id } = context.value;
  const isExternal = entity_type === Entity.External;
  const required = isExternal
    ? { scheduled_end_time, entity_metadata: entity_metadata?.location }
    : { channel_id };
  for (const [field, value] of Object.entries(required)) {
    if (value === undefined) addIssue(context, [field], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  if (isExternal && channel_id !== undefined) {
    const message = 'Channel must be null for an external event.';
    addIssue(context, ['channel_id'], 'BASE_TYPE_INVALID', message);
  }
});

/** A parsed scheduled event. */
export type EventForm = z.output<typeof eventFormSchema>;

/** The type of channel that an event of a kind takes place in. */
export const EVENT_CHANNELS: Readonly<Record<number, ChannelType>> = {
  [Entity.StageInstance]: ChannelType.GuildStageVoice,
  [Entity.Voice]: ChannelType.GuildVoice,
};
