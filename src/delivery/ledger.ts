import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Documents, OpenDocuments } from '../store/documents.ts';

/** What became of an occurrence. Written before the send and after it. */
export const recordSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('sending'),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    nonce: z.string().describe('The mark by which Discord knows it again'),
    at: z.string().describe('When it was last tried'),
  }),
  z.strictObject({
    state: z.literal('posted'),
    messageId: z.string().describe('The message'),
    at: z.string().describe('When it was posted'),
  }),
  z.strictObject({
    state: z.literal('skipped'),
    why: z.enum(['late', 'collapsed', 'gave-up', 'unsure']).describe('Why it was not posted'),
    at: z.string().describe('When that was decided'),
  }),
]);
export type LedgerRecord = z.output<typeof recordSchema>;

/** The record of every occurrence, by its key. */
export type Ledger = Documents<LedgerRecord>;

export const openLedger = (open: OpenDocuments): Ledger => open('ledger', recordSchema);

/**
 * The nonce of an occurrence: made of its key alone, so that after a crash the same post bears the same nonce and Discord
 * returns the first message. 24 characters; Discord takes 25. Docs: "Message", create message, `enforce_nonce`.
 */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
