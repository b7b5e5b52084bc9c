import type { Contact } from '../countdown/contact.ts';
import { type Countdown, type CountdownState, newProgress } from '../countdown/countdown.ts';
import { isFinished } from '../countdown/finished.ts';
import { type GuildCountdowns, STORED_PER_COUNTED } from '../countdown/guild-document.ts';
import { isPerson, maxCountdowns, userIdOf } from '../countdown/owner.ts';
import { movedEvents } from '../countdown/scheduled-event.ts';
import { targetOf, toldDateOf } from '../countdown/target.ts';
import type { RecentChange } from '../countdown/undo.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { ChannelPauses } from './channel-pauses.ts';
import type { Contacts } from './contacts.ts';
import type { DepartureRepository } from './departures.ts';
import type { GuildDocuments } from './guild-documents.ts';
import { newId } from './new-id.ts';
import type { ProgressRepository } from './progress-repository.ts';

/** A countdown to be added, without what the repository sets. */
export type NewCountdown = Omit<Countdown, 'id' | 'createdAt'>;
/** The result of adding a countdown. */
export type AddResult = { ok: true; state: CountdownState } | { ok: false; why: 'full' | 'there-already' };
/** The result of changing a countdown. */
export type ChangeResult =
  | { ok: true; state: CountdownState; change: string }
  | { ok: false; why: 'gone' | 'there-already' | 'changed' };

/** The countdowns of all owners. Only commands write them, under the owner's lock. */
export interface CountdownRepository {
  /** Returns the owner's countdowns, in the order in which they were added. */
  list(ownerId: string): Promise<CountdownState[]>;
  get(ownerId: string, id: string): Promise<CountdownState | undefined>;
  /** Adds a countdown, unless the owner has too many or the same one. `contact` gets a message when it can no longer post. */
  add(ownerId: string, order: NewCountdown, now: Temporal.Instant, contact?: Contact): Promise<AddResult>;
  /** Replaces a countdown by the result of `alter`. With `last`, only if that is the name of its last change. */
  change(
    ownerId: string,
    id: string,
    alter: (state: CountdownState) => Countdown,
    now: Temporal.Instant,
    last?: string,
  ): Promise<ChangeResult>;
  /** Removes a countdown; returns false if there is none of that id. */
  remove(ownerId: string, id: string): Promise<boolean>;
  /** Erases everything that is stored about an owner. */
  deleteOwner(ownerId: string): Promise<void>;
  /** Yields the ids of all servers about which something is stored. */
  servers(): AsyncIterable<string>;
}

/** The services of the repository. */
export interface CountdownRepositoryOptions {
  guilds: GuildDocuments;
  progress: ProgressRepository;
  pauses: ChannelPauses;
  departures: DepartureRepository;
  contacts: Contacts;
  queue: DueSchedule;
  withLock: KeyedQueue;
  /** Returns the current facts. */
  facts: () => Facts;
}

/** Creates the repository. */
export function createCountdownRepository(options: CountdownRepositoryOptions): CountdownRepository {
  const { guilds, progress, withLock } = options;
  return {
    async list(ownerId) {
      const { countdowns } = await guilds.read(ownerId);
      return Promise.all(countdowns.map(progress.of));
    },
    async get(ownerId, id) {
      const { countdowns } = await guilds.read(ownerId);
      const countdown = countdowns.find((candidate) => candidate.id === id);
      return countdown && progress.of(countdown);
    },
    add: (ownerId, order, now, contact) =>
      withLock(ownerId, () => add(options, ownerId, { ...order, contact }, now)),
    change: (ownerId, id, alter, now, last) =>
      withLock(ownerId, () => change(options, ownerId, id, { alter, now, last })),
    remove: (ownerId, id) => withLock(ownerId, () => remove(options, ownerId, id)),
    deleteOwner: (ownerId) => withLock(ownerId, () => deleteAll(options, ownerId)),
    async *servers() {
      for await (const ownerId of guilds.ownerIds()) if (!isPerson(ownerId)) yield ownerId;
    },
  };
}

async function add(
  options: CountdownRepositoryOptions,
  ownerId: string,
  { contact, ...order }: NewCountdown & { contact: Contact | undefined },
  now: Temporal.Instant,
): Promise<AddResult> {
  const { guilds, progress, contacts, facts } = options;
  if (!(await makeRoom(options, ownerId, now))) return { ok: false, why: 'full' };
  const document = await guilds.read(ownerId);
  const { countdowns } = document;
  if (countdowns.some((existing) => isSameOrder(existing, order))) return { ok: false, why: 'there-already' };

  const countdown: Countdown = { ...order, id: newId(), createdAt: now.toString() };
  const told = toldDateOf(targetOf(facts(), countdown, utcDay(now)));
  const state = { countdown, progress: newProgress(told, now) };
  // After a crash, delivery finds a due entry without its countdown and erases it with the progress. Delivery may do the same
  // before the countdown is written, so the entry is enqueued again at the end.
  await progress.set(countdown.id, state.progress);
  if (contact) await contacts.set(countdown.id, contact);
  await progress.schedule(ownerId, state, now);
  await guilds.write(ownerId, { ...document, countdowns: [...countdowns, countdown] });
  await progress.schedule(ownerId, state, now);
  return { ok: true, state };
}

/** Returns whether one more may be added. Finished ones do not count; the oldest go where too many are stored. */
export async function makeRoom(
  options: CountdownRepositoryOptions,
  ownerId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { guilds, progress, facts } = options;
  const { countdowns } = await guilds.read(ownerId);
  const max = maxCountdowns(ownerId);
  if (countdowns.length < max) return true;
  const states = await Promise.all(countdowns.map(progress.of));
  const finished = states.filter((state) =>
    isFinished(state, targetOf(facts(), state.countdown, utcDay(now)), now),
  );
  if (states.length - finished.length >= max) return false;
  const surplus = states.length + 1 - max * STORED_PER_COUNTED;
  for (const { countdown } of finished.slice(0, Math.max(0, surplus)))
    await remove(options, ownerId, countdown.id);
  return true;
}

interface Change {
  alter: (state: CountdownState) => Countdown;
  now: Temporal.Instant;
  last: string | undefined;
}

async function change(
  { guilds, progress, queue, facts }: CountdownRepositoryOptions,
  ownerId: string,
  id: string,
  { alter, now, last }: Change,
): Promise<ChangeResult> {
  const document = await guilds.read(ownerId);
  const before = document.countdowns.find((candidate) => candidate.id === id);
  if (!before) return { ok: false, why: 'gone' };
  const latest = document.lastChanges?.find((known) => known.before.id === id);
  if (last !== undefined && latest?.change !== last) return { ok: false, why: 'changed' };
  const state = await progress.of(before);
  const countdown = alter(state);
  const others = document.countdowns.filter((other) => other !== before);
  if (others.some((other) => isSameOrder(other, countdown))) return { ok: false, why: 'there-already' };
  const countdowns = document.countdowns.map((current) => (current === before ? countdown : current));
  const change = newId();
  const moved = movedEvents(document.events ?? [], before, countdown);
  const events = document.events?.map((event) => moved.find(({ id }) => id === event.id) ?? event);
  const processNow = async () => {
    await progress.processNow(ownerId, countdown, now);
    for (const { id: entryId, release } of moved)
      await queue.enqueue({ entryId, ownerId, at: now, release, fingerprint: facts().fingerprint(release) });
  };
  // Delivery computes the next due instant: its progress may be newer than the one read here. It is asked to before the change too, as a
  // crash after the write would leave the instant of the old version.
  await processNow();
  await guilds.write(
    ownerId,
    withChange({ ...document, countdowns, ...(events && { events }) }, { change, before }),
  );
  await processNow();
  return { ok: true, state: { countdown, progress: state.progress }, change };
}

/** Returns the document with the last change of a countdown; a person's reminders have no undo. */
function withChange(document: GuildCountdowns, change: RecentChange): GuildCountdowns {
  if (change.before.personal) return document;
  const { lastChanges = [] } = document;
  const others = lastChanges.filter(({ before }) => before.id !== change.before.id);
  return { ...document, lastChanges: [...others, change] };
}

async function remove(options: CountdownRepositoryOptions, ownerId: string, id: string): Promise<boolean> {
  const { guilds, progress, pauses } = options;
  const document = await guilds.read(ownerId);
  const removed = document.countdowns.find((candidate) => candidate.id === id);
  if (!removed) return false;
  await markForCleanup(options, ownerId, removed);
  const countdowns = document.countdowns.filter((other) => other !== removed);
  await guilds.write(ownerId, withoutChange({ ...document, countdowns }, id));
  if (countdowns.length === 0 && !document.removed) await pauses.erase(ownerId);
  await progress.endRecords(id);
  return true;
}

/** Returns the document without what is stored to undo the last change of a countdown. */
export function withoutChange(
  { lastChanges = [], ...document }: GuildCountdowns,
  id: string,
): GuildCountdowns {
  const others = lastChanges.filter(({ before }) => before.id !== id);
  return others.length > 0 ? { ...document, lastChanges: others } : document;
}

async function deleteAll(options: CountdownRepositoryOptions, ownerId: string): Promise<void> {
  const { guilds, progress, pauses, departures, contacts } = options;
  const { countdowns: orders, removed = [], events = [] } = await guilds.read(ownerId);
  const countdowns = [...orders, ...removed.map(({ countdown }) => countdown)];
  for (const countdown of countdowns) await markForCleanup(options, ownerId, countdown);
  await guilds.delete(ownerId);
  await pauses.erase(ownerId);
  await departures.delete(ownerId);
  for (const { id } of [...countdowns, ...events]) await progress.deleteRecords(id);
  if (isPerson(ownerId)) await contacts.deletePerson(userIdOf(ownerId));
}

/** Makes the countdown due now. If its removal is interrupted, delivery finds the entry and erases what is left. */
function markForCleanup(
  { queue }: CountdownRepositoryOptions,
  ownerId: string,
  { id, release, createdAt }: Countdown,
): Promise<void> {
  return queue.enqueue({
    entryId: id,
    ownerId,
    at: Temporal.Instant.from(createdAt),
    release,
    fingerprint: '',
  });
}

/** Returns whether two countdowns would post the same date in the same channel. */
export function isSameOrder(a: NewCountdown, b: NewCountdown): boolean {
  return (
    a.release === b.release &&
    a.anniversary === b.anniversary &&
    a.channelId === b.channelId &&
    a.own?.title === b.own?.title &&
    a.own?.date === b.own?.date &&
    a.own?.time === b.own?.time
  );
}
