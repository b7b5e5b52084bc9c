import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ANSWER_OUTCOMES, type Metrics, POST_OUTCOMES } from './metrics.ts';

/** The date of the newest source of the facts, and its age. */
export type NewestSource = { date: string; days: number };

/** The metrics, and their text for Prometheus. */
export interface PrometheusMetrics {
  metrics: Metrics;
  /** Sets the command paths that have series of their own. Other paths, and all before the call, are counted as `other`. */
  setCommandPaths(paths: readonly string[]): void;
  contentType: string;
  /** Returns all metrics in Prometheus's text format. `backlog` is undefined if it is not known. */
  text(backlog: number | undefined, newestSource: NewestSource | undefined): Promise<string>;
}

/** Buckets in seconds, around Discord's limit of three and what people perceive as instant. */
const ANSWER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 15];
/** Buckets in seconds: from on time, through a restart and an outage, up to the week after which posts are skipped. */
const DELAY_SECONDS = [1, 2, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400, 604_800];
const SCOPES = ['user', 'global', 'shared'] as const;
/** The label of every unknown value: requests must not be able to create series. */
const OTHER = 'other';

/** Creates the counters, gauges and histograms in the registry. */
function createCollectors(register: Registry) {
  const registers = [register];
  const answers = new Counter({
    name: 'concierge_answers_total',
    help: 'Interactions answered, by command and outcome.',
    labelNames: ['command', 'outcome'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'concierge_answer_duration_seconds',
    help: 'From the arrival of an interaction to its answer.',
    labelNames: ['command', 'outcome'] as const,
    buckets: ANSWER_SECONDS,
    registers,
  });
  const posts = new Counter({
    name: 'concierge_posts_total',
    help: 'Attempts at posts and skipped posts, by outcome.',
    labelNames: ['outcome'] as const,
    registers,
  });
  const lateness = new Histogram({
    name: 'concierge_post_lateness_seconds',
    help: 'From the instant at which a post was due to the one at which it was there.',
    buckets: DELAY_SECONDS,
    registers,
  });
  const backlogged = new Gauge({
    name: 'concierge_due_backlog',
    help: 'Countdowns that are due and not done, in the whole database; NaN while the store does not answer.',
    registers,
  });
  const sourced = new Gauge({
    name: 'concierge_newest_source_timestamp_seconds',
    help: 'The day of the newest source of the facts; NaN where there is none.',
    registers,
  });
  const aged = new Gauge({
    name: 'concierge_newest_source_age_days',
    help: 'How many days ago the newest source of the facts is dated; NaN where there is none.',
    registers,
  });
  const invalids = new Counter({
    name: 'concierge_invalid_requests_total',
    help: 'Requests that Discord counts as invalid (401, 403, 429); it bans an address at 10,000 in ten minutes.',
    registers,
  });
  const limits = new Counter({
    name: 'concierge_rate_limited_total',
    help: 'Answers 429 of Discord, by scope.',
    labelNames: ['scope'] as const,
    registers,
  });
  return { answers, durations, posts, lateness, backlogged, sourced, aged, invalids, limits };
}

/** Creates the metrics with prom-client, in a registry of their own. */
export function createPrometheusMetrics(): PrometheusMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });

  const { answers, durations, posts, lateness, backlogged, sourced, aged, invalids, limits } =
    createCollectors(register);
  // Starts all series at 0, so that the first event is seen as an increase.
  for (const outcome of POST_OUTCOMES) posts.inc({ outcome }, 0);
  for (const scope of [...SCOPES, OTHER]) limits.inc({ scope }, 0);

  let paths: readonly string[] = [];
  const known = (value: string | null | undefined, all: readonly string[]) =>
    value && all.includes(value) ? value : OTHER;
  return {
    metrics: {
      interactionAnswered(path, outcome, { seconds }) {
        const labels = { command: known(path, paths), outcome: known(outcome, ANSWER_OUTCOMES) };
        answers.inc(labels);
        durations.observe(labels, seconds);
      },
      postAttempted: (outcome) => posts.inc({ outcome }),
      // A clock that was set back would give a negative delay.
      postDelay: (by) => lateness.observe(Math.max(0, by.total('seconds'))),
      invalidRequest: () => invalids.inc(),
      rateLimited: (scope) => limits.inc({ scope: known(scope, SCOPES) }),
    },
    setCommandPaths(commandPaths) {
      paths = commandPaths;
    },
    contentType: register.contentType,
    text(backlog, newestSource) {
      sourced.set(newestSource ? Date.parse(newestSource.date) / 1000 : Number.NaN);
      aged.set(newestSource?.days ?? Number.NaN);
      backlogged.set(backlog ?? Number.NaN);
      return register.metrics();
    },
  };
}
