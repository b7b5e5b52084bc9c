import { type FSWatcher, watch } from 'node:fs';

/** The debounce, in milliseconds of real time: a save is several events, and an edit several saves. */
const DEBOUNCE_MS = 400;

/**
 * Calls `onChange` after a change in one of the folders, debounced; returns what ends that. Missing folders are skipped and tried
 * again after each change. Watches folders, since most editors replace a file by a new one.
 */
export function watchFolders(
  folders: readonly string[],
  onChange: () => void,
  onError: (error: unknown) => void,
): { close(): void } {
  let watchers: FSWatcher[] = [];
  let debounce: NodeJS.Timeout | undefined;

  const close = () => {
    clearTimeout(debounce);
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const restartDebounce = () => {
    clearTimeout(debounce);
    debounce = setTimeout(notify, DEBOUNCE_MS).unref();
  };
  const open = () => {
    close();
    watchers = folders.flatMap((folder) => {
      try {
        return [watch(folder, { persistent: false }, restartDebounce).on('error', onError)];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onError(error);
        return [];
      }
    });
  };
  const notify = () => {
    // A folder may have been replaced by a new one. Watched again before it is read, so that no change is missed.
    open();
    onChange();
  };

  open();
  return { close };
}
