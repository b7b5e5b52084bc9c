import { type FSWatcher, watch } from 'node:fs';

/** A save is many changes, and an edit is many saves: what comes closer together than this is taken up as one. Real time. */
const SETTLED_AFTER_MS = 400;

/**
 * Tells when something in one of the folders has changed and was then left alone for a moment. Folders that are not there are
 * passed over, and looked for again after each change. Folders and not files, as most editors put a new file in the old one's
 * place.
 */
export function watchFolders(
  folders: readonly string[],
  changed: () => void,
  failed: (error: unknown) => void,
): { close(): void } {
  let watchers: FSWatcher[] = [];
  let settling: NodeJS.Timeout | undefined;

  const close = () => {
    clearTimeout(settling);
    for (const one of watchers) one.close();
    watchers = [];
  };
  const noted = () => {
    clearTimeout(settling);
    settling = setTimeout(settled, SETTLED_AFTER_MS).unref();
  };
  const open = () => {
    close();
    watchers = folders.flatMap((folder) => {
      try {
        return [watch(folder, { persistent: false }, noted).on('error', failed)];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failed(error);
        return [];
      }
    });
  };
  const settled = () => {
    // A folder that was moved away and put back is another one. Opened before it is read, so that no change falls between.
    open();
    changed();
  };

  open();
  return { close };
}
