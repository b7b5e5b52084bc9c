import {
  type APIGuildMember,
  ChannelType,
  GatewayIntentBits,
  GuildSystemChannelFlags,
} from 'discord-api-types/v10';
import { isClosedThread } from './permissions.ts';
import type { Channel, Guild, Thread } from './types.ts';
import type { World } from './world.ts';

/** Returns a channel as the HTTP API serves it. */
export function channelView(channel: Channel): object {
  if (channel.guild_id === null) {
    return {
      id: channel.id,
      type: channel.type,
      last_message_id: channel.last_message_id,
      flags: 0,
      recipients: channel.recipient ? [channel.recipient] : [],
    };
  }
  if (channel.thread) return threadView(channel, channel.thread);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild_id,
    name: channel.name,
    topic: channel.topic,
    position: channel.position,
    permission_overwrites: channel.permission_overwrites,
    parent_id: null,
    nsfw: false,
    flags: 0,
    ...(channel.type === ChannelType.GuildCategory
      ? {}
      : { last_message_id: channel.last_message_id, rate_limit_per_user: 0, last_pin_timestamp: null }),
    ...(channel.type === ChannelType.GuildVoice ? { bitrate: 64_000, user_limit: 0, rtc_region: null } : {}),
  };
}

function threadView(channel: Channel, { parent, archived, locked, since }: Thread): object {
  const { id, type, guild_id, name, last_message_id } = channel;
  return {
    id,
    type,
    guild_id,
    name,
    last_message_id,
    parent_id: parent,
    owner_id: guild_id,
    flags: 0,
    rate_limit_per_user: 0,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived,
      locked,
      auto_archive_duration: 4320,
      archive_timestamp: since,
      ...(type === ChannelType.PrivateThread ? { invitable: true } : {}),
    },
  };
}

/** Returns a guild as the HTTP API serves it, without channels and members. */
export function guildView(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    home_header: null,
    banner: null,
    features: [],
    owner_id: guild.owner_id,
    application_id: null,
    region: 'us-east',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: guild.roles,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.preferred_locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** Returns how many members a guild has, and how many are online: only the bot (`with_counts`). */
export const approximateCounts = ({ members }: Guild) => ({
  approximate_member_count: members.length,
  approximate_presence_count: 1,
});

/**
 * Returns the data of a GUILD_CREATE event. It has all channels, hidden ones too, but only the bot of the members, unless
 * the bot has the intent for presences (documentation: events/gateway-events, "Guild Create").
 */
export function guildCreateView(world: World, guild: Guild, intents: number): object {
  const hasPresences = (intents & GatewayIntentBits.GuildPresences) !== 0;
  return {
    ...guildView(guild),
    joined_at: guild.joined_at,
    large: false,
    unavailable: false,
    member_count: guild.members.length,
    voice_states: [],
    members: guild.members.filter((member) => hasPresences || member.user.id === world.bot.id),
    channels: guild.channels.filter(({ thread }) => !thread).map(channelView),
    threads: guild.channels
      .filter((channel) => channel.thread && !channel.thread.archived)
      .filter((channel) => !isClosedThread(guild, world.bot.id, channel))
      .map(channelView),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: guild.events,
    soundboard_sounds: [],
  };
}

/** Returns a member without the user, as messages and events have it. */
export function omitUser(member: APIGuildMember): Omit<APIGuildMember, 'user'> {
  const { user: _user, ...rest } = member;
  return rest;
}
