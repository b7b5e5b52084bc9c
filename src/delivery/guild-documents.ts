import { type GuildCountdowns, guildCountdownsSchema } from '../countdown/guild-document.ts';
import type { OpenDocuments } from '../store/documents.ts';

/** The document of each owner (a server or a person): countdowns, events and defaults. Only commands and event sync write it. */
export interface GuildDocuments {
  /** Returns the document, an empty one if nothing is stored. */
  read(ownerId: string): Promise<GuildCountdowns>;
  /** Stores the document; deletes it if it is empty. */
  write(ownerId: string, document: GuildCountdowns): Promise<void>;
  delete(ownerId: string): Promise<void>;
  /** Yields the ids of all owners. */
  ownerIds(): AsyncIterable<string>;
}

const EMPTY: GuildCountdowns = { countdowns: [] };

/** Whether a document holds nothing that a server or person asked for. */
export const isEmpty = ({
  countdowns,
  removed = [],
  defaults,
  events = [],
  silenceNoticesOff,
  picturesOff,
}: GuildCountdowns) =>
  countdowns.length === 0 &&
  removed.length === 0 &&
  events.length === 0 &&
  !defaults &&
  !silenceNoticesOff &&
  !picturesOff;

/** Opens the documents of all owners. */
export function createGuildDocuments(open: OpenDocuments): GuildDocuments {
  const documents = open('countdowns', guildCountdownsSchema);
  return {
    read: async (ownerId) => (await documents.get(ownerId)) ?? EMPTY,
    write: (ownerId, document) =>
      isEmpty(document) ? documents.delete(ownerId) : documents.set(ownerId, document),
    delete: (ownerId) => documents.delete(ownerId),
    ownerIds: () => documents.ids(),
  };
}
