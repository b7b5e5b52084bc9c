import type { DeliveryServices } from '../../src/delivery/ports.ts';

/** The process ends here. */
export class Crash extends Error {}

/** Lets the `fatal`-th step from now end the process, before the step takes effect or just after. */
export function fuse(fatal: number, when: 'before' | 'after') {
  const state = { steps: 0, blown: false };
  const guard = async <T>(step: () => Promise<T>): Promise<T> => {
    state.steps += 1;
    const mine = state.steps === fatal;
    if (state.blown || (mine && when === 'before')) {
      state.blown = true;
      throw new Crash();
    }
    const result = await step();
    if (mine) {
      state.blown = true;
      throw new Crash();
    }
    return result;
  };
  const spoil = (parts: DeliveryServices): DeliveryServices => {
    const { ledger, progress, pauses, queue, sender } = parts;
    return {
      ...parts,
      ledger: {
        ...ledger,
        set: (id, record) => guard(() => ledger.set(id, record)),
        replace: (id, known, record) => guard(() => ledger.replace(id, known, record)),
      },
      progress: {
        ...progress,
        set: (id, latest) => guard(() => progress.set(id, latest)),
        schedule: (guildId, state, now) => guard(() => progress.schedule(guildId, state, now)),
      },
      pauses: { ...pauses, pause: (...given) => guard(() => pauses.pause(...given)) },
      queue: {
        ...queue,
        enqueue: (entry) => guard(() => queue.enqueue(entry)),
        remove: (id) => guard(() => queue.remove(id)),
      },
      sender: {
        send: (order, maySend) => guard(() => sender.send(order, maySend)),
        find: (order, since) => guard(() => sender.find(order, since)),
      },
    };
  };
  return { state, spoil };
}
