import type { REST } from '@discordjs/rest';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { CountdownRepository } from '../delivery/countdown-repository.ts';
import type { EventRepository } from '../delivery/event-repository.ts';
import type { InvalidRequestBudget } from '../delivery/invalid-request-budget.ts';
import type { ScheduledEventApi } from '../delivery/scheduled-event-api.ts';
import type { Application } from '../discord/rest/application.ts';
import type { CurrentKnowledge, DataState } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Store } from '../store/store.ts';

/** What both halves of the bot work with: the one that answers, and the one that delivers. */
export interface Services {
  config: Config;
  clock: Clock;
  log: Logger;
  meters: Metrics;
  /** What is known at this moment, and how the files stand from which it is read. */
  knowledge: CurrentKnowledge;
  dataState: () => DataState;
  store: Store;
  countdowns: CountdownRepository;
  events: EventRepository;
  eventCalls: ScheduledEventApi;
  /** The bot's own version. */
  version: string;
  /** Discord's HTTP API, for all but posts. */
  rest: REST;
  /** The same for posts, with its refusals counted. */
  posts: REST;
  invalid: InvalidRequestBudget;
  /** Whose token it is, asked of Discord where no gateway runs in this process; undefined where one does, and tells. */
  application: Application | undefined;
  /** Called when the bot cannot go on. */
  failed: (reason: string) => void;
}
