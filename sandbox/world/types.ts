import type {
  APIGuildMember,
  APIGuildScheduledEvent,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
  ChannelType,
} from 'discord-api-types/v10';
import type { SigningKey } from './signing-key.ts';

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
  /** Of a thread: the channel it is in, how it stands, and since when it is archived or open. */
  readonly thread?: { readonly parent: string; archived: boolean; locked: boolean; since: string };
  /** A private channel between users, where the bot is known only as an app that a user installed. */
  readonly private?: true;
}

export interface Guild {
  readonly id: string;
  name: string;
  readonly owner_id: string;
  preferred_locale: string;
  /** When the bot joined; null while it is not a member. */
  joined_at: string | null;
  /** An outage: the guild exists, but Discord cannot serve it at the moment. */
  unavailable: boolean;
  roles: APIRole[];
  channels: Channel[];
  members: APIGuildMember[];
  events: APIGuildScheduledEvent[];
}

/** A message, and what only the sandbox knows about it. */
export interface StoredMessage {
  /** As Discord serves it. */
  message: APIMessage;
  /** The JSON as the bot sent it, before Discord filled in anything. */
  request: unknown;
  /** Whom an ephemeral message is for; null when it stands in the channel for all. */
  readonly onlyFor: string | null;
}

/** What a nonce led to, and when, in milliseconds of the sandbox's clock. */
export interface NonceUse {
  readonly key: string;
  readonly channel: string;
  readonly message: string;
  readonly at: number;
}

/** What a script may set about Discord itself. */
export interface Settings {
  nonceWindowSeconds: number;
  /** The one right token; null takes any that is not "bad" or "invalid". */
  token: string | null;
  /** Who takes no direct messages, by ids. */
  closedDirects: string[];
  /** Who has installed the app for themselves, by ids. */
  installedBy: string[];
  /** The application's pages, as its owner names them in the developer portal. */
  pages: { privacy: string | null; terms: string | null };
  /** How many shards Discord advises; null is what the number of servers asks for. */
  shards: number | null;
  /** How many shards may identify at once. */
  maxConcurrency: number;
}

/** What an application has in Discord's developer portal. */
export interface ApplicationSettings {
  readonly signingKey: SigningKey;
  /** Where interactions are sent; null: over the gateway. */
  interactionsEndpointUrl: string | null;
  /** Where webhook events are sent; null: nowhere. */
  eventWebhooksUrl: string | null;
}
