import type { Logger } from 'pino';
import { z } from 'zod';
import type { OpenDocuments } from './documents.ts';

/** The application that a database belongs to. */
export const identitySchema = z.strictObject({
  applicationId: z.string().describe('The application that the database belongs to'),
});

/**
 * Returns whether the database belongs to this application; an empty one is claimed for it. With the token of another bot,
 * which is in other servers, every stored server would look as if it had removed the bot.
 */
export async function isOwnedBy(open: OpenDocuments, applicationId: string, log: Logger): Promise<boolean> {
  const store = open('identity', identitySchema);
  const known = await store.get('application');
  if (!known) {
    await store.set('application', { applicationId });
    return true;
  }
  if (known.applicationId === applicationId) return true;
  log.warn(
    { applicationId, database: known.applicationId },
    'the database belongs to another application, not erasing data of servers that removed the bot: check DISCORD_TOKEN and DATABASE_URL',
  );
  return false;
}
