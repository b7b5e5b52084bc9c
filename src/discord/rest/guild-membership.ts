import { DiscordAPIError, type REST } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';

/** Discord's error codes for a server that the bot is not a member of. */
const NOT_A_MEMBER: readonly unknown[] = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];

/** Requests whether the bot was removed from a server, for use without a gateway. Resolves with false if that is unknown. */
export async function isRemovedFrom(rest: REST, guildId: string): Promise<boolean> {
  try {
    await rest.get(Routes.guild(guildId));
    return false;
  } catch (error) {
    return error instanceof DiscordAPIError && NOT_A_MEMBER.includes(error.code);
  }
}
