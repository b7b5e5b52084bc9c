import type { APIApplicationCommand, APIUser, UserFlags } from 'discord-api-types/v10';
import type { Clock } from '../../src/lib/clock.ts';
import { PRIVILEGED_INTENTS } from './application-flags.ts';
import type { EventBus } from './events.ts';
import { createSigningKey } from './signing-key.ts';
import { compareIds, nextSnowflake, snowflakeAt } from './snowflake.ts';
import type { Store } from './store.ts';
import type { ApplicationSettings, Channel, Guild, NonceUse, Settings, StoredMessage } from './types.ts';

/** Everything that exists in the simulated Discord. Held in memory, and saved to the store at each change. */
export interface World {
  readonly store: Store;
  /** Discord's clock. It may differ from the sandbox's. */
  readonly clock: Pick<Clock, 'now'>;
  readonly events: EventBus;
  /** The bot user. The application has the same id, as on Discord. */
  readonly bot: APIUser;
  /** What the bot shows under its name, as its newest session said; it is not saved. */
  readonly presence: { activity: string | null };
  readonly settings: Settings;
  readonly application: ApplicationSettings;
  readonly users: Map<string, APIUser>;
  readonly guilds: Map<string, Guild>;
  /** All channels by id: those of guilds, threads and direct messages. */
  readonly channels: Map<string, Channel>;
  readonly commands: Map<string, APIApplicationCommand>;
  /** Messages by channel, oldest first. */
  readonly messages: Map<string, Map<string, StoredMessage>>;
  /** The messages that were created with a nonce, by nonce. */
  readonly nonces: Map<string, NonceUse>;
  /** Returns a new id. It is greater than all earlier ids, also after a restart. */
  nextId(): string;
  /** Saves the time of the clock and the settings. */
  saveMeta(): void;
}

const NO_FLAGS = 0 as UserFlags;
const DEFAULT_SETTINGS: Settings = {
  nonceWindowSeconds: 300,
  clockSkewSeconds: 0,
  token: null,
  closedDirects: [],
  installedBy: [],
  pages: { privacy: null, terms: null },
  shards: null,
  maxConcurrency: 1,
  trueRetryAfter: false,
  privilegedIntents: [...PRIVILEGED_INTENTS],
  emptyReady: false,
};

/**
 * Ids are reserved in blocks, so that creating thousands of them is not as many writes. A millisecond has room for 2^22
 * ids, so a block that a crash leaves unused does not move ids into the future.
 */
const ID_BLOCK = 4096n;

/** What is saved of the world as a whole. */
interface SavedMeta {
  now: string;
  /** Ids up to this one may have been used. */
  reservedId: string;
  bot: string;
  /** Lacks new settings when an earlier version saved the world. */
  settings: Partial<Settings>;
  application?: ApplicationSettings;
}

/** Returns the time of the clock when the world was last saved; undefined when the store is new. */
export function loadSavedInstant(store: Store): Temporal.Instant | undefined {
  const [meta] = store.load<SavedMeta>('meta');
  return meta && Temporal.Instant.from(meta.now);
}

/** Creates a user. `name` is the display name, and, in lower case, the user name. A bot has only the user name. */
export function createUser(id: string, name: string, bot: boolean): APIUser {
  return {
    id,
    username: bot ? name : name.toLowerCase().replaceAll(/\s+/g, '_'),
    discriminator: bot ? '0001' : '0',
    global_name: bot ? null : name,
    avatar: null,
    bot,
    system: false,
    banner: null,
    accent_color: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** What a world works with, and the name of the bot user of a new world. */
interface WorldOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: EventBus;
  readonly botName: string;
}

/** Loads the world from the store. A new world has only the bot user. */
export function loadWorld({ store, clock, events, botName }: WorldOptions): World {
  const [meta] = store.load<SavedMeta>('meta');
  const byId = <T extends { id: string }>(entities: T[]) =>
    new Map(entities.sort((a, b) => compareIds(a.id, b.id)).map((entity) => [entity.id, entity]));

  const users = byId(store.load<APIUser>('user'));
  const guilds = byId(store.load<Guild>('guild'));
  const directs = store.load<Channel>('direct');
  const settings: Settings = { ...structuredClone(DEFAULT_SETTINGS), ...meta?.settings };
  const discordClock = { now: () => clock.now().add({ seconds: settings.clockSkewSeconds }) };
  const application = meta?.application ?? {
    signingKey: createSigningKey(),
    interactionsEndpointUrl: null,
    eventWebhooksUrl: null,
  };
  let lastId = BigInt(meta?.reservedId ?? snowflakeAt(discordClock.now().epochMilliseconds));

  let reservedId = lastId;
  const saveMeta = () => {
    reservedId = lastId + ID_BLOCK;
    const identity = { bot: bot.id, settings, application };
    const value: SavedMeta = { now: String(clock.now()), reservedId: String(reservedId), ...identity };
    store.save('meta', 'world', value);
  };
  const nextId = () => {
    lastId = nextSnowflake(lastId, discordClock.now().epochMilliseconds);
    if (lastId > reservedId) saveMeta();
    return String(lastId);
  };
  const savedBot = meta && users.get(meta.bot);
  const bot = savedBot ?? createUser(String(++lastId), botName, true);

  const world: World = {
    store,
    clock: discordClock,
    events,
    bot,
    presence: { activity: null },
    settings,
    application,
    users,
    guilds,
    channels: byId([...[...guilds.values()].flatMap((guild) => guild.channels), ...directs]),
    commands: byId(store.load<APIApplicationCommand>('command')),
    messages: new Map(),
    nonces: new Map(store.load<NonceUse>('nonce').map((use) => [use.key, use])),
    nextId,
    saveMeta,
  };
  const messages = store.load<StoredMessage>('message');
  for (const stored of messages.sort((a, b) => compareIds(a.message.id, b.message.id)))
    indexMessage(world, stored);
  if (!savedBot) saveUser(world, bot);
  saveMeta();
  return world;
}

/** Adds a message to the end of its channel, in memory only. */
export function indexMessage(world: World, stored: StoredMessage): void {
  const { id, channel_id } = stored.message;
  const channelMessages = world.messages.get(channel_id) ?? new Map<string, StoredMessage>();
  world.messages.set(channel_id, channelMessages.set(id, stored));
  const channel = world.channels.get(channel_id);
  if (channel && stored.onlyFor === null) channel.last_message_id = id;
}

/** Adds or updates a user. */
export function saveUser(world: World, user: APIUser): void {
  world.users.set(user.id, user);
  world.store.save('user', user.id, user);
}

/** Adds or updates a guild, with its channels, roles, members and events. */
export function saveGuild(world: World, guild: Guild): void {
  world.guilds.set(guild.id, guild);
  world.store.save('guild', guild.id, guild);
}

/** Adds or updates a direct message channel. */
export function saveDirectChannel(world: World, channel: Channel): void {
  world.channels.set(channel.id, channel);
  world.store.save('direct', channel.id, channel);
}
