import { Keyv, KeyvBridgeAdapter, type KeyvBridgeStore } from 'keyv';
import type { z } from 'zod';

/** Documents of one kind, by id. A failed read or write throws; it never looks like a missing document. */
export interface Documents<T> {
  /** Returns the document, or undefined. Throws if what is stored does not match its schema. */
  get(id: string): Promise<T | undefined>;
  set(id: string, document: T): Promise<void>;
  /**
   * Replaces the document by what `alter` returns for it; undefined leaves it. Writes only if the document is still as it was read,
   * otherwise reads it again: no change of another process is overwritten, however late the write arrives.
   */
  update(id: string, alter: (document: T | undefined) => T | undefined): Promise<void>;
  delete(id: string): Promise<void>;
  /** Yields the ids of all documents of the kind, read in pages. */
  ids(): AsyncIterable<string>;
}

/** A keyv store that also lists the documents of a kind, without reading them. */
export interface DocumentStore extends KeyvBridgeStore {
  /** Yields the ids of all documents of the kind. */
  ids(kind: string): AsyncIterable<string>;
  /** Writes the value if what is stored is still `seen`; undefined: if nothing is stored. Returns whether it was written. */
  replace(key: string, seen: string | undefined, value: string): Promise<boolean>;
}

/** The separator that keyv puts between the kind and the id. */
const NAMESPACE_END = '::';

/** Opens the documents of a kind. Each document is checked against the schema when it is read. */
export type OpenDocuments = <T>(kind: string, schema: z.ZodType<T>) => Documents<T>;

/**
 * Returns a function that opens documents in keyv. Every failure throws. keyv turns failures into `undefined` and `false` if it
 * has an `error` listener, so none is attached; a `set` that returns `false` throws here.
 */
export function createDocuments(store: () => DocumentStore): OpenDocuments {
  return (kind, schema) => {
    const backing = store();
    const keyv = new Keyv({ store: new KeyvBridgeAdapter(backing), namespace: kind, stats: false });
    const parse = (id: string, value: unknown) => {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      throw new Error(`The stored ${kind} "${id}" is damaged: ${parsed.error.message}`);
    };
    return {
      async get(id) {
        const value: unknown = await keyv.get(id);
        return value === undefined ? undefined : parse(id, value);
      },
      async update(id, alter) {
        const key = `${kind}${NAMESPACE_END}${id}`;
        const alterStored = (value: unknown) => alter(value === undefined ? undefined : parse(id, value));
        while (!(await replaceOnce(backing, keyv, key, alterStored))) {
          // Another process has changed it.
        }
      },
      async set(id, document) {
        if ((await keyv.set(id, document)) !== true)
          throw new Error(`The ${kind} "${id}" could not be stored.`);
      },
      async delete(id) {
        await keyv.delete(id);
      },
      ids: () => backing.ids(kind),
    };
  };
}

/** Replaces a document as in `update`. Returns false if it changed between the read and the write. */
async function replaceOnce(
  backing: DocumentStore,
  keyv: Pick<Keyv, 'encode' | 'decode'>,
  key: string,
  alter: (value: unknown) => unknown,
): Promise<boolean> {
  const stored: unknown = await backing.get(key);
  const seen = stored === undefined ? undefined : String(stored);
  const before = seen === undefined ? undefined : await keyv.decode(seen);
  if (seen !== undefined && before === undefined) throw new Error(`The stored ${key} is damaged.`);
  const value = alter(before?.value);
  if (value === undefined) return true;
  return backing.replace(key, seen, String(await keyv.encode({ value })));
}
