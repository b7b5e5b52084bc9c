import { ChannelType } from 'discord-api-types/v10';
import { createMember, createRole } from '../../sandbox/world/members.ts';
import type { Channel, Guild } from '../../sandbox/world/types.ts';
import { guildCreateView } from '../../sandbox/world/views.ts';
import type { World } from '../../sandbox/world/world.ts';
import { createUser } from '../../sandbox/world/world.ts';
import { APPLICATION, guildId, idWithin } from './ids.ts';

/** Permissions that let a bot see, read and post: what everyone has in a new server. */
const EVERYONE = 2_251_799_814_211_136n;
/** Of the ids in a server, 0 is everyone's role and 1 that of the bot. */
export const FIRST_CHANNEL = 2;
const JOINED = '2024-01-20T12:00:00.000Z';

export const botUser = createUser(APPLICATION, 'Bench', true);
export const owner = createUser('1100000000000000002', 'winston', false);

/**
 * Makes the GUILD_CREATE payloads of servers that are alike but for their ids, as the sandbox has them. The JSON is made
 * once; for each server only the ids are put in, so that ten thousand servers are told without holding them in memory and
 * without the serialising taking the time that is to be measured.
 */
export function guildPayloads(channels: number): (n: number) => string {
  const view = guildCreateView({ bot: botUser } as World, modelGuild(channels), 0);
  const pieces = JSON.stringify(view).split(/"@(\d+)"/);
  return (n) => {
    const guild = guildId(n);
    return pieces.map((piece, at) => (at % 2 === 0 ? piece : `"${idWithin(guild, Number(piece))}"`)).join('');
  };
}

/** The server of which all others are copies. Its ids are places for ids: "@0" is its own, the others count on from it. */
function modelGuild(channels: number): Guild {
  const id = '@0';
  const botRole = { ...createRole('@1', 'Bench', 1, EVERYONE), managed: true };
  const channel = (at: number): Channel => ({
    id: `@${at + FIRST_CHANNEL}`,
    type: ChannelType.GuildText,
    guild_id: id,
    name: at === 0 ? 'general' : `channel-${at + 1}`,
    topic: null,
    position: at,
    permission_overwrites: [],
    last_message_id: null,
    recipient: null,
  });
  return {
    id,
    name: 'The Continental',
    owner_id: owner.id,
    preferred_locale: 'en-US',
    joined_at: JOINED,
    unavailable: false,
    roles: [createRole(id, '@everyone', 0, EVERYONE), botRole],
    channels: Array.from({ length: channels }, (_, at) => channel(at)),
    members: [createMember(botUser, [botRole.id], JOINED)],
    events: [],
  };
}
