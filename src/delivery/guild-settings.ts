import type { Defaults } from '../countdown/countdown.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { GuildDocuments } from './guild-documents.ts';

/** What an owner has set for all countdowns. */
export interface GuildSettings {
  /** Returns the defaults of new countdowns; undefined if none are set. */
  defaults(ownerId: string): Promise<Defaults | undefined>;
  setDefaults(ownerId: string, defaults: Defaults): Promise<void>;
  /** Records that a test is posted now, and returns null; returns the instant of the next allowed test if it is too soon. */
  noteTest(ownerId: string, now: Temporal.Instant): Promise<Temporal.Instant | null>;
}

/** The least time between two tests of a server: enough to try a channel, too little to flood it. */
const BETWEEN_TESTS = Temporal.Duration.from({ minutes: 1 });

/** Changes are made under the owner's lock. */
export function createGuildSettings(guilds: GuildDocuments, withLock: KeyedQueue): GuildSettings {
  return {
    async defaults(ownerId) {
      return (await guilds.read(ownerId)).defaults;
    },
    setDefaults(ownerId, defaults) {
      return withLock(ownerId, async () =>
        guilds.write(ownerId, { ...(await guilds.read(ownerId)), defaults }),
      );
    },
    noteTest(ownerId, now) {
      return withLock(ownerId, async () => {
        const document = await guilds.read(ownerId);
        const next = document.testedAt && Temporal.Instant.from(document.testedAt).add(BETWEEN_TESTS);
        if (next && Temporal.Instant.compare(now, next) < 0) return next;
        await guilds.write(ownerId, { ...document, testedAt: now.toString() });
        return null;
      });
    },
  };
}
