import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PAUSE_REASONS } from '../countdown/countdown.ts';
import type { OpenDocuments } from '../store/documents.ts';

const STATE = 'What became of the post';

/** What became of an occurrence. Written before the send and after it. */
export const recordSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('sending').describe(STATE),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    nonce: z.string().describe('The mark by which Discord knows it again'),
    at: z.string().describe('When it was first tried'),
    channels: z.array(z.string()).optional().describe('Where it was tried'),
  }),
  z.strictObject({
    state: z.literal('posted').describe(STATE),
    messageId: z.string().describe('The message'),
    at: z.string().describe('When it was posted'),
    channelId: z.string().optional().describe('Where it stands'),
    publish: z
      .enum(['open', 'done', 'failed'])
      .optional()
      .describe('Whether it went on to those who follow the channel'),
  }),
  z.strictObject({
    state: z.literal('waiting').describe(STATE),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    at: z.string().describe('When it was last tried, and surely not posted'),
  }),
  z.strictObject({
    state: z.literal('paused').describe(STATE),
    why: z.enum(PAUSE_REASONS).describe('Why it was refused'),
    at: z.string().describe('When it was refused'),
  }),
  z.strictObject({
    state: z.literal('skipped').describe(STATE),
    why: z.enum(['late', 'collapsed', 'gave-up', 'unsure', 'rejected']).describe('Why it was not posted'),
    at: z.string().describe('When that was decided'),
  }),
]);
export type LedgerRecord = z.output<typeof recordSchema>;

/** The records of one countdown. */
export const ledgerSchema = z.record(
  z.string().describe('Which post: the countdown, the milestone and the date counted to'),
  recordSchema,
);

/** The record of every occurrence, by its key. A failed read or write throws. */
export interface Ledger {
  get(key: string): Promise<LedgerRecord | undefined>;
  set(key: string, record: LedgerRecord): Promise<void>;
  /** All records of a countdown, by key. */
  all(countdownId: string): Promise<Readonly<Record<string, LedgerRecord>>>;
  /** Erases the records of a countdown. */
  erase(countdownId: string): Promise<void>;
}

/**
 * The records of a countdown stand in one document, so that forgetting a server leaves none behind: keyv cannot look for
 * keys that begin alike. Only delivery writes them, and the posts of one countdown are made one after the other.
 */
export function createLedger(open: OpenDocuments): Ledger {
  const documents = open('ledger', ledgerSchema);
  const countdownOf = (key: string) => key.slice(0, key.indexOf('/'));
  return {
    async get(key) {
      return (await documents.get(countdownOf(key)))?.[key];
    },
    async set(key, record) {
      const id = countdownOf(key);
      await documents.set(id, { ...(await documents.get(id)), [key]: record });
    },
    all: async (countdownId) => (await documents.get(countdownId)) ?? {},
    erase: (countdownId) => documents.delete(countdownId),
  };
}

/** A post that stands in a channel. */
export type Posted = Extract<LedgerRecord, { state: 'posted' }>;

/** What has become of a countdown's posts. */
export interface History {
  /** The newest one. */
  last: Posted | undefined;
  /** The keys that are done with, posted or not. */
  settled: ReadonlySet<string>;
}

export function historyOf(records: Readonly<Record<string, LedgerRecord>>): History {
  const all = Object.entries(records);
  const posted = all.flatMap(([, record]) => (record.state === 'posted' ? [record] : []));
  const done = all.filter(([, { state }]) => state === 'posted' || state === 'skipped');
  return {
    last: posted.sort((a, b) => Temporal.Instant.compare(a.at, b.at)).at(-1),
    settled: new Set(done.map(([key]) => key)),
  };
}

/**
 * The nonce of an occurrence: made of its key alone, so that after a crash the same post bears the same nonce and Discord
 * returns the first message. 24 characters; Discord takes 25. Docs: "Message", create message, `enforce_nonce`.
 */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
