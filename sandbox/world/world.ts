import type { APIApplicationCommand, APIUser, UserFlags } from 'discord-api-types/v10';
import type { Clock } from '../../src/lib/clock.ts';
import type { EventBus } from './events.ts';
import { createSigningKey } from './signing-key.ts';
import { compareIds, nextSnowflake, snowflakeAt } from './snowflake.ts';
import type { Store } from './store.ts';
import type { ApplicationSettings, Channel, Guild, NonceUse, Settings, StoredMessage } from './types.ts';

/** Everything that exists on Discord's side. Kept in memory, and written to the store at each change. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: EventBus;
  /** The application, and its bot user: they share an id, as on Discord. */
  readonly bot: APIUser;
  readonly settings: Settings;
  readonly application: ApplicationSettings;
  readonly users: Map<string, APIUser>;
  readonly guilds: Map<string, Guild>;
  /** Every channel by id, those of guilds included. */
  readonly channels: Map<string, Channel>;
  readonly commands: Map<string, APIApplicationCommand>;
  /** Messages by channel, oldest first. */
  readonly messages: Map<string, Map<string, StoredMessage>>;
  readonly nonces: Map<string, NonceUse>;
  /** A new id: greater than every id before it, also after a restart. */
  nextId(): string;
  /** Writes down where the clock stands, and the settings. */
  saveMeta(): void;
}

const NO_FLAGS = 0 as UserFlags;
const DEFAULT_SETTINGS: Settings = {
  nonceWindowSeconds: 300,
  token: null,
  closedDirects: [],
  installedBy: [],
  pages: { privacy: null, terms: null },
  shards: null,
  maxConcurrency: 1,
};

/**
 * Ids are reserved in blocks, so that not each of thousands made at once is a write. A millisecond has room for 2^22, so a
 * block that a crash leaves unused does not carry ids into the future.
 */
const ID_BLOCK = 4096n;

/** What is kept of the world as a whole. */
interface SavedMeta {
  now: string;
  /** No id up to this one is given out again. */
  reservedId: string;
  bot: string;
  /** A world that was kept by an earlier version may lack the newest. */
  settings: Partial<Settings>;
  application?: ApplicationSettings;
}

/** The instant at which a kept world stood when it was last written; undefined when the store is new. */
export function loadSavedInstant(store: Store): Temporal.Instant | undefined {
  const [meta] = store.load<SavedMeta>('meta');
  return meta && Temporal.Instant.from(meta.now);
}

/** A user of Discord. `name` is both the user name and the name that is shown. */
export function createUser(id: string, name: string, bot: boolean): APIUser {
  return {
    id,
    username: bot ? name : name.toLowerCase().replaceAll(/\s+/g, '_'),
    discriminator: bot ? '0001' : '0',
    global_name: bot ? null : name,
    avatar: null,
    bot,
    system: false,
    mfa_enabled: false,
    banner: null,
    accent_color: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** The world kept in `store`, or an empty one with nothing but the bot user `botName` in it. */
export function loadWorld(store: Store, clock: Clock, events: EventBus, botName: string): World {
  const [meta] = store.load<SavedMeta>('meta');
  const byId = <T extends { id: string }>(things: T[]) =>
    new Map(things.sort((a, b) => compareIds(a.id, b.id)).map((thing) => [thing.id, thing]));

  const users = byId(store.load<APIUser>('user'));
  const guilds = byId(store.load<Guild>('guild'));
  const directs = store.load<Channel>('direct');
  const settings: Settings = { ...structuredClone(DEFAULT_SETTINGS), ...meta?.settings };
  const application = meta?.application ?? {
    signingKey: createSigningKey(),
    interactionsEndpointUrl: null,
    eventWebhooksUrl: null,
  };
  let lastId = BigInt(meta?.reservedId ?? snowflakeAt(clock.now().epochMilliseconds));

  let reservedId = lastId;
  const save = () => {
    reservedId = lastId + ID_BLOCK;
    const about = { bot: bot.id, settings, application };
    const value: SavedMeta = { now: String(clock.now()), reservedId: String(reservedId), ...about };
    store.save('meta', 'world', value);
  };
  const nextId = () => {
    lastId = nextSnowflake(lastId, clock.now().epochMilliseconds);
    if (lastId > reservedId) save();
    return String(lastId);
  };
  const kept = meta && users.get(meta.bot);
  const bot = kept ?? createUser(String(++lastId), botName, true);

  const world: World = {
    store,
    clock,
    events,
    bot,
    settings,
    application,
    users,
    guilds,
    channels: byId([...[...guilds.values()].flatMap((guild) => guild.channels), ...directs]),
    commands: byId(store.load<APIApplicationCommand>('command')),
    messages: new Map(),
    nonces: new Map(store.load<NonceUse>('nonce').map((use) => [use.key, use])),
    nextId,
    saveMeta: save,
  };
  const messages = store.load<StoredMessage>('message');
  for (const stored of messages.sort((a, b) => compareIds(a.message.id, b.message.id)))
    indexMessage(world, stored);
  if (!kept) saveUser(world, bot);
  save();
  return world;
}

/** Puts a message into memory, at the end of its channel. */
export function indexMessage(world: World, stored: StoredMessage): void {
  const { id, channel_id } = stored.message;
  const inChannel = world.messages.get(channel_id) ?? new Map<string, StoredMessage>();
  world.messages.set(channel_id, inChannel.set(id, stored));
  const channel = world.channels.get(channel_id);
  if (channel && stored.onlyFor === null) channel.last_message_id = id;
}

/** Adds or changes a user. */
export function saveUser(world: World, user: APIUser): void {
  world.users.set(user.id, user);
  world.store.save('user', user.id, user);
}

/** Adds or changes a guild, with all that is in it. */
export function saveGuild(world: World, guild: Guild): void {
  world.guilds.set(guild.id, guild);
  world.store.save('guild', guild.id, guild);
}

/** Adds or changes a direct message channel. */
export function saveDirectChannel(world: World, channel: Channel): void {
  world.channels.set(channel.id, channel);
  world.store.save('direct', channel.id, channel);
}
