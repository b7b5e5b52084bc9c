import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An uploaded file. `key` is the `n` of `files[n]`, by which the JSON refers to it. */
export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Stores the attachments of messages. */
export interface FileStore {
  save(id: string, bytes: Uint8Array): void;
  /** Returns the bytes of an attachment, or undefined when there is none with this id. */
  read(id: string): Uint8Array<ArrayBuffer> | undefined;
}

/** Creates a store that keeps attachments as files in `folder`, named by id. */
export function createFileStore(folder: string): FileStore {
  mkdirSync(folder, { recursive: true });
  return {
    save: (id, bytes) => writeFileSync(join(folder, id), bytes),
    read(id) {
      // An id is digits only: a path must not lead out of the folder.
      if (!/^\d+$/.test(id)) return undefined;
      try {
        return new Uint8Array(readFileSync(join(folder, id)));
      } catch {
        return undefined;
      }
    },
  };
}
