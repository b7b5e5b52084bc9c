import type { Logger } from 'pino';
import { z } from 'zod';
import type { OpenDocuments } from './documents.ts';

/** Whose database it is. */
export const identitySchema = z.strictObject({
  applicationId: z.string().describe('The application that the database belongs to'),
});

/**
 * Whether the database is that of this application; a new one becomes it. With the token of another bot, which is in other
 * servers, everything stored would look like that of servers which removed the bot.
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
    'this database was made by another application: the data of departed servers is left alone',
  );
  return false;
}
