import type { Countdown, CountdownState, Defaults } from '../countdown/countdown.ts';
import type { GuildCountdowns } from '../countdown/guild-document.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Documents } from '../store/documents.ts';

/** What came of a change to an order. */
export type ChangeResult =
  | { ok: true; standing: CountdownState }
  | { ok: false; why: 'gone' | 'there-already' };

/** What a server has ordered, and how it is changed. Only commands change it, one after the other. */
export interface GuildSettings {
  /** Puts another order in the place of one, as `alter` makes it of what stands; delivery goes by it from then on. */
  change(
    ownerId: string,
    id: string,
    alter: (standing: CountdownState) => Countdown,
    now: Temporal.Instant,
  ): Promise<ChangeResult>;
  /** What new countdowns of the server are like; undefined where it has not said. */
  defaults(ownerId: string): Promise<Defaults | undefined>;
  setDefaults(ownerId: string, defaults: Defaults): Promise<void>;
  /** Notes that a test is posted now; the instant from which one may be, where the last was too short a while ago. */
  noteTest(ownerId: string, now: Temporal.Instant): Promise<Temporal.Instant | null>;
}

/** A server may have a test posted this often: enough to try a channel, too little to fill it. */
const BETWEEN_TESTS = Temporal.Duration.from({ minutes: 1 });

export interface GuildSettingsOptions {
  guilds: Documents<GuildCountdowns>;
  /** What a server orders is changed in the server's turn. */
  withLock: KeyedQueue;
  standingOf(countdown: Countdown): Promise<CountdownState>;
  /** Has delivery look at a countdown now. */
  lookAt(ownerId: string, countdown: Countdown, now: Temporal.Instant): Promise<void>;
}

export const NOTHING_ORDERED: GuildCountdowns = { countdowns: [] };

/** Whether nothing is left that a server has asked for. */
export const isEmpty = ({ countdowns, defaults, events = [] }: GuildCountdowns) =>
  countdowns.length === 0 && events.length === 0 && !defaults;

export function createGuildSettings({
  guilds,
  withLock,
  standingOf,
  lookAt,
}: GuildSettingsOptions): GuildSettings {
  const read = async (ownerId: string) => (await guilds.get(ownerId)) ?? NOTHING_ORDERED;

  return {
    change(ownerId, id, alter, now) {
      return withLock(ownerId, async (): Promise<ChangeResult> => {
        const ordered = await read(ownerId);
        const before = ordered.countdowns.find((one) => one.id === id);
        if (!before) return { ok: false, why: 'gone' };
        const { progress } = await standingOf(before);
        const countdown = alter({ countdown: before, progress });
        const others = ordered.countdowns.filter((one) => one !== before);
        if (others.some((one) => isSameOrder(one, countdown))) return { ok: false, why: 'there-already' };
        const countdowns = ordered.countdowns.map((one) => (one === before ? countdown : one));
        await guilds.set(ownerId, { ...ordered, countdowns });
        // Delivery works out itself when something is due: what it knows of the progress may be newer than what is known here.
        await lookAt(ownerId, countdown, now);
        return { ok: true, standing: { countdown, progress } };
      });
    },
    async defaults(ownerId) {
      return (await read(ownerId)).defaults;
    },
    setDefaults(ownerId, defaults) {
      return withLock(ownerId, async () => guilds.set(ownerId, { ...(await read(ownerId)), defaults }));
    },
    noteTest(ownerId, now) {
      return withLock(ownerId, async () => {
        const ordered = await read(ownerId);
        const next = ordered.testedAt && Temporal.Instant.from(ordered.testedAt).add(BETWEEN_TESTS);
        if (next && Temporal.Instant.compare(now, next) < 0) return next;
        await guilds.set(ownerId, { ...ordered, testedAt: now.toString() });
        return null;
      });
    },
  };
}

/** The same date in the same channel would be posted twice. */
export function isSameOrder(a: Omit<Countdown, 'id' | 'createdAt'>, b: typeof a): boolean {
  return (
    a.release === b.release &&
    a.anniversary === b.anniversary &&
    a.channelId === b.channelId &&
    a.own?.title === b.own?.title &&
    a.own?.date === b.own?.date
  );
}
