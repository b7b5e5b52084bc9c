/** Numbers that look random and are the same for the same seed: what is learned must not change from run to run. */
export interface Random {
  /** Returns an item of a list; undefined where it is empty. */
  pick<T>(list: readonly T[]): T | undefined;
  /** Changes the order of a list, in place. */
  shuffle(list: number[]): void;
}

/** Creates the generator: mulberry32, which is in the public domain. */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    pick: (list) => list[Math.floor(next() * list.length)],
    shuffle(list) {
      for (let at = list.length - 1; at > 0; at -= 1) {
        const other = Math.floor(next() * (at + 1));
        [list[at], list[other]] = [list[other] as number, list[at] as number];
      }
    },
  };
}
