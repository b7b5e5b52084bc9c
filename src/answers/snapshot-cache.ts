import type { Snapshot } from '../facts/snapshot.ts';

/** So many are kept of one world; what was asked for longest ago goes first. */
const MOST = 300;

/**
 * Remembers what was made of a world. A world does not change, so the same question to it has the same answer, and most people
 * ask the same few questions; it goes when its world goes.
 */
export function createSnapshotCache<T>(): (world: Snapshot, key: readonly unknown[], make: () => T) => T {
  const worlds = new WeakMap<Snapshot, Map<string, T>>();
  return (world, key, make) => {
    const kept = worlds.get(world) ?? new Map<string, T>();
    worlds.set(world, kept);
    const name = JSON.stringify(key);
    const made = kept.has(name) ? (kept.get(name) as T) : make();
    // What was asked for last stands at the end.
    kept.delete(name);
    kept.set(name, made);
    const [oldest = name] = kept.keys();
    if (kept.size > MOST) kept.delete(oldest);
    return made;
  };
}
