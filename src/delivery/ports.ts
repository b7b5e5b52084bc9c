import type { Logger } from 'pino';
import type { Countdown, PauseReason } from '../countdown/countdown.ts';
import type { Occurrence } from '../countdown/occurrence.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { RealTime } from '../lib/real-time.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { ChannelPauses } from './channel-pauses.ts';
import type { ClockCheck } from './clock-check.ts';
import type { CountdownRepository } from './countdown-repository.ts';
import type { GuildSettings } from './guild-settings.ts';
import type { InvalidRequestBudget } from './invalid-request-budget.ts';
import type { Ledger } from './ledger.ts';
import type { OutageTracker } from './outage.ts';
import type { Outcome } from './outcome.ts';
import type { ProgressRepository } from './progress-repository.ts';
import type { Removals } from './removals.ts';

/** A post to be sent: the channel is the countdown's. */
export interface PostOrder {
  countdown: Countdown;
  occurrence: Occurrence;
  nonce: string;
  /** The instant for which the text is written. */
  now: Temporal.Instant;
  /** The facts that the text is based on. */
  facts: Facts;
  /** Whether it has a picture, where the channel takes one and it can be drawn. */
  hasPicture: boolean;
}

/** What a post is found by: its channel is the countdown's. */
export interface PostToFind {
  countdown: Pick<Countdown, 'channelId'>;
  nonce: string;
}

/** The result of searching a channel for our own post. */
export type Search = { kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unsure' };

/** The outcome of a request that failed. */
export type FailedOutcome = Exclude<Outcome, { kind: 'posted' }>;

/** Sends posts to a channel and finds them again. */
export interface MessageSender {
  /** Sends once, if `maySend` returns true at that very moment. The caller acquires the rate-limit slot. */
  send(order: PostOrder, maySend: () => boolean): Promise<Outcome>;
  /**
   * Searches the channel for our own post with that nonce, from `since` on. Acquires a rate-limit slot for each request. Returns
   * `unsure` if the channel's history cannot be read.
   */
  find(order: PostToFind, since: Temporal.Instant): Promise<Search | FailedOutcome>;
}

/** Publishes a post of an announcement channel to its followers. A post that is published already counts as published. */
export type Crosspost = (
  channelId: string,
  messageId: string,
) => Promise<{ kind: 'published' } | FailedOutcome>;

/** Changes posts that are in the ledger. The caller acquires the rate-limit slot, and gives ids of the bot's own posts only. */
export interface PostChanges {
  /** Writes a post anew into a message, if `maySend` returns true at that very moment. `gone`: there is no such message. */
  edit(
    order: PostOrder,
    message: MessageRef,
    maySend: () => boolean,
  ): Promise<{ kind: 'edited' } | { kind: 'gone' } | FailedOutcome>;
  /** Deletes a message. One that does not exist counts as done, as for the next two. */
  remove(message: MessageRef): Promise<{ kind: 'done' } | FailedOutcome>;
  pin(message: MessageRef): Promise<{ kind: 'done' } | FailedOutcome>;
  unpin(message: MessageRef): Promise<{ kind: 'done' } | FailedOutcome>;
}

/** A message of the bot's. */
export interface MessageRef {
  channelId: string;
  messageId: string;
}

/** The result of checking a refusal. `open`: the bot may post there. `unknown`: Discord could not be asked. */
export type RefusalCheck =
  | { kind: 'confirmed' | 'open' | 'unknown' }
  | { kind: 'timed-out'; until: Temporal.Instant };

/** Checks whether a channel of a server, or of direct messages with a person, really refuses the bot's posts. */
export type CheckRefusal = (ownerId: string, channelId: string) => Promise<RefusalCheck>;

/** Returns whether a role of a server was deleted; false if Discord does not say. */
export type IsRoleGone = (guildId: string, roleId: string) => Promise<boolean>;

/** What delivery works with. */
export interface DeliveryServices {
  /** Returns the current facts. */
  facts: () => Facts;
  clock: Clock;
  /** Returns the milliseconds of a clock that nobody sets. */
  monotonic: () => number;
  /** Waits in real time. */
  sleep: RealTime['sleep'];
  countdowns: Pick<CountdownRepository, 'get' | 'remove'>;
  removals: Pick<Removals, 'clean'>;
  settings: Pick<GuildSettings, 'showsPictures'>;
  progress: ProgressRepository;
  pauses: ChannelPauses;
  queue: DueSchedule;
  ledger: Ledger;
  sender: MessageSender;
  /** Draws the picture of a post before its slot is acquired: the sender need not wait for it then. Never rejects. */
  preparePost: (order: PostOrder) => Promise<void>;
  crosspost: Crosspost;
  changes: PostChanges;
  invalidRequests: InvalidRequestBudget;
  clockCheck: Pick<ClockCheck, 'assertRight' | 'confirm'>;
  /** Runs changes to an owner's countdowns and their progress under a lock named by the owner's id. */
  withLock: KeyedQueue;
  /** Resolves when the caller has a rate-limit slot: all posts share Discord's limit. */
  acquireSlot: () => Promise<void>;
  metrics: Metrics;
  /** Returns a number from 0 up to 1: the jitter of retries. */
  random: () => number;
  log: Logger;
  /** Called before a channel is silenced. */
  checkRefusal: CheckRefusal;
  /** Called before a post that mentions a role. */
  isRoleGone: IsRoleGone;
  /**
   * Called when a channel refuses a post, before its countdowns are silenced. Resolves with true if the bot was removed from the
   * server: then nothing is silenced, and what is due there is held until the bot is back or the server's data is erased.
   */
  onChannelRefused: (ownerId: string, reason: PauseReason) => Promise<boolean>;
  /** Called when Discord rejects the token: nothing can be delivered any more. */
  onTokenRejected: () => void;
}

/** The services for processing one countdown once, with the facts from the beginning of that. */
export type ProcessingServices = Omit<DeliveryServices, 'facts'> & { facts: Facts; outage: OutageTracker };
