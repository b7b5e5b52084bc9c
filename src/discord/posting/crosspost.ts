import { DiscordAPIError, type REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import type { Crosspost } from '../../delivery/ports.ts';
import { toOutcome } from '../rest/errors.ts';

/** Discord's error code for a message that is published already. */
const ALREADY_CROSSPOSTED = 40033;
/** A request that waits longer, as for the limit of a channel, is given up and sent again later. */
const TIMEOUT_MS = 10_000;

/** Creates a crossposter for the bot's own posts; that needs only Send Messages. Docs: "Message", crosspost message. */
export function createCrossposter(rest: REST): Crosspost {
  return async (channelId, messageId) => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      await rest.post(Routes.channelMessageCrosspost(channelId, messageId), { signal });
      return { kind: 'published' };
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === ALREADY_CROSSPOSTED)
        return { kind: 'published' };
      return toOutcome(error);
    }
  };
}
