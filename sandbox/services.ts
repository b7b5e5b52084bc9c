import type { SandboxClock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Notices } from './notices.ts';
import type { ActionLimits } from './rules/action-limits.ts';
import type { ObservedFaults } from './rules/fault-reactions.ts';
import type { RateLimiter } from './rules/rate-limits.ts';
import type { FileStore } from './world/files.ts';
import type { InteractionRegistry, InteractionTiming } from './world/interactions.ts';
import type { World } from './world/world.ts';

/** What the routes of one sandbox work with. */
export interface Services {
  readonly world: World;
  readonly clock: SandboxClock;
  readonly files: FileStore;
  readonly gateway: Gateway;
  readonly interactions: InteractionRegistry;
  readonly timing: InteractionTiming;
  readonly rateLimits: RateLimiter;
  readonly actionLimits: ActionLimits;
  readonly faults: ObservedFaults;
  readonly counters: Counters;
  readonly notices: Notices;
  /** Returns `127.0.0.1:PORT`, once the port is known. */
  readonly host: () => string;
  /**
   * Starts a second sandbox with a bot of its own, whose clock starts at `at`. Returns its URL. It stops with this sandbox,
   * or when the next one is started.
   */
  readonly startSecondSandbox: (at: string) => Promise<string>;
  /** Resolves when neither the server nor the bot has anything to do. */
  readonly waitUntilIdle: () => Promise<void>;
}
