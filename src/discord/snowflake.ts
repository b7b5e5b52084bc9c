/** Ids of Discord's hold the instant at which they were made: docs "Reference", snowflakes. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
const INSTANT_AFTER_BITS = 22n;

/** The smallest id of a thing made at an instant. */
export function snowflakeAt(instant: Temporal.Instant): string {
  const ms = Math.max(0, instant.epochMilliseconds - DISCORD_EPOCH_MS);
  return (BigInt(ms) << INSTANT_AFTER_BITS).toString();
}

/** When the thing of that id was made. */
export function instantOf(id: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number(BigInt(id) >> INSTANT_AFTER_BITS) + DISCORD_EPOCH_MS);
}
