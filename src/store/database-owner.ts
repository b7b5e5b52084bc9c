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
async function isOwnedBy(open: OpenDocuments, applicationId: string, log: Logger): Promise<boolean> {
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

/**
 * Returns a function that says whether the database belongs to this application. It asks once; a failed attempt is repeated at
 * the next call.
 */
export function createOwnership(
  open: OpenDocuments,
  applicationId: () => Promise<string>,
  log: Logger,
): () => Promise<boolean> {
  let known: Promise<boolean> | undefined;
  return () => {
    known ??= applicationId()
      .then((id) => isOwnedBy(open, id, log))
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}
