import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { type RetryAtStartOptions, retryAtStart } from './retry-at-start.ts';

const application = z.looseObject({
  id: z.string(),
  verify_key: z.string().regex(/^[0-9a-f]{64}$/i),
  bot: z.looseObject({ id: z.string() }),
});

/** The application that a token belongs to. */
export interface Application {
  id: string;
  /** The key for its signatures, 64 hexadecimal digits. */
  publicKey: string;
  /** The id of its bot user. */
  botId: string;
}

/** Requests the application of the client's token. Waits for Discord, and rejects with a `StartError`. */
export function fetchApplication(rest: REST, options: RetryAtStartOptions): Promise<Application> {
  return retryAtStart(async () => {
    // Something else may answer in Discord's place: that is tried again too.
    const { id, verify_key: publicKey, bot } = application.parse(await rest.get(Routes.currentApplication()));
    return { id, publicKey, botId: bot.id };
  }, options);
}
