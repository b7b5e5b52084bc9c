import { setTimeout as delay } from 'node:timers/promises';
import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import type { Logger } from 'pino';
import { createLogLimit } from '../lib/log-limit.ts';
import { isDocumented } from './gateway-payload.ts';
import { createReconnectDelay } from './reconnect-delay.ts';

/** Creates the strategy by which discord.js runs its shards. */
type BuildStrategy = NonNullable<WebSocketOptions['buildStrategy']>;

/** What a guarded shard needs. */
export interface ShardGuardOptions {
  /** Once it aborts, no shard connects again. */
  signal: AbortSignal;
  log: Logger;
}

/** The methods of discord.js's shard that are guarded. They are private there, and tests notice a change. */
interface Shard {
  on(event: 'ready' | 'resumed', listener: () => void): unknown;
  internalConnect(): Promise<void>;
  unpackMessage(data: unknown, isBinary: boolean): Promise<unknown>;
}

/**
 * Returns discord.js's own strategy with guarded shards: they connect again with back-off, and ignore payloads that are not as
 * documented. discord.js would throw on those, and end the process.
 */
export function createGuardedStrategy(options: ShardGuardOptions): BuildStrategy {
  return (manager) => new GuardedStrategy(manager, options);
}

class GuardedStrategy extends SimpleShardingStrategy {
  readonly #options: ShardGuardOptions;
  readonly #isLogged = createLogLimit();

  constructor(manager: Parameters<BuildStrategy>[0], options: ShardGuardOptions) {
    super(manager);
    this.#options = options;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    const shards = Reflect.get(this, 'shards') as ReadonlyMap<number, Shard>;
    for (const shard of shards.values()) {
      delayConnections(shard, this.#options.signal);
      this.#checkPayloads(shard);
    }
  }

  #checkPayloads(shard: Shard): void {
    const { log } = this.#options;
    const unpack = shard.unpackMessage.bind(shard);
    const ignore = (payload: unknown) => {
      // A flood of them must not fill the log.
      if (this.#isLogged())
        log.warn({ event: nameOf(payload) }, 'gateway payload is not as documented, ignored');
      return null;
    };
    shard.unpackMessage = async (data, isBinary) => {
      try {
        const payload = await unpack(data, isBinary);
        // Null is what the library itself ignores.
        return payload === null || isDocumented(payload) ? payload : ignore(payload);
      } catch {
        return ignore(undefined);
      }
    };
  }
}

/** Before each attempt but the first, the shard waits. */
function delayConnections(shard: Shard, signal: AbortSignal): void {
  const attempts = createReconnectDelay();
  const connect = shard.internalConnect.bind(shard);
  for (const event of ['ready', 'resumed'] as const) shard.on(event, attempts.connected);
  shard.internalConnect = async () => {
    const delayMs = attempts.next();
    if (delayMs > 0) await delay(delayMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted) await connect();
  };
}

/** The name of a dispatch, cut short: it may be anything. */
function nameOf(payload: unknown): string | undefined {
  const name = (payload as { t?: unknown } | null | undefined)?.t;
  return typeof name === 'string' ? name.slice(0, 50) : undefined;
}
