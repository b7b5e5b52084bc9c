import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { OpenDocuments } from '../src/store/documents.ts';
import type { DueQueue, QueueEntry } from '../src/store/due-queue.ts';

/** What is not as it must be, in a sentence for the operator. */
export class MoveError extends Error {
  override name = 'MoveError';
}

/** What is carried: documents of these kinds, in this order, and then the due entries. */
export interface Source {
  kinds: string[];
  open: OpenDocuments;
  queue: Pick<DueQueue, 'entries'>;
}

/** Where it is carried to. */
export interface Target {
  open: OpenDocuments;
  queue: Pick<DueQueue, 'entries' | 'enqueue'>;
}

/** So many documents are asked for at a time. */
const AT_A_TIME = 20;

const movedSchema = z.strictObject({ fingerprint: z.string(), documents: z.number(), entries: z.number() });
const anything = z.json();

/**
 * Carries everything over and compares it there. It adds only what is missing, and only where what is there is the same: so
 * it can be cut off anywhere and run again. A database on which a bot has worked since differs, and is left alone: with an
 * older ledger it would post again.
 */
export async function carry(source: Source, target: Target, say: (line: string) => void): Promise<void> {
  const fingerprint = await fingerprintOf(source);
  const moved = target.open('moved', movedSchema);
  const before = await moved.get('done');
  if (before && before.fingerprint !== fingerprint) {
    throw new MoveError(
      'This database was filled before, from another file or another state of this one. Nothing was changed; move into an empty database.',
    );
  }
  if (before) {
    return say(
      'This file has been moved there already, and the bot may have gone on since. Nothing was changed.',
    );
  }

  const there = await compare(source, target);
  if (there.others > 0) {
    throw new MoveError(
      `The database holds ${there.others} document(s) or due entries that the file does not hold in the same way: a bot has worked on it. Nothing was changed; move into an empty database.`,
    );
  }
  for (const kind of source.kinds) say(`${kind}: ${await carryDocuments(kind, source, target)} carried over`);
  say(`due entries: ${await carryEntries(source, target)} carried over`);

  const { documents, entries, missing, others } = await compare(source, target);
  if (missing + others > 0) {
    throw new MoveError(
      `After the move ${missing} are missing and ${others} differ: was a bot running on one of the two? Stop it, and move again into an empty database.`,
    );
  }
  await moved.set('done', { fingerprint, documents, entries });
  say(`Moved and compared: ${documents} documents, ${entries} due entries.`);
  say('Start the bot with the new DATABASE_URL, and never again on the file: two bots would post twice.');
}

/** How many are in the source, how many of them the target lacks, and how many it has otherwise, or of its own. */
async function compare(source: Source, target: Target) {
  const found = { documents: 0, entries: 0, missing: 0, others: 0 };
  const note = (mine: unknown, theirs: unknown) => {
    if (theirs === undefined) found.missing += 1;
    else if (!isDeepStrictEqual(mine, theirs)) found.others += 1;
  };
  for (const kind of source.kinds) {
    const [from, to] = [source.open(kind, anything), target.open(kind, anything)];
    found.documents += await each(from.ids(), async (id) => note(await from.get(id), await to.get(id)));
    await each(to.ids(), async (id) => {
      if ((await from.get(id)) === undefined) found.others += 1;
    });
  }
  const theirs = await entriesOf(target);
  for await (const entry of source.queue.entries()) {
    found.entries += 1;
    note(plain(entry), theirs.get(entry.entryId));
    theirs.delete(entry.entryId);
  }
  found.others += theirs.size;
  return found;
}

async function carryDocuments(kind: string, source: Source, target: Target): Promise<number> {
  const [from, to] = [source.open(kind, anything), target.open(kind, anything)];
  let carried = 0;
  await each(from.ids(), async (id) => {
    const document = await from.get(id);
    if (document === undefined || (await to.get(id)) !== undefined) return;
    await to.set(id, document);
    carried += 1;
  });
  return carried;
}

async function carryEntries(source: Source, target: Target): Promise<number> {
  const there = await entriesOf(target);
  let carried = 0;
  await each(source.queue.entries(), async (entry) => {
    if (there.has(entry.entryId)) return;
    await target.queue.enqueue(entry);
    carried += 1;
  });
  return carried;
}

async function entriesOf({ queue }: Pick<Target, 'queue'>): Promise<Map<string, unknown>> {
  const entries = new Map<string, unknown>();
  for await (const entry of queue.entries()) entries.set(entry.entryId, plain(entry));
  return entries;
}

/** An entry as it can be compared: instants have no contents to look at. */
const plain = ({ entryId, ownerId, at, release, fingerprint }: QueueEntry) => ({
  entryId,
  ownerId,
  at: at?.epochMilliseconds ?? null,
  release,
  fingerprint,
});

/** What the source holds, in short: it tells whether a move that is done was of the same. */
async function fingerprintOf({ kinds, open, queue }: Source): Promise<string> {
  const hash = createHash('sha256');
  for (const kind of kinds) {
    const documents = open(kind, anything);
    for await (const id of documents.ids()) hash.update(JSON.stringify([kind, id, await documents.get(id)]));
  }
  for await (const entry of queue.entries()) hash.update(JSON.stringify(plain(entry)));
  return hash.digest('base64url');
}

/** Does something for each, some at a time; answers how many there were. */
async function each<T>(all: AsyncIterable<T>, work: (one: T) => Promise<void>): Promise<number> {
  let count = 0;
  let batch: Promise<void>[] = [];
  for await (const one of all) {
    count += 1;
    batch.push(work(one));
    if (batch.length < AT_A_TIME) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  return count;
}
