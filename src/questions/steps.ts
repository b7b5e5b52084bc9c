/** Work that pauses now and then, so that others can have their turn. */
export type Steps<T> = Generator<undefined, T>;

/** Does the work at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Does the work a little at a time: `yieldTurn` is awaited at each pause. */
export async function finishSlowly<T>(steps: Steps<T>, yieldTurn: () => Promise<unknown>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await yieldTurn();
  }
}
