import type { Countdown, CountdownState } from '../countdown/countdown.ts';
import { type GuildCountdowns, STORED_PER_COUNTED } from '../countdown/guild-document.ts';
import { maxCountdowns } from '../countdown/owner.ts';
import { isTooLate, type RecentChange, type RemovedCountdown, undoableUntil } from '../countdown/undo.ts';
import {
  type CountdownRepositoryOptions,
  isSameOrder,
  makeRoom,
  withoutChange,
} from './countdown-repository.ts';

/** The result of undoing a removal. `late`: it is erased, or will be at once. `back`: it was undone already. */
export type RestoreResult =
  | { ok: true; state: CountdownState }
  | { ok: false; why: 'late' | 'full' | 'back' }
  | { ok: false; why: 'there-already'; countdown: Countdown };

/** The countdowns that were removed, which are kept for 15 minutes with their progress and ledger. Nothing else shows them. */
export interface Removals {
  /** Removes a countdown, so that this can be undone. Returns false if there is none of that id. */
  remove(ownerId: string, id: string, now: Temporal.Instant): Promise<boolean>;
  /** Puts a removed countdown back as it was. What fell due meanwhile is treated as after an outage. */
  restore(ownerId: string, id: string, now: Temporal.Instant): Promise<RestoreResult>;
  /** Returns the last change of a countdown; undefined if it was never changed. */
  lastChange(ownerId: string, id: string): Promise<RecentChange | undefined>;
  /** Erases a countdown that is no longer stored, or enqueues it for then if it is kept. Call it under the owner's lock. */
  clean(ownerId: string, id: string, now: Temporal.Instant): Promise<void>;
}

/** Creates the repository of removed countdowns. */
export function createRemovals(options: CountdownRepositoryOptions): Removals {
  const { guilds, withLock } = options;
  return {
    remove: (ownerId, id, now) => withLock(ownerId, () => remove(options, ownerId, id, now)),
    restore: (ownerId, id, now) => withLock(ownerId, () => restore(options, ownerId, id, now)),
    async lastChange(ownerId, id) {
      return (await guilds.read(ownerId)).lastChanges?.find(({ before }) => before.id === id);
    },
    clean: (ownerId, id, now) => clean(options, ownerId, id, now),
  };
}

async function remove(
  options: CountdownRepositoryOptions,
  ownerId: string,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { guilds, progress } = options;
  await makeRoomForRemoved(options, ownerId);
  const document = await guilds.read(ownerId);
  const countdown = document.countdowns.find((candidate) => candidate.id === id);
  if (!countdown) return false;
  const removed: RemovedCountdown = { countdown, at: now.toString() };
  // Enqueued before and after: wherever a crash interrupts this, the entry is processed, and enqueued for its end.
  await progress.processNow(ownerId, countdown, now);
  await guilds.write(ownerId, {
    ...document,
    countdowns: document.countdowns.filter((other) => other !== countdown),
    removed: [...(document.removed ?? []), removed],
  });
  await enqueueEnd(options, ownerId, removed);
  return true;
}

/** Erases the countdown that was removed first, if as many are kept as may be stored. */
async function makeRoomForRemoved(options: CountdownRepositoryOptions, ownerId: string): Promise<void> {
  const { removed = [] } = await options.guilds.read(ownerId);
  const [oldest] = removed;
  if (oldest && removed.length >= maxCountdowns(ownerId) * STORED_PER_COUNTED)
    await erase(options, ownerId, oldest.countdown.id);
}

async function restore(
  options: CountdownRepositoryOptions,
  ownerId: string,
  id: string,
  now: Temporal.Instant,
): Promise<RestoreResult> {
  const { guilds, progress } = options;
  const before = await guilds.read(ownerId);
  const kept = before.removed?.find(({ countdown }) => countdown.id === id);
  if (!kept) return { ok: false, why: before.countdowns.some((other) => other.id === id) ? 'back' : 'late' };
  if (isTooLate(kept, now)) return { ok: false, why: 'late' };
  const { countdown } = kept;
  if (before.countdowns.some((other) => isSameOrder(other, countdown)))
    return { ok: false, why: 'there-already', countdown };
  if (!(await makeRoom(options, ownerId, now))) return { ok: false, why: 'full' };
  const document = await guilds.read(ownerId);
  // Enqueued before and after, as a new countdown is.
  await progress.processNow(ownerId, countdown, now);
  await guilds.write(ownerId, {
    ...withoutRemoved(document, id),
    countdowns: inOrder([...document.countdowns, countdown]),
  });
  await progress.processNow(ownerId, countdown, now);
  return { ok: true, state: await progress.of(countdown) };
}

async function clean(
  options: CountdownRepositoryOptions,
  ownerId: string,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const { removed = [] } = await options.guilds.read(ownerId);
  const kept = removed.find(({ countdown }) => countdown.id === id);
  if (kept && !isTooLate(kept, now)) await enqueueEnd(options, ownerId, kept);
  else await erase(options, ownerId, id);
}

/** Erases a removed countdown. Its due entry goes last: after a crash it leads back here. */
async function erase(
  { guilds, progress, pauses }: CountdownRepositoryOptions,
  ownerId: string,
  id: string,
): Promise<void> {
  const document = await guilds.read(ownerId);
  if (document.removed?.some(({ countdown }) => countdown.id === id)) {
    const rest = withoutChange(withoutRemoved(document, id), id);
    await guilds.write(ownerId, rest);
    if (rest.countdowns.length === 0 && !rest.removed) await pauses.erase(ownerId);
  }
  await progress.endRecords(id);
}

function withoutRemoved({ removed = [], ...document }: GuildCountdowns, id: string): GuildCountdowns {
  const others = removed.filter(({ countdown }) => countdown.id !== id);
  return others.length > 0 ? { ...document, removed: others } : document;
}

/** Returns the countdowns in the order in which they were added: their numbers are as they were. */
const inOrder = (countdowns: readonly Countdown[]): Countdown[] =>
  countdowns.toSorted((a, b) => Temporal.Instant.compare(a.createdAt, b.createdAt));

function enqueueEnd(
  { queue, facts }: CountdownRepositoryOptions,
  ownerId: string,
  removed: RemovedCountdown,
): Promise<void> {
  const { id, release } = removed.countdown;
  return queue.enqueue({
    entryId: id,
    ownerId,
    at: undoableUntil(removed),
    release,
    fingerprint: facts().fingerprint(release),
  });
}
