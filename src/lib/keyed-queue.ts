/** Runs work with the same key one after the other, and work with different keys concurrently. Resolves with its result. */
export type KeyedQueue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Creates a queue in memory. Work that fails does not stop the next. */
export function createKeyedQueue(): KeyedQueue {
  const lastByKey = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const result = (lastByKey.get(key) ?? Promise.resolve()).then(work, work);
    lastByKey.set(key, result);
    const forget = () => {
      if (lastByKey.get(key) === result) lastByKey.delete(key);
    };
    result.then(forget, forget);
    return result;
  };
}
