import type { Logger } from 'pino';
import { type Contact, type Silences, silenceNoticeId, silencesSchema } from '../countdown/contact.ts';
import { type Countdown, type CountdownState, type PauseReason, silence } from '../countdown/countdown.ts';
import { upcomingPosts } from '../countdown/forecast.ts';
import { dayOf, targetOf } from '../countdown/target.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Documents, OpenDocuments } from '../store/documents.ts';
import type { DueEntry, DueSchedule } from '../store/due-queue.ts';
import type { Contacts } from './contacts.ts';
import type { CountdownRepository } from './countdown-repository.ts';
import type { DepartureRepository } from './departures.ts';
import type { GuildSettings } from './guild-settings.ts';
import { nonceOf } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { FailedOutcome, Search } from './ports.ts';
import { requestSilenceNotice } from './request-silence-notice.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry-delay.ts';
import { createFreshness } from './send-gate.ts';
import { searchStart } from './send-once.ts';

/** A countdown that can no longer post, and why. */
export interface SilentCountdown {
  countdown: Countdown;
  reason: PauseReason;
}

/** The message to a person about the silent countdowns that they added in a server. */
export interface SilenceMessage {
  guildId: string;
  contact: Contact;
  silent: readonly SilentCountdown[];
  nonce: string;
  /** The instant for which the text is written. */
  now: Temporal.Instant;
}

/** Sends direct messages about silent countdowns, and finds them again. Acquires a rate-limit slot for each request. */
export interface SilenceMessenger {
  /** Sends once, unless `maySend` returns false at the very moment of the send. */
  send(message: SilenceMessage, maySend: () => boolean): Promise<Outcome>;
  find(message: SilenceMessage, since: Temporal.Instant): Promise<Search | FailedOutcome>;
}

/** The services of the notices. */
export interface SilenceNoticeOptions {
  open: OpenDocuments;
  queue: DueSchedule;
  withLock: KeyedQueue;
  countdowns: Pick<CountdownRepository, 'list'>;
  contacts: Pick<Contacts, 'get'>;
  settings: Pick<GuildSettings, 'sendsSilenceNotices'>;
  departures: Pick<DepartureRepository, 'get'>;
  messenger: SilenceMessenger;
  /** Returns the current facts. */
  facts: () => Facts;
  clock: Clock;
  /** Returns the milliseconds of a clock that nobody sets. */
  monotonic: () => number;
  /** Returns a number from 0 up to 1: the jitter of retries. */
  random: () => number;
  log: Logger;
  /** Called when Discord rejects the token. */
  onTokenRejected: () => void;
}

/** A silence for which a message is to be sent. */
interface OpenSilence extends SilentCountdown {
  id: string;
  contact: Contact;
}

/** How the attempt at a message ended: done, or to be tried again at an instant. */
type Attempt = { kind: 'done' } | { kind: 'again'; at: Temporal.Instant };

/** The delay of a message about a server from which the bot is away. */
const AWAY_DELAY = Temporal.Duration.from({ hours: 24 });

/**
 * Creates the notices: whoever added a countdown gets one direct message when it can no longer post. Like a post, the message is
 * stored as being sent before it is sent, so that a crash neither loses nor repeats it.
 */
export function createSilenceNotices(options: SilenceNoticeOptions): (entry: DueEntry) => Promise<void> {
  const { departures, clock, queue } = options;
  const documents = options.open('silences', silencesSchema);
  return async ({ ownerId }) => {
    if ((await departures.get(ownerId))?.state === 'gone')
      return requestSilenceNotice(queue, ownerId, clock.now().add(AWAY_DELAY));
    for (;;) {
      const next = await findNext(options, documents, ownerId);
      if (!next) return;
      const attempt = await notify(options, documents, ownerId, next);
      if (attempt.kind === 'again') return requestSilenceNotice(queue, ownerId, attempt.at);
    }
  };
}

/** The next message, with the silences that it reports and what is stored about it. */
interface NextMessage {
  notified: string[];
  sending: NonNullable<Silences['sending']> | undefined;
  silences: readonly OpenSilence[];
}

/**
 * Returns the next message, the interrupted one first. If there is none, forgets what is over and removes the entry: under the
 * lock, so that a new silence is not missed.
 */
function findNext(
  options: SilenceNoticeOptions,
  documents: Documents<Silences>,
  ownerId: string,
): Promise<NextMessage | undefined> {
  const { withLock, countdowns, settings, queue } = options;
  return withLock(ownerId, async () => {
    const states = await countdowns.list(ownerId);
    const { notified, sending } = (await documents.get(ownerId)) ?? { notified: [] };
    const isOn = await settings.sendsSilenceNotices(ownerId);
    const open = isOn ? await findOpen(options, states, notified) : [];
    if (sending)
      return { notified, sending, silences: open.filter(({ id }) => sending.silences.includes(id)) };
    const [first] = open;
    if (first) {
      const silences = open.filter(({ contact }) => contact.userId === first.contact.userId);
      return { notified, sending, silences };
    }
    const current = silenceIds(states);
    // Turned off: no message follows later either.
    const kept = isOn ? notified.filter((id) => current.includes(id)) : current;
    if (kept.length > 0) await documents.set(ownerId, { notified: kept });
    else await documents.delete(ownerId);
    await queue.remove(silenceNoticeId(ownerId));
    return undefined;
  });
}

const silenceIds = (states: readonly CountdownState[]) =>
  states.flatMap(({ progress }) => (progress.silence ? [progress.silence] : []));

/** Returns the silences for which no message was sent, with the person who gets it. A countdown without a post ahead is left out. */
async function findOpen(
  { contacts, facts, clock }: SilenceNoticeOptions,
  states: readonly CountdownState[],
  notified: readonly string[],
): Promise<OpenSilence[]> {
  const now = clock.now();
  const open: OpenSilence[] = [];
  for (const { countdown, progress } of states) {
    const reason = silence(countdown, progress);
    const { silence: id } = progress;
    if (!reason || !id || notified.includes(id) || countdown.pausedAt) continue;
    const target = targetOf(facts(), countdown, utcDay(now));
    const isOver = dayOf(target) !== null && upcomingPosts(countdown, progress, target, now).length === 0;
    const contact = isOver ? undefined : await contacts.get(countdown.id);
    if (contact) open.push({ id, countdown, reason, contact });
  }
  return open;
}

/** Sends the message at most once, and stores the outcome. */
async function notify(
  options: SilenceNoticeOptions,
  documents: Documents<Silences>,
  ownerId: string,
  { notified, sending: before, silences }: NextMessage,
): Promise<Attempt> {
  const { clock } = options;
  const now = clock.now();
  const ids = before?.silences ?? silences.map(({ id }) => id);
  const contact = silences.at(-1)?.contact;
  const finish = async (): Promise<Attempt> => {
    await save(options, documents, ownerId, { notified: [...notified, ...ids] });
    return { kind: 'done' };
  };
  // Resumed meanwhile, turned off, or the person was erased.
  if (!contact) return finish();
  const nonce = before?.nonce ?? nonceOf(ids.join('/'));
  const message = { guildId: ownerId, contact, silent: silences, nonce, now };
  const sending = {
    silences: ids,
    nonce,
    attempt: (before?.attempt ?? 0) + 1,
    at: before?.at ?? now.toString(),
  };
  await save(options, documents, ownerId, { notified, sending });
  const { messenger, monotonic } = options;
  // Another process may take over from one that is held up.
  const maySend = createFreshness(clock, monotonic);
  const search = before && (await messenger.find(message, searchStart(before.at, now)));
  const result = search && search.kind !== 'absent' ? search : await messenger.send(message, maySend);
  return conclude(options, ownerId, sending, result, finish);
}

async function conclude(
  { clock, random, log, onTokenRejected }: SilenceNoticeOptions,
  ownerId: string,
  { attempt }: { attempt: number },
  result: Outcome | Search,
  finish: () => Promise<Attempt>,
): Promise<Attempt> {
  const about = { guild: ownerId, attempt };
  if (result.kind === 'refused') onTokenRejected();
  if (result.kind === 'refused' || (result.kind === 'retry' && attempt < MAX_ATTEMPTS)) {
    log.warn(
      { ...about, why: 'why' in result ? result.why : undefined },
      'message about silent countdowns failed, retrying',
    );
    return { kind: 'again', at: clock.now().add(retryDelay(attempt, random())) };
  }
  if (result.kind === 'posted' || result.kind === 'found')
    log.info(about, 'message about silent countdowns sent');
  else
    log.info(
      { ...about, outcome: result.kind },
      'message about silent countdowns not delivered, only listed',
    );
  return finish();
}

/** Stores the state, unless everything about the server was erased meanwhile. */
function save(
  { withLock, countdowns }: SilenceNoticeOptions,
  documents: Documents<Silences>,
  ownerId: string,
  state: Silences,
): Promise<void> {
  return withLock(ownerId, async () => {
    if ((await countdowns.list(ownerId)).length > 0) await documents.set(ownerId, state);
  });
}
