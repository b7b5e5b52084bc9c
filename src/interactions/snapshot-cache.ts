import type { Snapshot } from '../facts/snapshot.ts';

/** So many values are kept for each snapshot; the one that was asked for longest ago is dropped first. */
const MAX_VALUES = 300;

/** Returns the value that was made for this snapshot and key, and makes it where there is none. */
export type SnapshotCache<T> = (snapshot: Snapshot, key: readonly unknown[], make: () => T) => T;

/**
 * Creates a cache of what is made of snapshots. A snapshot never changes, so the same question has the same answer, and most
 * people ask the same few questions. Values go with their snapshot.
 */
export function createSnapshotCache<T>(): SnapshotCache<T> {
  const bySnapshot = new WeakMap<Snapshot, Map<string, T>>();
  return (snapshot, key, make) => {
    const values = bySnapshot.get(snapshot) ?? new Map<string, T>();
    bySnapshot.set(snapshot, values);
    const name = JSON.stringify(key);
    const value = values.has(name) ? (values.get(name) as T) : make();
    // What was asked for last stands at the end.
    values.delete(name);
    values.set(name, value);
    const [oldest = name] = values.keys();
    if (values.size > MAX_VALUES) values.delete(oldest);
    return value;
  };
}
