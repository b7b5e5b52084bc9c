import type { Facts } from '../facts/snapshot.ts';
import type { Store } from '../store/store.ts';
import { type ChannelPauses, createChannelPauses } from './channel-pauses.ts';
import { type Contacts, createContacts } from './contacts.ts';
import { type CountdownRepository, createCountdownRepository } from './countdown-repository.ts';
import { createDepartures, type DepartureRepository } from './departures.ts';
import { createEventRepository, type EventRepository } from './event-repository.ts';
import { createGuildDocuments } from './guild-documents.ts';
import { createGuildSettings, type GuildSettings } from './guild-settings.ts';
import { createProgressRepository, type ProgressRepository } from './progress-repository.ts';
import { createRemovals, type Removals } from './removals.ts';

/** The repositories of countdowns and events, by who writes them. */
export interface Repositories {
  countdowns: CountdownRepository;
  settings: GuildSettings;
  progress: ProgressRepository;
  pauses: ChannelPauses;
  events: EventRepository;
  departures: DepartureRepository;
  contacts: Contacts;
  removals: Removals;
}

/** Creates all repositories on one store. `facts` returns the current facts. */
export function createRepositories(
  store: Pick<Store, 'open' | 'queue' | 'withLock'>,
  facts: () => Facts,
): Repositories {
  const { open, queue, withLock } = store;
  const guilds = createGuildDocuments(open);
  const progress = createProgressRepository(store, facts);
  const pauses = createChannelPauses(store, guilds, progress, facts);
  const departures = createDepartures({ open, guilds, queue, withLock, facts });
  const contacts = createContacts(open);
  const parts = { guilds, progress, pauses, departures, contacts, queue, withLock, facts };
  return {
    countdowns: createCountdownRepository(parts),
    settings: createGuildSettings(guilds, contacts, withLock),
    progress,
    pauses,
    events: createEventRepository({ guilds, queue, withLock, facts }),
    departures,
    contacts,
    removals: createRemovals(parts),
  };
}
