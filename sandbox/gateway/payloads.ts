import { GatewayOpcodes } from 'discord-api-types/v10';
import { z } from 'zod';

const identify = z.object({
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
const resume = z.object({
  op: z.literal(GatewayOpcodes.Resume),
  d: z.object({ token: z.string(), session_id: z.string(), seq: z.int() }),
});
const heartbeat = z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.int().nullish() });
const members = z.object({
  op: z.literal(GatewayOpcodes.RequestGuildMembers),
  d: z.object({
    guild_id: z.string(),
    query: z.string().optional(),
    limit: z.int().optional(),
    user_ids: z.union([z.string(), z.array(z.string())]).optional(),
    nonce: z.string().optional(),
  }),
});
/** Taken without effect: what a bot says of its presence and its voice shows nowhere in the sandbox. */
const ignored = z.object({
  op: z.literal([
    GatewayOpcodes.PresenceUpdate,
    GatewayOpcodes.VoiceStateUpdate,
    GatewayOpcodes.RequestSoundboardSounds,
  ]),
  d: z.unknown().optional(),
});

/** What a client may send (documentation: events/gateway-events, "Send Events"). */
export const clientPayloadSchema = z.discriminatedUnion('op', [
  identify,
  resume,
  heartbeat,
  members,
  ignored,
]);

export type Identify = z.output<typeof identify>['d'];
export type Resume = z.output<typeof resume>['d'];
export type RequestMembers = z.output<typeof members>['d'];
