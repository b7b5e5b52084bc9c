import type { Defaults } from '../countdown/countdown.ts';
import type { FailedTest } from '../countdown/guild-document.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Contacts } from './contacts.ts';
import type { GuildDocuments } from './guild-documents.ts';

/** The settings of each owner. */
export interface GuildSettings {
  /** Returns the defaults of new countdowns; undefined if none are set. */
  defaults(ownerId: string): Promise<Defaults | undefined>;
  setDefaults(ownerId: string, defaults: Defaults): Promise<void>;
  /** Records a test post and returns null. If it is too soon, records nothing and returns when the next one is allowed. */
  noteTest(ownerId: string, now: Temporal.Instant): Promise<Temporal.Instant | null>;
  /** Returns the last test post if it failed. */
  failedTest(ownerId: string): Promise<FailedTest | undefined>;
  /** Stores that the last test post failed; undefined: that it arrived. */
  setFailedTest(ownerId: string, failed: FailedTest | undefined): Promise<void>;
  /** Whether people get a message when a countdown that they added can no longer post. */
  sendsSilenceNotices(ownerId: string): Promise<boolean>;
  /** Turns that on or off. Off also erases who added the countdowns: it is stored for this alone. */
  setSilenceNotices(ownerId: string, isOn: boolean): Promise<void>;
  /** Whether posts have a picture. */
  showsPictures(ownerId: string): Promise<boolean>;
  /** Turns that on or off for all posts from now on. */
  setPictures(ownerId: string, isOn: boolean): Promise<void>;
}

/** The minimum time between two test posts of a server, so that tests cannot flood a channel. */
const MIN_TEST_INTERVAL = Temporal.Duration.from({ minutes: 1 });

/** Creates the settings. Changes are made under the owner's lock. */
export function createGuildSettings(
  guilds: GuildDocuments,
  contacts: Pick<Contacts, 'delete'>,
  withLock: KeyedQueue,
): GuildSettings {
  return {
    async defaults(ownerId) {
      return (await guilds.read(ownerId)).defaults;
    },
    setDefaults(ownerId, defaults) {
      return withLock(ownerId, async () =>
        guilds.write(ownerId, { ...(await guilds.read(ownerId)), defaults }),
      );
    },
    async failedTest(ownerId) {
      return (await guilds.read(ownerId)).failedTest;
    },
    setFailedTest(ownerId, failed) {
      return withLock(ownerId, async () => {
        const { failedTest: _, ...document } = await guilds.read(ownerId);
        await guilds.write(ownerId, { ...document, ...(failed && { failedTest: failed }) });
      });
    },
    async sendsSilenceNotices(ownerId) {
      return !(await guilds.read(ownerId)).silenceNoticesOff;
    },
    setSilenceNotices(ownerId, isOn) {
      return withLock(ownerId, async () => {
        const { silenceNoticesOff: _, ...document } = await guilds.read(ownerId);
        await guilds.write(ownerId, { ...document, ...(!isOn && { silenceNoticesOff: true }) });
        if (!isOn) for (const { id } of document.countdowns) await contacts.delete(id);
      });
    },
    async showsPictures(ownerId) {
      return !(await guilds.read(ownerId)).picturesOff;
    },
    setPictures(ownerId, isOn) {
      return withLock(ownerId, async () => {
        const { picturesOff: _, ...document } = await guilds.read(ownerId);
        await guilds.write(ownerId, { ...document, ...(!isOn && { picturesOff: true }) });
      });
    },
    noteTest(ownerId, now) {
      return withLock(ownerId, async () => {
        const document = await guilds.read(ownerId);
        const next = document.testedAt && Temporal.Instant.from(document.testedAt).add(MIN_TEST_INTERVAL);
        if (next && Temporal.Instant.compare(now, next) < 0) return next;
        await guilds.write(ownerId, { ...document, testedAt: now.toString() });
        return null;
      });
    },
  };
}
