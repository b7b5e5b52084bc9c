/** The first second of 2015, from which Discord counts (documentation: reference, "Snowflakes"). */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** The lowest id that something made at `ms` (Unix time in milliseconds) can have. */
export function snowflakeAt(ms: number): bigint {
  const since = BigInt(ms) - DISCORD_EPOCH_MS;
  // Before 2015 there are no ids; the counter alone keeps them in order then.
  return since > 0n ? since << 22n : 0n;
}

/** When the thing with this id was made, as Unix time in milliseconds. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS);
}

/** The id after `last` for something made at `ms`: always greater than `last`, however many fall into one millisecond. */
export function nextSnowflake(last: bigint, ms: number): bigint {
  const lowest = snowflakeAt(ms);
  return lowest > last ? lowest : last + 1n;
}

/** Which shard hears of a guild (documentation: events/gateway, "Sharding"). */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

/** Orders ids from oldest to newest. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
