import { GatewayOpcodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../rules/fields.ts';

/** What a bot shows of itself. */
const presence = z.object({
  activities: z
    .array(z.object({ name: z.string(), type: z.int(), state: z.string().nullish() }))
    .nullish()
    .transform((list) => list ?? []),
});

const identifySchema = z.object({
  op: z.literal(GatewayOpcodes.Identify),
  d: z.object({
    token: z.string(),
    intents: z.int().min(0),
    properties: z.looseObject({}),
    /** Whether long payloads may be compressed, each by itself. oceanic.js names the compression of the connection here. */
    compress: z
      .union([z.boolean(), z.string()])
      .nullish()
      .transform((value) => value === true),
    shard: z.tuple([z.int().min(0), z.int().min(1)]).nullish(),
    large_threshold: z.number().nullish(),
    presence: presence.nullish(),
  }),
});
const resumeSchema = z.object({
  op: z.literal(GatewayOpcodes.Resume),
  d: z.object({ token: z.string(), session_id: z.string(), seq: z.int() }),
});
const heartbeatSchema = z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.int().nullish() });
const requestMembersSchema = z.object({
  op: z.literal(GatewayOpcodes.RequestGuildMembers),
  d: z.object({
    guild_id: snowflake,
    query: z.string().nullish(),
    limit: z.int().nullish(),
    user_ids: z.union([snowflake, z.array(snowflake)]).nullish(),
    nonce: z.string().nullish(),
  }),
});
const requestSoundsSchema = z.object({
  op: z.literal(GatewayOpcodes.RequestSoundboardSounds),
  d: z.object({ guild_ids: z.array(snowflake) }),
});
const requestChannelInfoSchema = z.object({
  op: z.literal(GatewayOpcodes.RequestChannelInfo),
  d: z.object({ guild_id: snowflake, fields: z.array(z.string()) }),
});
const presenceSchema = z.object({ op: z.literal(GatewayOpcodes.PresenceUpdate), d: presence });
/** Accepted without effect: the sandbox has no voice channels. */
const voiceStateSchema = z.object({
  op: z.literal(GatewayOpcodes.VoiceStateUpdate),
  d: z.unknown().optional(),
});

/** What a client may send (documentation: events/gateway-events, "Send Events"). */
export const clientPayloadSchema = z.discriminatedUnion('op', [
  identifySchema,
  resumeSchema,
  heartbeatSchema,
  requestMembersSchema,
  requestSoundsSchema,
  requestChannelInfoSchema,
  presenceSchema,
  voiceStateSchema,
]);

/** A payload of a client. */
export type ClientPayload = z.output<typeof clientPayloadSchema>;
/** The data of IDENTIFY. */
export type Identify = z.output<typeof identifySchema>['d'];
/** The data of RESUME. */
export type Resume = z.output<typeof resumeSchema>['d'];
/** The data of REQUEST_GUILD_MEMBERS. */
export type RequestMembers = z.output<typeof requestMembersSchema>['d'];
/** What a bot shows of itself. */
export type Presence = z.output<typeof presence>;
/** What a client sends within a session. */
export type SessionRequest = Exclude<
  ClientPayload,
  { op: GatewayOpcodes.Identify | GatewayOpcodes.Resume | GatewayOpcodes.Heartbeat }
>;
