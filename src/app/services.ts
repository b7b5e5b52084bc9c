import type { REST } from '@discordjs/rest';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Countdowns } from '../delivery/countdown-repository.ts';
import type { EventOrders } from '../delivery/event-repository.ts';
import type { InvalidRequests } from '../delivery/invalid-request-budget.ts';
import type { EventCalls } from '../delivery/scheduled-event-api.ts';
import type { Application } from '../discord/rest/application.ts';
import type { DataState, KnowledgeNow } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { Meters } from '../ops/metrics.ts';
import type { Store } from '../store/store.ts';

/** What both halves of the bot work with: the one that answers, and the one that delivers. */
export interface Parts {
  config: Config;
  clock: Clock;
  log: Logger;
  meters: Meters;
  /** What is known at this moment, and how the files stand from which it is read. */
  knowledge: KnowledgeNow;
  dataState: () => DataState;
  store: Store;
  countdowns: Countdowns;
  events: EventOrders;
  eventCalls: EventCalls;
  /** The bot's own version. */
  version: string;
  /** Discord's HTTP API, for all but posts. */
  rest: REST;
  /** The same for posts, with its refusals counted. */
  posts: REST;
  invalid: InvalidRequests;
  /** Whose token it is, asked of Discord where no gateway runs in this process; undefined where one does, and tells. */
  application: Application | undefined;
  /** Called when the bot cannot go on. */
  failed: (reason: string) => void;
}
