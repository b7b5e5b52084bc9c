import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CONTENT_REFUSALS, PAUSE_REASONS, type PauseReason } from '../countdown/countdown.ts';
import type { OpenDocuments } from '../store/documents.ts';

const STATE = 'The state of the post';

const pendingSchema = z.strictObject({
  task: z.enum(['remove', 'pin', 'unpin']).describe('What was begun'),
  since: z.string().describe('When it was begun'),
  retryAt: z.string().describe('When it is tried again'),
});

/** The record of an occurrence, written before it is sent and after it. */
export const recordSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('sending').describe(STATE),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    nonce: z.string().describe('The nonce by which Discord recognises the post'),
    at: z.string().describe('When it was first tried'),
    channels: z.array(z.string()).optional().describe('The channels in which it was tried'),
  }),
  z.strictObject({
    state: z.literal('posted').describe(STATE),
    messageId: z.string().describe('The message'),
    at: z.string().describe('When it was posted'),
    channelId: z.string().optional().describe('The channel of the message'),
    publish: z
      .enum(['open', 'done', 'failed'])
      .optional()
      .describe('Whether it was published to the channels that follow this one'),
    live: z.literal(true).optional().describe('Whether it is the message of a live countdown'),
    edited: z.string().optional().describe('When it was last edited'),
    pinned: z.enum(['done', 'failed', 'ended']).optional().describe('Whether it is pinned'),
    removed: z.enum(['done', 'failed']).optional().describe('Whether it was deleted, or could not be'),
    pending: pendingSchema.optional().describe('What was begun with it, and is not confirmed'),
  }),
  z.strictObject({
    state: z.literal('edited').describe(STATE),
    at: z.string().describe('When the live message was edited in its place'),
  }),
  z.strictObject({
    state: z.literal('waiting').describe(STATE),
    attempt: z.number().int().min(1).describe('How often it was tried'),
    at: z.string().describe('When it was last tried without success'),
  }),
  z.strictObject({
    state: z.literal('paused').describe(STATE),
    why: z.enum(PAUSE_REASONS).describe('Why it was refused'),
    at: z.string().describe('When it was refused'),
  }),
  z.strictObject({
    state: z.literal('skipped').describe(STATE),
    why: z.enum(['late', 'collapsed', 'gave-up', 'unsure', 'rejected']).describe('Why it was not posted'),
    content: z.enum(CONTENT_REFUSALS).optional().describe('What Discord refused in its content'),
    at: z.string().describe('When that was decided'),
  }),
]);
/** The record of an occurrence. */
export type LedgerRecord = z.output<typeof recordSchema>;

/** The records of one countdown. */
export const ledgerSchema = z.record(
  z.string().describe('Which post: the countdown, the milestone and the date counted to'),
  recordSchema,
);

/** The record of every occurrence, by its key. A failed read or write throws. */
export interface Ledger {
  get(key: string): Promise<LedgerRecord | undefined>;
  /** Replaces the record of the key. A record that says "posted" stays, unless the new one says so too. */
  set(key: string, record: LedgerRecord): Promise<void>;
  /** Replaces the record of the key if it is still `known`. Returns whether it was. */
  replace(key: string, known: LedgerRecord | undefined, record: LedgerRecord): Promise<boolean>;
  /** Returns all records of a countdown, by key. */
  all(countdownId: string): Promise<Readonly<Record<string, LedgerRecord>>>;
  /** Erases the records of a countdown. */
  erase(countdownId: string): Promise<void>;
}

/**
 * Creates the ledger. All records of a countdown are in one document, so that they can be erased: keyv cannot list keys by prefix.
 * Only delivery writes them, without the owner's lock: each write is conditional on what was read.
 */
export function createLedger(open: OpenDocuments): Ledger {
  const documents = open('ledger', ledgerSchema);
  const countdownOf = (key: string) => key.slice(0, key.indexOf('/'));
  return {
    async get(key) {
      return (await documents.get(countdownOf(key)))?.[key];
    },
    set: (key, record) =>
      documents.update(countdownOf(key), (records) =>
        records?.[key]?.state === 'posted' && record.state !== 'posted'
          ? undefined
          : { ...records, [key]: record },
      ),
    async replace(key, known, record) {
      let isKnown = false;
      await documents.update(countdownOf(key), (records) => {
        isKnown = isDeepStrictEqual(records?.[key], known);
        return isKnown ? { ...records, [key]: record } : undefined;
      });
      return isKnown;
    },
    all: async (countdownId) => (await documents.get(countdownId)) ?? {},
    erase: (countdownId) => documents.delete(countdownId),
  };
}

/** The record of a post that was made. */
export type Posted = Extract<LedgerRecord, { state: 'posted' }>;

/** The record of a post that was not made. */
export type Skipped = Extract<LedgerRecord, { state: 'skipped' }>;

/** The posts of a countdown so far. */
export interface History {
  /** The newest post. */
  last: Posted | undefined;
  /** How many posts were made. */
  postedCount: number;
  /** The posts that were not made, the newest last. */
  skipped: readonly Skipped[];
  /** Why the newest post was refused, if it was, and nothing has come after that. */
  refused: PauseReason | undefined;
  /** The keys of all occurrences that were posted or skipped. */
  settled: ReadonlySet<string>;
}

/** Whether nothing more is to be done for an occurrence. */
export const isSettled = ({ state }: LedgerRecord): boolean =>
  state === 'posted' || state === 'skipped' || state === 'edited';

const byInstant = (a: LedgerRecord, b: LedgerRecord) => Temporal.Instant.compare(a.at, b.at);

/** Returns the history from the records of one countdown. */
export function historyOf(records: Readonly<Record<string, LedgerRecord>>): History {
  const all = Object.entries(records);
  const posted = all.flatMap(([, record]) => (record.state === 'posted' ? [record] : []));
  const skipped = all.flatMap(([, record]) => (record.state === 'skipped' ? [record] : []));
  const newest = all
    .map(([, record]) => record)
    .sort(byInstant)
    .at(-1);
  const settled = all.filter(([, record]) => isSettled(record));
  return {
    last: posted.sort(byInstant).at(-1),
    postedCount: posted.length,
    skipped: skipped.sort(byInstant),
    refused: newest?.state === 'paused' ? newest.why : undefined,
    settled: new Set(settled.map(([key]) => key)),
  };
}

/** How long Discord is relied on to recognise a nonce; it promises "the past few minutes". Docs: "Message", nonce. */
export const NONCE_WINDOW = Temporal.Duration.from({ minutes: 2 });

/**
 * Returns the nonce of an occurrence: 24 characters, where Discord allows 25. It depends on the key alone, so that after a crash
 * the same post has the same nonce and Discord returns the first message. Docs: "Message", create message, `enforce_nonce`.
 */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
