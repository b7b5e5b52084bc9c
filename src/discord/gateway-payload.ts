import { GatewayDispatchEvents as Dispatch, GatewayOpcodes } from 'discord-api-types/v10';
import { z } from 'zod';

const id = z.string().min(1);
const ofServer = z.looseObject({ guild_id: id.optional() });

/** What is read of each dispatch, by the bot or by discord.js. */
const DISPATCHES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  [
    Dispatch.Ready,
    z.looseObject({
      session_id: id,
      resume_gateway_url: z.string(),
      user: z.looseObject({ id }),
      application: z.looseObject({ id }),
      guilds: z.array(z.looseObject({ id })),
    }),
  ],
  [Dispatch.Resumed, z.unknown()],
  [Dispatch.InteractionCreate, z.looseObject({ id, application_id: id, token: z.string(), type: z.int() })],
  [Dispatch.GuildCreate, z.looseObject({ id })],
  [Dispatch.GuildDelete, z.looseObject({ id, unavailable: z.boolean().optional() })],
  [Dispatch.GuildMemberUpdate, ofServer],
  [Dispatch.GuildRoleUpdate, ofServer],
  [Dispatch.GuildRoleDelete, ofServer],
  [Dispatch.ChannelCreate, ofServer],
  [Dispatch.ChannelUpdate, ofServer],
  [Dispatch.ThreadUpdate, ofServer],
]);
/** Discord adds events without notice: their names look like this, and their data is never null. */
const EVENT_NAME = /^[A-Z][A-Z0-9_]*$/;
const OTHER_DISPATCH = z.union([z.looseObject({}), z.array(z.unknown())]);

/** What is read of the payloads that are no dispatches. */
const OTHERS: ReadonlyMap<unknown, z.ZodType> = new Map<unknown, z.ZodType>([
  [GatewayOpcodes.Hello, z.looseObject({ d: z.looseObject({ heartbeat_interval: z.number().min(1) }) })],
  [GatewayOpcodes.InvalidSession, z.looseObject({ d: z.boolean() })],
]);

const payloadSchema = z.looseObject({ op: z.int() });
const dispatchSchema = z.looseObject({ t: z.string().regex(EVENT_NAME), s: z.int() });

/** Returns whether a payload of the gateway is as documented, as far as anything here reads it. Docs: "Gateway Events". */
export function isDocumented(payload: unknown): boolean {
  const known = payloadSchema.safeParse(payload);
  if (!known.success) return false;
  if (known.data.op !== GatewayOpcodes.Dispatch) {
    return OTHERS.get(known.data.op)?.safeParse(payload).success ?? true;
  }
  const dispatch = dispatchSchema.safeParse(payload);
  if (!dispatch.success) return false;
  const schema = DISPATCHES.get(dispatch.data.t) ?? OTHER_DISPATCH;
  return schema.safeParse(dispatch.data['d']).success;
}
