import { ChannelType } from 'discord-api-types/v10';
import { createMember, createRole } from '../../sandbox/world/members.ts';
import type { Channel, Guild } from '../../sandbox/world/types.ts';
import { guildCreateView } from '../../sandbox/world/views.ts';
import type { World } from '../../sandbox/world/world.ts';
import { createUser } from '../../sandbox/world/world.ts';
import { APPLICATION, guildId, idWithin } from './ids.ts';

/** The permissions of everyone in a new server: see, read and post. */
const EVERYONE = 2_251_799_814_211_136n;
/** Within a server, id 0 is everyone's role, id 1 the bot's role, and channels follow. */
export const FIRST_CHANNEL = 2;
const JOINED = '2024-01-20T12:00:00.000Z';

/** The user of every bot in the bench. */
export const botUser = createUser(APPLICATION, 'Bench', true);
/** The owner of every server, who asks the questions. */
export const owner = createUser('1100000000000000002', 'winston', false);

/**
 * Returns a function that creates the GUILD_CREATE payload of the n-th server. Servers differ only in their ids, so the JSON is
 * serialised once and the ids are filled in. This takes little time and memory even for ten thousand servers.
 */
export function createGuildPayloads(channels: number): (n: number) => string {
  const view = guildCreateView({ bot: botUser } as World, createTemplate(channels), 0);
  const pieces = JSON.stringify(view).split(/"@(\d+)"/);
  return (n) => {
    const guild = guildId(n);
    return pieces.map((piece, at) => (at % 2 === 0 ? piece : `"${idWithin(guild, Number(piece))}"`)).join('');
  };
}

/** Creates the template of all servers. Its ids are placeholders: "@0" is its own, the others count up. */
function createTemplate(channels: number): Guild {
  const id = '@0';
  const botRole = {
    ...createRole({ id: '@1', name: 'Bench', position: 1, permissions: EVERYONE }),
    managed: true,
  };
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
    roles: [createRole({ id, name: '@everyone', position: 0, permissions: EVERYONE }), botRole],
    channels: Array.from({ length: channels }, (_, at) => channel(at)),
    members: [createMember(botUser, [botRole.id], JOINED)],
    events: [],
  };
}
