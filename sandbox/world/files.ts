import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file as it was uploaded. `key` is the n of `files[n]`, by which the JSON refers to it. */
export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Where the files that were attached to messages are kept. */
export interface FileStore {
  save(id: string, bytes: Uint8Array): void;
  /** The bytes of an attachment; undefined when there is none with this id. */
  read(id: string): Uint8Array<ArrayBuffer> | undefined;
}

/** Keeps attachments as files in a folder, named by their ids, which are digits only. */
export function createFileStore(folder: string): FileStore {
  mkdirSync(folder, { recursive: true });
  return {
    save: (id, bytes) => writeFileSync(join(folder, id), bytes),
    read(id) {
      if (!/^\d+$/.test(id)) return undefined;
      try {
        return new Uint8Array(readFileSync(join(folder, id)));
      } catch {
        return undefined;
      }
    },
  };
}
