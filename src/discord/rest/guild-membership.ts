import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import type { FindMembership } from '../../delivery/departure-check.ts';
import type { Get } from './bot-permissions.ts';

const { UnknownGuild, MissingAccess } = RESTJSONErrorCodes;

/**
 * Creates the lookup whether the bot is in a server. Only Discord's own 404 with its code for an unknown server means that the
 * bot is gone. Discord has sent that for a server with the bot in it (discord-api-docs#8445), so a second route must agree.
 */
export function createMembershipLookup(get: Get): FindMembership {
  return async (guildId) => {
    const refusal = await refusalOf(get, Routes.guild(guildId));
    if (refusal === 'none') return 'member';
    if (refusal?.status !== 404 || refusal.code !== UnknownGuild) return 'unknown';
    const second = await refusalOf(get, Routes.guildChannels(guildId));
    if (second === 'none') return 'member';
    return second?.code === UnknownGuild || second?.code === MissingAccess ? 'gone' : 'unknown';
  };
}

/** Returns Discord's refusal of the request, "none" if it was answered; undefined if something else failed. */
async function refusalOf(get: Get, route: `/${string}`): Promise<DiscordAPIError | 'none' | undefined> {
  try {
    await get(route);
    return 'none';
  } catch (error) {
    return error instanceof DiscordAPIError ? error : undefined;
  }
}
