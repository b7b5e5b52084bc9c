import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { PRIVILEGED_INTENTS, type PrivilegedIntent } from '../world/application-flags.ts';

/** All intents. */
export const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** The intent that an event needs in a guild (documentation: events/gateway, "List of Intents"). */
const REQUIRED_INTENTS: Record<string, GatewayIntentBits> = {
  [GatewayDispatchEvents.GuildCreate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildUpdate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildDelete]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildRoleCreate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildRoleUpdate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildRoleDelete]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ChannelCreate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ChannelUpdate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ChannelDelete]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ThreadCreate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ThreadUpdate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ThreadDelete]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.ThreadMembersUpdate]: GatewayIntentBits.Guilds,
  [GatewayDispatchEvents.GuildMemberAdd]: GatewayIntentBits.GuildMembers,
  [GatewayDispatchEvents.GuildMemberUpdate]: GatewayIntentBits.GuildMembers,
  [GatewayDispatchEvents.MessageCreate]: GatewayIntentBits.GuildMessages,
  [GatewayDispatchEvents.MessageUpdate]: GatewayIntentBits.GuildMessages,
  [GatewayDispatchEvents.MessageDelete]: GatewayIntentBits.GuildMessages,
  [GatewayDispatchEvents.GuildScheduledEventCreate]: GatewayIntentBits.GuildScheduledEvents,
  [GatewayDispatchEvents.GuildScheduledEventUpdate]: GatewayIntentBits.GuildScheduledEvents,
  [GatewayDispatchEvents.GuildScheduledEventDelete]: GatewayIntentBits.GuildScheduledEvents,
};

/** What decides which sessions receive an event. */
export interface EventKind {
  readonly t: string;
  readonly inGuild: boolean;
  /** Whether it is about the bot's own member: such an event needs no intent. */
  readonly isOwnMember: boolean;
}

/** Returns whether a session with these intents receives an event. Some, such as interactions, need no intent. */
export function receivesEvent(intents: number, { t, inGuild, isOwnMember }: EventKind): boolean {
  const required = isOwnMember ? undefined : REQUIRED_INTENTS[t];
  if (required === undefined) return true;
  const bit =
    !inGuild && required === GatewayIntentBits.GuildMessages ? GatewayIntentBits.DirectMessages : required;
  return (intents & bit) !== 0;
}

/** Returns the privileged intents among these that the developer portal does not allow the application; 0 if there are none. */
export const findDisallowedIntents = (intents: number, allowed: readonly PrivilegedIntent[]): number =>
  PRIVILEGED_INTENTS.filter((name) => !allowed.includes(name)).reduce(
    (found, name) => found | (intents & GatewayIntentBits[name]),
    0,
  );
