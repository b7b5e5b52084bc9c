import { z } from 'zod';
import { registrationSchema } from '../interactions/register-commands.ts';
import { identitySchema } from '../store/database-owner.ts';
import { type Field, fieldsOf } from './fields.ts';
import { OWNED, type OwnedKind } from './owner-data.ts';

/** An entry of the due queue: a row of its own table, not a document. */
const dueSchema = z.strictObject({
  id: z.string().describe('The countdown, the event, or the check or message that is due for a server'),
  guild: z.string().describe('The server, or the person whose reminder it is'),
  at: z.number().describe('When it is to be processed next'),
  release: z.string().describe('The release that is counted to'),
  basis: z.string().describe('A fingerprint of the facts from which that was computed'),
});

/** The counter of a SQLite file: a table of one row. */
const commitsSchema = z.strictObject({
  one: z.literal(1).describe('The number of the only row'),
  count: z.number().describe('How often the database was changed, to notice changes that were lost'),
});

const ABOUT_OWNERS = {
  countdowns: OWNED.countdowns.schema,
  progress: OWNED.progress.schema,
  ledger: OWNED.ledger.schema,
  contacts: OWNED.contacts.schema,
  changes: OWNED.changes.schema,
  departures: OWNED.departures.schema,
  silences: OWNED.silences.schema,
} satisfies Record<OwnedKind, z.ZodType>;
const ABOUT_THE_BOT = { identity: identitySchema, registration: registrationSchema };

/** The schema of each kind of document. */
export const DOCUMENTS: Readonly<Record<string, z.ZodType>> = { ...ABOUT_OWNERS, ...ABOUT_THE_BOT };

const SCHEMAS = { ...ABOUT_OWNERS, due: dueSchema, ...ABOUT_THE_BOT, commits: commitsSchema };

/** The name of a kind of stored data. */
export type Kind = keyof typeof SCHEMAS;

/** Returns everything that the bot stores, kind by kind, from the schemas that parse it. */
export function storedKinds(): { kind: Kind; fields: Field[] }[] {
  return Object.entries(SCHEMAS).map(([kind, schema]) => ({ kind: kind as Kind, fields: fieldsOf(schema) }));
}
