import type { ActiveFaultRule, FaultInjector } from './faults.ts';

/** What the bot did after a fault: the same request again, or a new session of the gateway. */
export interface FaultReaction {
  readonly did: 'retried' | 'resumed' | 'identified';
  /** Seconds of real time since the fault. */
  readonly after: number;
  /** The status of the response to the request; null until there is one, and for sessions. */
  readonly status: number | null;
}

/** A rule, and the reaction to its newest fault; null while there is none. */
export type ObservedFaultRule = ActiveFaultRule & { readonly reaction: FaultReaction | null };

/** A fault injector that also knows how the bot reacts. */
export interface ObservedFaults extends FaultInjector {
  listRules(): readonly ObservedFaultRule[];
  /** Must be called with the status of every response. */
  noteResponse(method: string, path: string, status: number): void;
  /** Must be called whenever a session of the gateway begins or is resumed. */
  noteSession(did: 'resumed' | 'identified'): void;
}

/** How faults are observed. */
export interface ObserverOptions {
  /** Returns milliseconds of real time. */
  readonly now: () => number;
  /** Called whenever a rule fires, or a reaction is seen. */
  readonly onChange: () => void;
}

/** A fault whose reaction is not complete. */
interface Pending {
  readonly rule: ActiveFaultRule;
  readonly at: number;
  /** Whether the request that met the fault has its response. */
  ended: boolean;
}

/** The key under which a fault of the gateway waits. It is the path of no request. */
const GATEWAY = 'gateway';

/** Observes a fault injector: the next request with the same method and path after a fault is the bot's reaction. */
export function observeFaults(faults: FaultInjector, { now, onChange }: ObserverOptions): ObservedFaults {
  const pending = new Map<string, Pending>();
  const reactions = new Map<ActiveFaultRule, FaultReaction>();
  const react = ({ rule, at }: Pending, did: FaultReaction['did'], status: number | null) => {
    reactions.set(rule, { did, after: (now() - at) / 1000, status });
    onChange();
  };
  /** Runs something, and lets the rules that fired meanwhile wait for a reaction. */
  const watch = <T>(key: string, run: () => T): T => {
    const before = new Map(faults.listRules().map((rule) => [rule, rule.fired]));
    const result = run();
    for (const rule of faults.listRules()) {
      if (rule.fired <= (before.get(rule) ?? 0)) continue;
      pending.set(key, { rule, at: now(), ended: false });
      reactions.delete(rule);
      onChange();
    }
    return result;
  };
  return {
    ...faults,
    setRules(rules, execute) {
      pending.clear();
      reactions.clear();
      watch(GATEWAY, () => faults.setRules(rules, execute));
    },
    match(method, path) {
      const key = `${method} ${path}`;
      const waiting = pending.get(key);
      if (waiting) react(waiting, 'retried', null);
      return watch(key, () => faults.match(method, path));
    },
    noteResponse(method, path, status) {
      const key = `${method} ${path}`;
      const waiting = pending.get(key);
      const reaction = waiting && reactions.get(waiting.rule);
      if (!waiting) return;
      if (!waiting.ended || !reaction) {
        waiting.ended = true;
        return;
      }
      pending.delete(key);
      reactions.set(waiting.rule, { ...reaction, status });
      onChange();
    },
    noteSession(did) {
      const waiting = pending.get(GATEWAY);
      if (!waiting) return;
      pending.delete(GATEWAY);
      react(waiting, did, null);
    },
    listRules: () => faults.listRules().map((rule) => ({ ...rule, reaction: reactions.get(rule) ?? null })),
  };
}
