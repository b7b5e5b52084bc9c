import type { z } from 'zod';
import { contactSchema, silencesSchema } from '../countdown/contact.ts';
import { progressSchema } from '../countdown/countdown.ts';
import { departureSchema } from '../countdown/departure.ts';
import { guildCountdownsSchema } from '../countdown/guild-document.ts';
import { isPerson, userIdOf } from '../countdown/owner.ts';
import { changeSchema } from '../delivery/channel-pauses.ts';
import { type Contacts, createContacts } from '../delivery/contacts.ts';
import { ledgerSchema } from '../delivery/ledger.ts';
import type { OpenDocuments } from '../store/documents.ts';

/** The documents about an owner, stored by the owner's id or by the ids of the owner's countdowns. */
export const OWNED = {
  countdowns: { under: 'owner', schema: guildCountdownsSchema },
  progress: { under: 'countdown', schema: progressSchema },
  ledger: { under: 'countdown', schema: ledgerSchema },
  contacts: { under: 'countdown', schema: contactSchema },
  changes: { under: 'owner', schema: changeSchema },
  departures: { under: 'owner', schema: departureSchema },
  silences: { under: 'owner', schema: silencesSchema },
} as const satisfies Record<string, { under: 'owner' | 'countdown'; schema: z.ZodType }>;

/** The name of a kind of document about an owner. */
export type OwnedKind = keyof typeof OWNED;

/** A stored document. */
export interface OwnerData {
  kind: OwnedKind;
  id: string;
  document: unknown;
}

/** Returns everything that is stored about an owner; empty where nothing is. */
export type ReadOwnerData = (ownerId: string) => Promise<OwnerData[]>;

/** Returns a reader of owners' data. */
export function createOwnerDataReader(open: OpenDocuments): ReadOwnerData {
  const guilds = open('countdowns', guildCountdownsSchema);
  const contacts = createContacts(open);
  const kinds = Object.entries(OWNED).map(([kind, { under, schema }]) => ({
    kind: kind as OwnedKind,
    under,
    documents: open<unknown>(kind, schema),
  }));
  return async (ownerId) => {
    const { countdowns: orders = [], removed = [] } = (await guilds.get(ownerId)) ?? {};
    const countdowns = [...orders, ...removed.map(({ countdown }) => countdown)];
    const stored: OwnerData[] = [];
    for (const { kind, under, documents } of kinds) {
      for (const id of under === 'owner' ? [ownerId] : countdowns.map((countdown) => countdown.id)) {
        const document = await documents.get(id);
        if (document !== undefined) stored.push({ kind, id, document });
      }
    }
    return [...stored, ...(await readContacts(contacts, ownerId))];
  };
}

/** Returns what is stored about a person under the countdowns that they added in servers. */
async function readContacts(contacts: Contacts, ownerId: string): Promise<OwnerData[]> {
  if (!isPerson(ownerId)) return [];
  const added = await Array.fromAsync(contacts.ofPerson(userIdOf(ownerId)));
  return added.map(({ countdownId, contact }) => ({ kind: 'contacts', id: countdownId, document: contact }));
}
