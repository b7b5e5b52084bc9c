import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PAUSE_REASONS } from '../countdown/countdown.ts';
import type { OpenDocuments } from '../store/documents.ts';

/** What became of an occurrence. Written before the send and after it. */
export const recordSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('sending'),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    nonce: z.string().describe('The mark by which Discord knows it again'),
    at: z.string().describe('When it was first tried'),
  }),
  z.strictObject({
    state: z.literal('posted'),
    messageId: z.string().describe('The message'),
    at: z.string().describe('When it was posted'),
  }),
  z.strictObject({
    state: z.literal('waiting'),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    at: z.string().describe('When it was last tried, and surely not posted'),
  }),
  z.strictObject({
    state: z.literal('paused'),
    why: z.enum(PAUSE_REASONS).describe('Why it was refused'),
    at: z.string().describe('When it was refused'),
  }),
  z.strictObject({
    state: z.literal('skipped'),
    why: z.enum(['late', 'collapsed', 'gave-up', 'unsure']).describe('Why it was not posted'),
    at: z.string().describe('When that was decided'),
  }),
]);
export type LedgerRecord = z.output<typeof recordSchema>;

/** The record of every occurrence, by its key. A failed read or write throws. */
export interface Ledger {
  get(key: string): Promise<LedgerRecord | undefined>;
  set(key: string, record: LedgerRecord): Promise<void>;
  /** Erases the records of a countdown. */
  erase(countdownId: string): Promise<void>;
}

/**
 * The records of a countdown stand in one document, so that forgetting a server leaves none behind: keyv cannot look for
 * keys that begin alike. Only delivery writes them, and the posts of one countdown are made one after the other.
 */
export function openLedger(open: OpenDocuments): Ledger {
  const documents = open('ledger', z.record(z.string(), recordSchema));
  const countdownOf = (key: string) => key.slice(0, key.indexOf('/'));
  return {
    async get(key) {
      return (await documents.get(countdownOf(key)))?.[key];
    },
    async set(key, record) {
      const id = countdownOf(key);
      await documents.set(id, { ...(await documents.get(id)), [key]: record });
    },
    erase: (countdownId) => documents.delete(countdownId),
  };
}

/**
 * The nonce of an occurrence: made of its key alone, so that after a crash the same post bears the same nonce and Discord
 * returns the first message. 24 characters; Discord takes 25. Docs: "Message", create message, `enforce_nonce`.
 */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
