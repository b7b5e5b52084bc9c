import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../config.ts';
import { StartError } from '../lib/start-error.ts';
import { DOCUMENTS } from '../privacy/kinds.ts';
import type { OpenDocuments } from '../store/documents.ts';
import { isSmall } from '../store/sqlite/file.ts';

/** This many damaged documents are named; of the others only the number is told. */
const MAX_NAMED = 10;

/** After this many documents, other work gets its turn: the gateway connects meanwhile. */
const BATCH_SIZE = 200;

/**
 * Parses every document of a small SQLite file. Throws with a sentence that names the damaged ones. Otherwise damage would be
 * noticed when a document is used: too late to restore a copy without losing what happened since.
 */
export async function checkDocuments(database: Database, open: OpenDocuments): Promise<void> {
  if (database.kind !== 'sqlite' || !isSmall(database.path)) return;
  const damaged = await findDamaged(open);
  if (damaged.length === 0) return;
  const named = damaged.slice(0, MAX_NAMED).join(', ');
  const others = damaged.length > MAX_NAMED ? ` and ${damaged.length - MAX_NAMED} more` : '';
  throw new StartError(
    'lasting',
    `The database ${database.path} is damaged: ${damaged.length} of its documents cannot be read (${named}${others}). Restore a copy; or delete these documents, and with them what they stand for. Then start again.`,
  );
}

/** Returns the keys of the documents that do not match their schemas. */
async function findDamaged(open: OpenDocuments): Promise<string[]> {
  const damaged: string[] = [];
  let count = 0;
  for (const [kind, schema] of Object.entries(DOCUMENTS)) {
    const documents = open<unknown>(kind, schema);
    for await (const id of documents.ids()) {
      const isSound = await documents.get(id).then(
        () => true,
        () => false,
      );
      if (!isSound) damaged.push(`${kind}::${id}`);
      count += 1;
      if (count % BATCH_SIZE === 0) await nextTurn();
    }
  }
  return damaged;
}
