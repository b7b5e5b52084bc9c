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
import { type CopySource, copyData, MoveError } from './copy-data.ts';

// `npm run move -- sqlite:FILE postgres://…`: copies everything into an empty database and compares the result.

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
        'The second is not an address. Percent-encode special characters in the password: %40 and so on.',
      ),
  ],
  USAGE,
);

/** The ledger and the progress come first, the orders last: an interrupted move leaves no countdown without its past. */
const FIRST = ['ledger', 'progress'];
const LAST = ['countdowns'];

/** Opens the file as the bot does, so that a running bot blocks it. Returns every kind of document in it. */
function openSource(path: string): CopySource & { close: () => void } {
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
      await copyData(source, target, (line) => void process.stdout.write(`${line}\n`));
    } finally {
      await target.close();
    }
  } finally {
    source.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // Errors of the move, and errors with a cause, have a sentence for the operator.
  const isExpected = error instanceof MoveError || (error instanceof Error && error.cause);
  console.error(error instanceof Error ? (isExpected ? error.message : error.stack) : error);
  process.exitCode = 1;
});
