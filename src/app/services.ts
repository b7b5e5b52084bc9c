import type { REST } from '@discordjs/rest';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { DrawPicture } from '../countdown/picture.ts';
import type { ClockCheck } from '../delivery/clock-check.ts';
import type { FindMembership } from '../delivery/departure-check.ts';
import type { InvalidRequestBudget } from '../delivery/invalid-request-budget.ts';
import type { Repositories } from '../delivery/repositories.ts';
import type { ScheduledEventApi } from '../delivery/scheduled-event-api.ts';
import type { FileRefusals } from '../discord/posting/post-request.ts';
import type { OpenDm } from '../discord/rest/dm-channel.ts';
import type { WithLastCheck } from '../discord/rest/last-check.ts';
import type { CurrentKnowledge, DataState } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { RealTime } from '../lib/real-time.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Store } from '../store/store.ts';

/** The services of both halves of the bot: interactions and delivery. */
export interface Services extends Repositories {
  config: Config;
  clock: Clock;
  realTime: RealTime;
  /** Returns a number from 0 up to 1. */
  random: () => number;
  log: Logger;
  metrics: Metrics;
  /** Returns the current facts, messages and questions. */
  knowledge: CurrentKnowledge;
  /** Returns when the data files were loaded, and the problems in them. */
  dataState: () => DataState;
  store: Store;
  clockCheck: ClockCheck;
  eventApi: ScheduledEventApi;
  /** The bot's own version. */
  version: string;
  /** Discord's HTTP API, for all requests but posts. */
  rest: REST;
  /** The client for posts: it neither retries nor waits. */
  posts: REST;
  /** The client for writes that are not in the ledger: no retries, short waits for rate limits. */
  writes: REST;
  /** The last check of requests of that client. */
  withLastCheck: WithLastCheck;
  invalidRequests: InvalidRequestBudget;
  /** Draws the pictures of posts. */
  draw: DrawPicture;
  /** The channels that took no picture lately. */
  refusals: FileRefusals;
  openDm: OpenDm;
  /**
   * Whether the database belongs to the bot's application. With the token of another one, every stored server would look as if
   * it had removed the bot.
   */
  ownsDatabase: () => Promise<boolean>;
  /** Asks Discord whether the bot is in a server; `unknown` if the database belongs to another application. */
  findMembership: FindMembership;
  /** Called when the bot cannot go on. */
  onFatal: (reason: string) => void;
}
