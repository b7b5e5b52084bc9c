import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFile } from '../lib/data-file.ts';

/**
 * Reads the fact files of a data folder: the JSON files in it and those in `claims/`.
 * Throws what the file system throws when the folder is not there.
 */
export function readDataFiles(folder: string): DataFile[] {
  const claims = join(folder, 'claims');
  return [...jsonFiles(folder), ...jsonFiles(claims)];
}

/** Reads the message catalogues of a data folder, `messages/<language>.json`. */
export function readMessageFiles(folder: string): DataFile[] {
  return jsonFiles(join(folder, 'messages'));
}

function jsonFiles(folder: string): DataFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
