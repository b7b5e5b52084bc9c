import { ActivityType, GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import { isBotMember } from '../world/guilds.ts';
import type { World } from '../world/world.ts';
import type { Presence, RequestMembers, SessionRequest } from './payloads.ts';
import { dispatch, type Session } from './session.ts';

/** Answers what a client requests within its session (documentation: events/gateway-events, "Send Events"). */
export function answerRequest(world: World, session: Session, request: SessionRequest): void {
  switch (request.op) {
    case GatewayOpcodes.RequestGuildMembers:
      dispatchMembers(world, session, request.d);
      return;
    case GatewayOpcodes.RequestSoundboardSounds:
      for (const guild_id of request.d.guild_ids) dispatchSounds(world, session, guild_id);
      return;
    case GatewayOpcodes.RequestChannelInfo:
      dispatchChannelInfo(world, session, request.d.guild_id);
      return;
    case GatewayOpcodes.PresenceUpdate:
      showPresence(world, request.d);
      return;
    default:
    // A voice state has no effect: nobody in the sandbox sees it.
  }
}

/** Shows the first activity as Discord's client does: a custom status is its state, others have a name. */
export function showPresence(world: World, presence: Presence | null | undefined): void {
  const activity = presence?.activities[0];
  const isCustom = activity?.type === ActivityType.Custom;
  world.presence.activity = (isCustom ? activity.state : activity?.name) ?? null;
}

/** Dispatches the requested members (documentation: events/gateway-events, "Request Guild Members"). */
function dispatchMembers(world: World, session: Session, request: RequestMembers): void {
  const guild = findOwnGuild(world, request.guild_id);
  if (!guild) return;
  const ids = request.user_ids == null ? undefined : [request.user_ids].flat();
  const found = guild.members.filter(({ user }) =>
    ids ? ids.includes(user.id) : user.username.startsWith(request.query ?? ''),
  );
  const chunk = {
    guild_id: guild.id,
    members: request.limit ? found.slice(0, request.limit) : found,
    chunk_index: 0,
    chunk_count: 1,
    not_found: ids?.filter((id) => !found.some((member) => member.user.id === id)) ?? [],
    ...(request.nonce == null ? {} : { nonce: request.nonce }),
  };
  dispatch(session, GatewayDispatchEvents.GuildMembersChunk, JSON.stringify(chunk));
}

/** Dispatches the sounds of a guild: it has none (documentation: events/gateway-events, "Soundboard Sounds"). */
function dispatchSounds(world: World, session: Session, guild_id: string): void {
  if (!findOwnGuild(world, guild_id)) return;
  const data = JSON.stringify({ guild_id, soundboard_sounds: [] });
  dispatch(session, GatewayDispatchEvents.SoundboardSounds, data);
}

/**
 * Dispatches the status of the voice channels of a guild: nobody is in one, so there is none (documentation:
 * events/gateway-events, "Channel Info").
 */
function dispatchChannelInfo(world: World, session: Session, guild_id: string): void {
  if (!findOwnGuild(world, guild_id)) return;
  dispatch(session, GatewayDispatchEvents.ChannelInfo, JSON.stringify({ guild_id, channels: [] }));
}

function findOwnGuild(world: World, id: string) {
  const guild = world.guilds.get(id);
  return guild && isBotMember(guild) ? guild : undefined;
}
