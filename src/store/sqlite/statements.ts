import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { StoreNotWritable, StoreUnavailable } from '../errors.ts';

/** One row of a result, by column. */
type Row = Record<string, SQLOutputValue>;

/** A prepared statement. */
export interface Statement {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): { changes: number | bigint };
}

/** Prepares statements. */
export interface Statements {
  prepare(sql: string): Statement;
}

/** SQLite's result codes for a file that cannot be written: read-only, input or output error, full disk, cannot be opened. */
const NOT_WRITABLE: ReadonlySet<number> = new Set([8, 10, 13, 14]);
/** SQLite's result codes for a file that is in use. */
const IN_USE: ReadonlySet<number> = new Set([5, 6]);

/**
 * Returns statements that throw `StoreUnavailable` for what passes by itself or by an operator, such as a full disk. Any other
 * error is a bug. `onWrite` is called after each statement that may have changed something.
 */
export function createStatements(db: DatabaseSync, onWrite: () => void): Statements {
  return {
    prepare(sql) {
      const statement = db.prepare(sql);
      return {
        get: (...values) => translateErrors(() => statement.get(...values)),
        all: (...values) => translateErrors(() => statement.all(...values)),
        run: (...values) =>
          translateErrors(() => {
            const result = statement.run(...values);
            onWrite();
            return result;
          }),
      };
    },
  };
}

function translateErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as { errcode?: unknown; message?: string };
    // The lower byte is the result code; the others say more about it. Docs: SQLite, "Result and Error Codes".
    const code = typeof errcode === 'number' ? errcode & 0xff : undefined;
    if (code === undefined) throw error;
    if (NOT_WRITABLE.has(code)) {
      throw new StoreNotWritable(`The database cannot be written: ${message}`, { cause: error });
    }
    if (IN_USE.has(code)) throw new StoreUnavailable(`The database is in use: ${message}`, { cause: error });
    throw error;
  }
}
