import type { SandboxClock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Faults } from './rules/faults.ts';
import type { RateLimits } from './rules/rate-limits.ts';
import type { Files } from './world/files.ts';
import type { Interactions, InteractionTiming } from './world/interactions.ts';
import type { World } from './world/world.ts';

/** What the routes of one sandbox work with. */
export interface Parts {
  readonly world: World;
  readonly clock: SandboxClock;
  readonly files: Files;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly timing: InteractionTiming;
  readonly rateLimits: RateLimits;
  readonly faults: Faults;
  readonly counters: Counters;
  /** `127.0.0.1:PORT`, once the port is known. */
  readonly host: () => string;
  /** Starts another world, with a bot of its own, that begins at `at`, and answers its address. It ends with this one. */
  readonly another: (at: string) => Promise<string>;
  /** Resolves when neither the server nor the bot has anything in hand. */
  readonly settle: () => Promise<void>;
}
