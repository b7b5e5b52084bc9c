/** Some instant of 2024 as a snowflake's upper bits: ids look like Discord's, and are the same in every run. */
const FIRST = 1_200_000_000_000_000_000n >> 22n;

/** The one application that all bots of the bench are: each has its own token, and only one at a time uses a database. */
export const APPLICATION = '1100000000000000001';

/** The id of the n-th server. Ids of the n-th differ above the 22 bits that Discord's sharding leaves out. */
export const guildId = (n: number): string => String((FIRST + BigInt(n)) << 22n);

/** The id of the k-th thing in a server: channels, roles. */
export const idWithin = (guild: string, k: number): string => String(BigInt(guild) + BigInt(k));

/** Which shard hears of the n-th server (documentation: events/gateway, "Sharding"). */
export const shardOf = (n: number, shards: number): number => Number((FIRST + BigInt(n)) % BigInt(shards));

/** The id of a command: made of its name, so that it is the same for every bot. */
export const commandId = (name: string): string =>
  String([...name].reduce((id, letter) => id * 31n + BigInt(letter.charCodeAt(0)), 1n) + BigInt(APPLICATION));
