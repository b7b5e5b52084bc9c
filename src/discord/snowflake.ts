import { DiscordSnowflake } from '@sapphire/snowflake';

/** Returns the smallest id of anything created at an instant or later. Docs: "Reference", snowflakes. */
export function smallestIdAt(instant: Temporal.Instant): string {
  const timestamp = Math.max(instant.epochMilliseconds, Number(DiscordSnowflake.epoch));
  return DiscordSnowflake.generate({ timestamp, increment: 0n, processId: 0n, workerId: 0n }).toString();
}

/** Returns when the thing of that id was created. */
export function createdAt(id: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(DiscordSnowflake.timestampFrom(id));
}
