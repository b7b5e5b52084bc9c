import type {
  APIGuildMember,
  APIGuildScheduledEvent,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
  ChannelType,
} from 'discord-api-types/v10';
import type { PrivilegedIntent } from './application-flags.ts';
import type { SigningKey } from './signing-key.ts';

/** What a thread has beside other channels. */
export interface Thread {
  /** The id of its parent channel. */
  readonly parent: string;
  archived: boolean;
  locked: boolean;
  /** Since when it is archived or open. */
  since: string;
  /** Whether the bot was added to it. A private thread is closed to a bot that was not. */
  hasBot?: boolean;
}

/** A channel of a guild, or a direct message. Field names are those of Discord's channel object. */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  /** Null in a direct message. */
  readonly guild_id: string | null;
  name: string;
  topic: string | null;
  readonly position: number;
  permission_overwrites: APIOverwrite[];
  last_message_id: string | null;
  /** Who a direct message is with; null in a guild. */
  readonly recipient: APIUser | null;
  /** Only of a thread. */
  readonly thread?: Thread;
  /** Set for a private channel between users, where the bot is only an app that a user has installed. */
  readonly private?: true;
}

/** A server. Field names are those of Discord's guild object. */
export interface Guild {
  readonly id: string;
  name: string;
  readonly owner_id: string;
  preferred_locale: string;
  /** When the bot joined; null while it is not a member. */
  joined_at: string | null;
  /** Whether an outage makes the guild unavailable. */
  unavailable: boolean;
  roles: APIRole[];
  channels: Channel[];
  members: APIGuildMember[];
  events: APIGuildScheduledEvent[];
}

/** A message, with what only the sandbox knows of it. */
export interface StoredMessage {
  /** Discord's message object. */
  message: APIMessage;
  /** The JSON that the bot sent. */
  request: unknown;
  /** The id of the user who sees an ephemeral message; null when everybody sees it. */
  readonly onlyFor: string | null;
}

/** The message that was created with a nonce, and when, in milliseconds of the sandbox's clock. */
export interface NonceUse {
  readonly key: string;
  readonly channel: string;
  readonly message: string;
  readonly at: number;
}

/** What a script can set about the simulated Discord. */
export interface Settings {
  /** How long a nonce is remembered, in seconds of the sandbox's clock. */
  nonceWindowSeconds: number;
  /** By how many seconds Discord's clock is ahead of the sandbox's, by which the bot in it runs. */
  clockSkewSeconds: number;
  /** The only valid token; null accepts any but "bad" and "invalid". */
  token: string | null;
  /** The ids of users who accept no direct messages. */
  closedDirects: string[];
  /** The ids of users who have installed the app for themselves. */
  installedBy: string[];
  /** The URLs of the application's pages, as set in the developer portal. */
  pages: { privacy: string | null; terms: string | null };
  /** The recommended number of shards; null derives it from the number of servers. */
  shards: number | null;
  /** How many shards may identify at once. */
  maxConcurrency: number;
  /** Whether `Retry-After` of the limit on publishing states the true wait. */
  trueRetryAfter: boolean;
  /** The privileged intents that are switched on in the developer portal. */
  privilegedIntents: readonly PrivilegedIntent[];
  /** Whether READY lists no guilds, as in an incident. */
  emptyReady: boolean;
}

/** The application's settings in Discord's developer portal. */
export interface ApplicationSettings {
  readonly signingKey: SigningKey;
  /** Where interactions are sent; null sends them over the gateway. */
  interactionsEndpointUrl: string | null;
  /** Where webhook events are sent; null sends none. */
  eventWebhooksUrl: string | null;
}
