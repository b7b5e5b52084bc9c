import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';

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

/** Requests the application of the client's token. Rejects with a sentence for the operator. */
export async function fetchApplication(rest: REST, apiUrl: string): Promise<Application> {
  const answer = await rest.get(Routes.currentApplication()).catch((error: unknown) => {
    throw new Error(startSentence(apiUrl, error), { cause: error });
  });
  const { id, verify_key: publicKey, bot } = application.parse(answer);
  return { id, publicKey, botId: bot.id };
}

/** Returns a sentence for the operator: why Discord rejected the start, and what to do. */
export function startSentence(apiUrl: string, error: unknown): string {
  const { code, status, message } = error as { code?: unknown; status?: unknown; message?: string };
  if (code === 'TokenInvalid' || status === 401)
    return 'Discord refuses the token. Put a valid DISCORD_TOKEN in place and start again.';
  return `Discord cannot be reached at ${apiUrl} (${message}). Check the address and the network, then start again.`;
}
