import type { z } from 'zod';
import { progressSchema } from '../countdown/countdown.ts';
import { guildCountdownsSchema } from '../countdown/guild-document.ts';
import { changeSchema } from '../delivery/channel-pauses.ts';
import { ledgerSchema } from '../delivery/ledger.ts';
import type { OpenDocuments } from '../store/documents.ts';

/** The documents that are stored about an owner: under the owner's own id, or under the ids of the owner's countdowns. */
export const OWNED = {
  countdowns: { under: 'owner', schema: guildCountdownsSchema },
  progress: { under: 'countdown', schema: progressSchema },
  ledger: { under: 'countdown', schema: ledgerSchema },
  changes: { under: 'owner', schema: changeSchema },
} as const satisfies Record<string, { under: 'owner' | 'countdown'; schema: z.ZodType }>;

export type OwnedKind = keyof typeof OWNED;

/** A document as it is stored. */
export interface OwnerData {
  kind: OwnedKind;
  id: string;
  document: unknown;
}

/** Everything that is stored about one owner; empty where nothing is. */
export type ReadOwnerData = (owner: string) => Promise<OwnerData[]>;

export function createOwnerDataReader(open: OpenDocuments): ReadOwnerData {
  const orders = open('countdowns', guildCountdownsSchema);
  const kinds = Object.entries(OWNED).map(([kind, { under, schema }]) => ({
    kind: kind as OwnedKind,
    under,
    documents: open<unknown>(kind, schema),
  }));
  return async (owner) => {
    const countdowns = (await orders.get(owner))?.countdowns ?? [];
    const found: OwnerData[] = [];
    for (const { kind, under, documents } of kinds) {
      for (const id of under === 'owner' ? [owner] : countdowns.map((one) => one.id)) {
        const document = await documents.get(id);
        if (document !== undefined) found.push({ kind, id, document });
      }
    }
    return found;
  };
}
