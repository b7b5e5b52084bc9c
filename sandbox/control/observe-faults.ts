import { type ObservedFaults, observeFaults } from '../rules/fault-reactions.ts';
import { createFaultInjector } from '../rules/faults.ts';
import type { World } from '../world/world.ts';

/**
 * Creates a fault injector that tells the listeners of the world whenever a rule fires or the bot reacts. `now` returns
 * milliseconds of real time.
 */
export function createObservedFaults({ events }: World, now: () => number): ObservedFaults {
  const onChange = () => events.emit({ t: 'SANDBOX_FAULTS', guild: null, d: null, hidden: true });
  const faults = observeFaults(createFaultInjector(), { now, onChange });
  events.subscribe(({ t, d }) => {
    if (t === 'SANDBOX_SESSION') faults.noteSession((d as { did: 'resumed' | 'identified' }).did);
  });
  return faults;
}
