import { existsSync } from 'node:fs';
import { destination } from 'pino';
import { z } from 'zod';
import { isAddress } from '../src/config.ts';
import { createLogger } from '../src/ops/logger.ts';
import { createDocuments } from '../src/store/documents.ts';
import { openStore } from '../src/store/open-store.ts';
import { openSqlite } from '../src/store/sqlite/database.ts';
import { createSqliteDocuments } from '../src/store/sqlite/documents.ts';
import { createSqliteDueQueue } from '../src/store/sqlite/due-queue.ts';
import { carry, MoveError, type Source } from './carry.ts';

// `npm run move -- sqlite:FILE postgres://…`: carries everything over into an empty database, and compares it there.

const USAGE = 'Say what to move where: npm run move -- sqlite:FILE postgres://USER:PASSWORD@HOST/DATABASE.';
const argumentsSchema = z.tuple(
  [
    z
      .string()
      .regex(/^sqlite:.+$/, 'The first must be the file to move from, sqlite:FILE.')
      .transform((text) => text.slice('sqlite:'.length))
      .refine(existsSync, 'There is no such file to move from.'),
    z
      .string()
      .regex(/^postgres(ql)?:\/\/.+$/, 'The second must be the database to move to, postgres://….')
      .refine(
        isAddress,
        'The second is not an address: what is special in a password is written as %40 and so on.',
      ),
  ],
  USAGE,
);

/**
 * What was posted and how far it has come stand before what is ordered, and the due entries are last: whatever is cut off,
 * no countdown is there without its past.
 */
const FIRST = ['ledger', 'progress'];
const LAST = ['countdowns'];

/** Opens the file as the bot does, so that a running bot keeps it, with every kind of document that is in it. */
function openSource(path: string): Source & { close: () => void } {
  const { db, close } = openSqlite(path);
  const rows = db
    .prepare("SELECT DISTINCT substr(key, 1, instr(key, '::') - 1) AS kind FROM documents")
    .all();
  const others = rows.map((row) => String(row['kind'])).filter((kind) => ![...FIRST, ...LAST].includes(kind));
  const kinds = [...FIRST, ...others, ...LAST];
  return {
    kinds,
    open: createDocuments(() => createSqliteDocuments(db)),
    queue: createSqliteDueQueue(db),
    close,
  };
}

async function main(args: readonly string[]): Promise<void> {
  const parsed = argumentsSchema.safeParse(args);
  if (!parsed.success) {
    throw new MoveError([...new Set(parsed.error.issues.map(({ message }) => message))].join('\n'));
  }
  const [path, url] = parsed.data;
  const database = { kind: 'postgres', url } as const;
  const log = createLogger({ logLevel: 'warn', token: '', database }, destination({ fd: 2, sync: true }));
  const source = openSource(path);
  try {
    const target = await openStore(database, { postsPerSecond: 1, log });
    try {
      await carry(source, target, (line) => void process.stdout.write(`${line}\n`));
    } finally {
      await target.close();
    }
  } finally {
    source.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // What is thrown with a cause, or by us, is a sentence already.
  const known = error instanceof MoveError || (error instanceof Error && error.cause);
  console.error(error instanceof Error ? (known ? error.message : error.stack) : error);
  process.exitCode = 1;
});
