import { Keyv, KeyvBridgeAdapter, type KeyvBridgeStore } from 'keyv';
import type { z } from 'zod';

/** Documents of one kind, by id. A failed read or write throws: it never looks like "not there". */
export interface Documents<T> {
  get(id: string): Promise<T | undefined>;
  set(id: string, document: T): Promise<void>;
  delete(id: string): Promise<void>;
  /** The ids of all documents of the kind, in pages, whatever their number. */
  ids(): AsyncIterable<string>;
}

/** A store of keyv's that can also tell which documents of a kind there are, without reading them. */
export interface DocumentStore extends KeyvBridgeStore {
  ids(kind: string): AsyncIterable<string>;
}

/** Opens the documents of a kind; the store decides where they are kept. */
export type OpenDocuments = <T>(kind: string, schema: z.ZodType<T>) => Documents<T>;

/**
 * Documents in keyv. Two habits of keyv are undone here. With an `error` listener it turns failures into `undefined` and
 * `false`, so none is attached; and `set` may answer `false`, which throws here.
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
