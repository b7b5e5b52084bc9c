import { type DestinationStream, type Logger, pino } from 'pino';
import { compose } from '../src/app/compose.ts';
import { type Config, parseConfig } from '../src/config.ts';
import { createClockCheck, lockWithRightClock } from '../src/delivery/clock-check.ts';
import { createInvalidRequestBudget } from '../src/delivery/invalid-request-budget.ts';
import { createRepositories, type Repositories } from '../src/delivery/repositories.ts';
import { createRequestGuard, type MakeRequest } from '../src/discord/rest/request-guard.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { KnowledgeBase } from '../src/knowledge/knowledge-base.ts';
import { noMetrics } from '../src/ops/metrics.ts';
import type { Store } from '../src/store/store.ts';
import { createRealTime, kill, type Life, type MachineClock } from './machine.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const config: Config = {
  ...parseConfig({
    DISCORD_TOKEN: 'simulated',
    DISCORD_API_URL: 'http://discord.invalid/api',
    DATABASE_URL: 'sqlite::memory:',
  }),
  role: 'deliver',
};

/** A log line. */
export interface LogLine {
  level: number;
  msg: string;
  err?: { message: string; stack: string };
  [field: string]: unknown;
}

/** A process of the bot: the half that delivers, as `compose` makes it. */
export interface BotProcess {
  life: Life;
  /** The repositories as commands have them. */
  repositories: Repositories;
  now(): Temporal.Instant;
  /** Hands on knowledge that has changed. */
  reload(knowledge: Knowledge): void;
}

/** What a process is started with. */
export interface BotProcessOptions {
  life: Life;
  store: Store;
  time: VirtualTime;
  startMs: number;
  clock: MachineClock;
  random: Random;
  send: MakeRequest;
  knowledge: () => Knowledge;
  onLog: (line: LogLine) => void;
}

/** Starts a process. It works at once; its start may fail, as that of a real one. */
export function startProcess(options: BotProcessOptions): BotProcess {
  const { life, store, time, startMs, knowledge, send } = options;
  const clock = options.clock.of(life);
  const realTime = createRealTime(time, startMs, life);
  const log = createLog(life, options.onLog);
  const invalidRequests = createInvalidRequestBudget();
  const { apiUrl } = config;
  const ask = () => guard.makeRequest(`${apiUrl}/v10/gateway`, { method: 'GET' });
  const clockCheck = createClockCheck({ clock, ask, log, monotonic: realTime.now, sleep: realTime.sleep });
  const guard = createRequestGuard({
    apiUrl,
    invalidRequests,
    clock,
    send,
    monotonic: realTime.now,
    onAnswer: clockCheck.note,
  });
  let onChange: (changed: Knowledge) => Promise<void> = async () => {};
  const knowledgeBase: KnowledgeBase = {
    current: knowledge,
    state: () => ({ readAt: clock.now(), problems: [] }),
    reload: async () => {},
    watch(listener) {
      onChange = listener;
    },
    whenIdle: async () => {},
    close() {},
  };
  const ops = { metrics: noMetrics, url: undefined, setCommandPaths() {}, watch() {}, close: async () => {} };
  const onFatal = (reason: string) => log.fatal(reason);
  const parts = { knowledgeBase, ops, store, guard, clockCheck, realTime, gateway: undefined };
  compose({ config, clock, log, onFatal, ...parts, random: options.random.next }).then(
    () => {},
    (error: unknown) => {
      if (life.isDead) return;
      log.warn({ reason: String(error) }, 'start failed');
      kill(life);
    },
  );
  const withLock = lockWithRightClock(store.withLock, clockCheck);
  return {
    life,
    repositories: createRepositories({ ...store, withLock }, () => knowledge().facts),
    now: clock.now,
    reload: (changed) => void onChange(changed).catch(() => {}),
  };
}

function createLog(life: Life, onLog: (line: LogLine) => void): Logger {
  const stream: DestinationStream = {
    write(text) {
      if (!life.isDead) onLog(JSON.parse(text) as LogLine);
    },
  };
  return pino({ level: 'info', timestamp: false, base: null }, stream);
}
