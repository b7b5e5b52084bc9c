import { DiscordAPIError, type REST } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';

/** What Discord answers who is not in a server. */
const NOT_IN_IT: readonly unknown[] = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];

/** Asks Discord whether the bot was removed from a server, where no gateway tells. In doubt it was not. */
export async function isRemovedFrom(rest: REST, guildId: string): Promise<boolean> {
  try {
    await rest.get(Routes.guild(guildId));
    return false;
  } catch (error) {
    return error instanceof DiscordAPIError && NOT_IN_IT.includes(error.code);
  }
}
