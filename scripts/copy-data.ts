import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { OpenDocuments } from '../src/store/documents.ts';
import type { DueQueue, QueueEntry } from '../src/store/due-queue.ts';

/** An expected failure of a move; its message is a sentence for the operator. */
export class MoveError extends Error {
  override name = 'MoveError';
}

/** The data to copy: documents of these kinds in this order, then the due entries. */
export interface CopySource {
  kinds: string[];
  open: OpenDocuments;
  queue: Pick<DueQueue, 'entries'>;
}

/** The store to copy to. */
export interface CopyTarget {
  open: OpenDocuments;
  queue: Pick<DueQueue, 'entries' | 'enqueue'>;
}

/** How many documents are copied at the same time. */
const CONCURRENCY = 20;

const movedSchema = z.strictObject({ fingerprint: z.string(), documents: z.number(), entries: z.number() });
const anyJson = z.json();

/**
 * Copies everything and compares the result. Throws a `MoveError` if the target has anything that differs from the source,
 * because a bot has used it: with an older ledger it would post again. Only adds what is missing, so it can be interrupted
 * anywhere and run again.
 */
export async function copyData(
  source: CopySource,
  target: CopyTarget,
  say: (line: string) => void,
): Promise<void> {
  const fingerprint = await fingerprintOf(source);
  const moved = target.open('moved', movedSchema);
  const before = await moved.get('done');
  if (before && before.fingerprint !== fingerprint) {
    throw new MoveError(
      'This database was filled before, from another file or an older state of this one. Nothing was changed; move into an empty database.',
    );
  }
  if (before) {
    return say('This file was moved there already, and the bot may have worked since. Nothing was changed.');
  }

  const differences = await compare(source, target);
  if (differences.others > 0) {
    throw new MoveError(
      `The database holds ${differences.others} document(s) or due entries that differ from the file: a bot has used it. Nothing was changed; move into an empty database.`,
    );
  }
  for (const kind of source.kinds) say(`${kind}: ${await copyDocuments(kind, source, target)} copied`);
  say(`due entries: ${await copyEntries(source, target)} copied`);

  const { documents, entries, missing, others } = await compare(source, target);
  if (missing + others > 0) {
    throw new MoveError(
      `After the move, ${missing} are missing and ${others} differ. Was a bot running on one of the two? Stop it, and move again into an empty database.`,
    );
  }
  await moved.set('done', { fingerprint, documents, entries });
  say(`Moved and compared: ${documents} documents, ${entries} due entries.`);
  say('Start the bot with the new DATABASE_URL. Never start one on the file again: both would post.');
}

/** Counts the documents and entries of the source, those missing in the target, and those that differ or are new there. */
async function compare(source: CopySource, target: CopyTarget) {
  const found = { documents: 0, entries: 0, missing: 0, others: 0 };
  const note = (mine: unknown, theirs: unknown) => {
    if (theirs === undefined) found.missing += 1;
    else if (!isDeepStrictEqual(mine, theirs)) found.others += 1;
  };
  for (const kind of source.kinds) {
    const [from, to] = [source.open(kind, anyJson), target.open(kind, anyJson)];
    found.documents += await forEachConcurrently(from.ids(), async (id) =>
      note(await from.get(id), await to.get(id)),
    );
    await forEachConcurrently(to.ids(), async (id) => {
      if ((await from.get(id)) === undefined) found.others += 1;
    });
  }
  const theirs = await entriesOf(target);
  for await (const entry of source.queue.entries()) {
    found.entries += 1;
    note(toComparable(entry), theirs.get(entry.entryId));
    theirs.delete(entry.entryId);
  }
  found.others += theirs.size;
  return found;
}

async function copyDocuments(kind: string, source: CopySource, target: CopyTarget): Promise<number> {
  const [from, to] = [source.open(kind, anyJson), target.open(kind, anyJson)];
  let copied = 0;
  await forEachConcurrently(from.ids(), async (id) => {
    const document = await from.get(id);
    if (document === undefined || (await to.get(id)) !== undefined) return;
    await to.set(id, document);
    copied += 1;
  });
  return copied;
}

async function copyEntries(source: CopySource, target: CopyTarget): Promise<number> {
  const existing = await entriesOf(target);
  let copied = 0;
  await forEachConcurrently(source.queue.entries(), async (entry) => {
    if (existing.has(entry.entryId)) return;
    await target.queue.enqueue(entry);
    copied += 1;
  });
  return copied;
}

async function entriesOf({ queue }: Pick<CopyTarget, 'queue'>): Promise<Map<string, unknown>> {
  const entries = new Map<string, unknown>();
  for await (const entry of queue.entries()) entries.set(entry.entryId, toComparable(entry));
  return entries;
}

/** Returns an entry that can be compared by value, which instants cannot. */
const toComparable = ({ entryId, ownerId, at, release, fingerprint }: QueueEntry) => ({
  entryId,
  ownerId,
  at: at?.epochMilliseconds ?? null,
  release,
  fingerprint,
});

/** Returns a hash of the whole source, which shows whether a finished move was of the same data. */
async function fingerprintOf({ kinds, open, queue }: CopySource): Promise<string> {
  const hash = createHash('sha256');
  for (const kind of kinds) {
    const documents = open(kind, anyJson);
    for await (const id of documents.ids()) hash.update(JSON.stringify([kind, id, await documents.get(id)]));
  }
  for await (const entry of queue.entries()) hash.update(JSON.stringify(toComparable(entry)));
  return hash.digest('base64url');
}

/** Calls a function for each item, several at a time. Returns the number of items. */
async function forEachConcurrently<T>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<number> {
  let count = 0;
  let batch: Promise<void>[] = [];
  for await (const item of items) {
    count += 1;
    batch.push(work(item));
    if (batch.length < CONCURRENCY) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  return count;
}
