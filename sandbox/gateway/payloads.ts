import { GatewayOpcodes } from 'discord-api-types/v10';
import { z } from 'zod';

const identifySchema = z.object({
  op: z.literal(GatewayOpcodes.Identify),
  d: z.object({
    token: z.string(),
    intents: z.int().min(0),
    properties: z.looseObject({}),
    shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
    large_threshold: z.number().optional(),
    presence: z.unknown().optional(),
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
    guild_id: z.string(),
    query: z.string().optional(),
    limit: z.int().optional(),
    user_ids: z.union([z.string(), z.array(z.string())]).optional(),
    nonce: z.string().optional(),
  }),
});
/** Accepted and ignored: the sandbox shows neither presences nor voice states. */
const ignoredSchema = z.object({
  op: z.literal([
    GatewayOpcodes.PresenceUpdate,
    GatewayOpcodes.VoiceStateUpdate,
    GatewayOpcodes.RequestSoundboardSounds,
  ]),
  d: z.unknown().optional(),
});

/** What a client may send (documentation: events/gateway-events, "Send Events"). */
export const clientPayloadSchema = z.discriminatedUnion('op', [
  identifySchema,
  resumeSchema,
  heartbeatSchema,
  requestMembersSchema,
  ignoredSchema,
]);

/** The data of IDENTIFY. */
export type Identify = z.output<typeof identifySchema>['d'];
/** The data of RESUME. */
export type Resume = z.output<typeof resumeSchema>['d'];
/** The data of REQUEST_GUILD_MEMBERS. */
export type RequestMembers = z.output<typeof requestMembersSchema>['d'];
