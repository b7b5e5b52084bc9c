/** How often a bot may identify in a day (documentation: events/gateway, "Session Start Limit"). */
export const IDENTIFIES_PER_DAY = 1000;
/** How many guilds one shard may have (documentation: events/gateway, "Sharding"). */
export const GUILDS_PER_SHARD = 2500;
/** How many payloads a client may send in a minute (documentation: events/gateway, "Rate Limiting"). */
export const SENDS_PER_MINUTE = 120;
