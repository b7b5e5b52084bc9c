/** An instant of 2024 as the upper bits of a snowflake: ids look like Discord's and are the same in every run. */
const FIRST = 1_200_000_000_000_000_000n >> 22n;

/** The application of all bots in the bench. Each has its own token and its own database. */
export const APPLICATION = '1100000000000000001';

/** Returns the id of the n-th server. Ids differ above the 22 bits that Discord's sharding ignores. */
export const guildId = (n: number): string => String((FIRST + BigInt(n)) << 22n);

/** Returns the id of the k-th channel or role in a server. */
export const idWithin = (guild: string, k: number): string => String(BigInt(guild) + BigInt(k));

/** Returns the shard of the n-th server. Docs: "Gateway", sharding. */
export const shardOf = (n: number, shards: number): number => Number((FIRST + BigInt(n)) % BigInt(shards));

/** Returns the id of a command, computed from its name, so that it is the same for every bot. */
export const commandId = (name: string): string =>
  String([...name].reduce((id, letter) => id * 31n + BigInt(letter.charCodeAt(0)), 1n) + BigInt(APPLICATION));
