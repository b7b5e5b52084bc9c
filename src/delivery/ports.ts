import type { Logger } from 'pino';
import type { Countdown, PauseReason } from '../countdown/countdown.ts';
import type { Occurrence } from '../countdown/schedule.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { DueSchedule } from '../store/due-queue.ts';
import type { ChannelPauses } from './channel-pauses.ts';
import type { CountdownRepository } from './countdown-repository.ts';
import type { InvalidRequestBudget } from './invalid-request-budget.ts';
import type { Ledger } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { ProgressRepository } from './progress-repository.ts';

/** What is sent, and where. */
export interface PostOrder {
  countdown: Countdown;
  occurrence: Occurrence;
  nonce: string;
  /** The instant for which the text is written. */
  now: Temporal.Instant;
  /** The facts that the text is based on. */
  facts: Facts;
}

/** The result of searching a channel for our own post. */
export type Search = { kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unsure' };

/** A request that did not do what it was sent for. */
export type FailedOutcome = Exclude<Outcome, { kind: 'posted' }>;

/** Sends posts to a channel and finds them again. */
export interface MessageSender {
  send(order: PostOrder): Promise<Outcome>;
  /**
   * Searches the channel, from an instant on, for our own post with that nonce; acquires a rate-limit slot for each request.
   * Unsure if the channel's past cannot be read.
   */
  find(order: PostOrder, since: Temporal.Instant): Promise<Search | FailedOutcome>;
}

/** Publishes a post of an announcement channel to those who follow it. A post that was published before counts as published. */
export type Crosspost = (
  channelId: string,
  messageId: string,
) => Promise<{ kind: 'published' } | FailedOutcome>;

/** What delivery works with. */
export interface DeliveryServices {
  /** Returns the facts of this moment. */
  facts: () => Facts;
  clock: Clock;
  countdowns: Pick<CountdownRepository, 'get'>;
  progress: ProgressRepository;
  pauses: ChannelPauses;
  queue: DueSchedule;
  ledger: Ledger;
  sender: MessageSender;
  crosspost: Crosspost;
  invalidRequests: InvalidRequestBudget;
  /** Changes to an owner's countdowns and their progress are made one after the other, under the owner's id. */
  withLock: KeyedQueue;
  /** Resolves when the next request may be sent: keeps all posts together under Discord's limit. */
  acquireSlot: () => Promise<void>;
  metrics: Metrics;
  /** Returns a number from 0 up to 1, which spreads retries. */
  random: () => number;
  log: Logger;
  /**
   * Called when a channel refuses a post, before its countdowns are silenced. Resolves with true if the bot was removed from
   * the server: then everything of the owner has been erased.
   */
  onChannelRefused: (ownerId: string, reason: PauseReason) => Promise<boolean>;
  /** Called when Discord rejects the token: nothing can be delivered any more. */
  onTokenRejected: () => void;
}

/** The services of one pass over a countdown, which keeps to the facts with which it began. */
export type ProcessingServices = Omit<DeliveryServices, 'facts'> & { facts: Facts };
