import { DiscordAPIError, type REST } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Crosspost } from '../../delivery/ports.ts';
import { toOutcome } from '../rest/errors.ts';

/** Discord's error codes for a message that is published already, and for one that was deleted: nothing is left to do. */
const NOTHING_TO_PUBLISH: readonly unknown[] = [40033, RESTJSONErrorCodes.UnknownMessage];
const message = z.looseObject({ id: z.string() });
/** A request that waits longer, as for the limit of a channel, is given up and sent again later. */
const TIMEOUT_MS = 10_000;

/** Creates a crossposter for the bot's own posts; that needs only Send Messages. Docs: "Message", crosspost message. */
export function createCrossposter(rest: REST): Crosspost {
  return async (channelId, messageId) => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      message.parse(await rest.post(Routes.channelMessageCrosspost(channelId, messageId), { signal }));
      return { kind: 'published' };
    } catch (error) {
      if (error instanceof DiscordAPIError && NOTHING_TO_PUBLISH.includes(error.code))
        return { kind: 'published' };
      return toOutcome(error);
    }
  };
}
