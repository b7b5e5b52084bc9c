/** The start of 2015, from which Discord counts (documentation: reference, "Snowflakes"). */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Returns the lowest id for something created at `ms` (Unix time in milliseconds). */
export function snowflakeAt(ms: number): bigint {
  const since = BigInt(ms) - DISCORD_EPOCH_MS;
  // There are no ids before 2015: the counter alone keeps them in order then.
  return since > 0n ? since << 22n : 0n;
}

/** Returns when an id was created, as Unix time in milliseconds. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS);
}

/** Returns an id for something created at `ms`. It is always greater than `last`. */
export function nextSnowflake(last: bigint, ms: number): bigint {
  const lowest = snowflakeAt(ms);
  return lowest > last ? lowest : last + 1n;
}

/** Returns the shard that receives the events of a guild (documentation: events/gateway, "Sharding"). */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

/** Compares ids for sorting from oldest to newest. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
