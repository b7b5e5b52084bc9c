import { Keyv, KeyvBridgeAdapter, type KeyvBridgeStore } from 'keyv';
import type { z } from 'zod';

/** Documents of one kind, by id. A failed read or write throws; it never looks like a missing document. */
export interface Documents<T> {
  /** Returns the document, or undefined. Throws if what is stored does not match its schema. */
  get(id: string): Promise<T | undefined>;
  set(id: string, document: T): Promise<void>;
  delete(id: string): Promise<void>;
  /** Yields the ids of all documents of the kind, read in pages. */
  ids(): AsyncIterable<string>;
}

/** A keyv store that also lists the documents of a kind, without reading them. */
export interface DocumentStore extends KeyvBridgeStore {
  /** Yields the ids of all documents of the kind. */
  ids(kind: string): AsyncIterable<string>;
}

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
    return {
      async get(id) {
        const value: unknown = await keyv.get(id);
        if (value === undefined) return undefined;
        const parsed = schema.safeParse(value);
        if (parsed.success) return parsed.data;
        throw new Error(`The stored ${kind} "${id}" is damaged: ${parsed.error.message}`);
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
