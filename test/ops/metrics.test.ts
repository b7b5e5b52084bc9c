import { describe, expect, test } from 'vitest';
import { ANSWER_OUTCOMES, POST_OUTCOMES } from '../../src/ops/metrics.ts';
import { openOps, parseExposition, valuesOf, WELL } from './support.ts';

/** What is shown of the bot; what Node and the process show of themselves is left out. */
async function read(url: string) {
  const { samples } = parseExposition(await (await fetch(`${url}/metrics`)).text());
  return samples.filter(({ name }) => name.startsWith('concierge_'));
}

test('metrics are in Prometheus’s text format, each with help and type', async () => {
  const { url, metrics, watch } = await openOps();
  watch({ ...WELL, backlog: async () => 7 });
  metrics.interactionAnswered('ballerina/cast', 'answered', { seconds: 0.03 });
  metrics.postAttempted('posted');
  metrics.postDelay(Temporal.Duration.from({ seconds: 4 }));
  metrics.invalidRequest();
  metrics.rateLimited('user');

  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const { samples, types, helped } = parseExposition(await response.text());
  const families = new Set(
    samples.map(({ name }) => (types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''))),
  );
  for (const family of families) {
    expect(types.get(family), family).toMatch(/^(counter|gauge|histogram|summary)$/);
    expect(helped).toContain(family);
  }
  expect([...families].filter((name) => name.startsWith('concierge_')).sort()).toEqual([
    'concierge_answer_duration_seconds',
    'concierge_answers_total',
    'concierge_due_backlog',
    'concierge_invalid_requests_total',
    'concierge_newest_source_age_days',
    'concierge_newest_source_timestamp_seconds',
    'concierge_post_lateness_seconds',
    'concierge_posts_total',
    'concierge_rate_limited_total',
  ]);
  expect(families).toContain('process_resident_memory_bytes');
});

describe('metrics count', () => {
  test('answers by command and outcome, with their duration', async () => {
    const { url, metrics } = await openOps();
    metrics.interactionAnswered('ballerina/cast', 'answered', { seconds: 0.2 });
    metrics.interactionAnswered('ballerina/cast', 'answered', { seconds: 2.5 });
    metrics.interactionAnswered('wick/upcoming', 'failed', { seconds: 0.01 });
    const cast = { command: 'ballerina/cast', outcome: 'answered' };
    expect(await valuesOf(url, 'concierge_answers_total', cast)).toEqual([2]);
    expect(await valuesOf(url, 'concierge_answers_total', { outcome: 'failed' })).toEqual([1]);
    const buckets = (le: string) =>
      valuesOf(url, 'concierge_answer_duration_seconds_bucket', { ...cast, le });
    expect([await buckets('0.1'), await buckets('0.25'), await buckets('3'), await buckets('+Inf')]).toEqual([
      [0],
      [1],
      [2],
      [2],
    ]);
  });

  test('posts by outcome, starting at 0', async () => {
    const { url, metrics } = await openOps();
    metrics.postAttempted('posted');
    metrics.postAttempted('retry');
    metrics.postAttempted('retry');
    const samples = await read(url);
    const posts = samples.filter(({ name }) => name === 'concierge_posts_total');
    expect(Object.fromEntries(posts.map(({ labels, value }) => [labels['outcome'], value]))).toEqual({
      ...Object.fromEntries(POST_OUTCOMES.map((outcome) => [outcome, 0])),
      posted: 1,
      retry: 2,
    });
  });

  test('the delay of posts, which is never negative', async () => {
    const { url, metrics } = await openOps();
    metrics.postDelay(Temporal.Duration.from({ seconds: 30 }));
    metrics.postDelay(Temporal.Duration.from({ hours: 30 }));
    metrics.postDelay(Temporal.Duration.from({ minutes: -5 }));
    const under = (le: string) => valuesOf(url, 'concierge_post_lateness_seconds_bucket', { le });
    expect([await under('1'), await under('60'), await under('86400'), await under('604800')]).toEqual([
      [1],
      [2],
      [2],
      [3],
    ]);
    expect(await valuesOf(url, 'concierge_post_lateness_seconds_sum')).toEqual([30 + 30 * 3600]);
  });

  test('rate limits by scope, and invalid requests', async () => {
    const { url, metrics } = await openOps();
    for (const scope of ['user', 'shared', 'shared', null, 'of some later day']) metrics.rateLimited(scope);
    metrics.invalidRequest();
    const limited = (scope: string) => valuesOf(url, 'concierge_rate_limited_total', { scope });
    expect([
      await limited('user'),
      await limited('shared'),
      await limited('global'),
      await limited('other'),
    ]).toEqual([[1], [2], [0], [2]]);
    expect(await valuesOf(url, 'concierge_invalid_requests_total')).toEqual([1]);
  });
});

describe('the backlog metric', () => {
  test('is read from the store for each scrape', async () => {
    const { url, watch } = await openOps();
    let due = 3;
    watch({ ...WELL, backlog: async () => due });
    expect(await valuesOf(url, 'concierge_due_backlog')).toEqual([3]);
    due = 0;
    expect(await valuesOf(url, 'concierge_due_backlog')).toEqual([0]);
  });

  test.each([
    ['before the store is open', undefined],
    ['while the store is away', () => Promise.reject(new Error('connect ECONNREFUSED'))],
    ['while the store hangs', () => new Promise<number>(() => {})],
  ])('%s it is not a number, and all else is shown', async (_, backlog) => {
    const { url, watch, metrics } = await openOps();
    if (backlog) watch({ ...WELL, backlog });
    metrics.postAttempted('posted');
    const shown = new Map(
      (await read(url)).map(({ name, value, labels }) => [`${name} ${labels['outcome']}`, value]),
    );
    expect(shown.get('concierge_due_backlog undefined')).toBeNaN();
    expect(shown.get('concierge_posts_total posted')).toBe(1);
  });
});

test('unknown commands are counted as one series', async () => {
  const { url, metrics } = await openOps();
  for (const outcome of ANSWER_OUTCOMES)
    metrics.interactionAnswered('ballerina/cast', outcome, { seconds: 0.1 });
  metrics.interactionAnswered(undefined, 'refused', { seconds: 0.1 });
  const before = (await read(url)).length;
  for (let n = 0; n < 1_000; n += 1) {
    metrics.interactionAnswered(`wick/nonsense-${n}`, 'refused', { seconds: 0.1 });
    metrics.interactionAnswered('constructor', 'refused', { seconds: 0.1 });
    metrics.rateLimited(`scope-${n}`);
  }
  const samples = await read(url);
  expect(samples.length).toBe(before);
  const other = samples.filter(
    ({ name, labels }) => name === 'concierge_answers_total' && labels['command'] === 'other',
  );
  expect(other.map(({ value }) => value)).toEqual([2_001]);
});

test('metrics show the newest source and its age, NaN before the facts are loaded', async () => {
  const { url, watch } = await openOps();
  expect(await valuesOf(url, 'concierge_newest_source_age_days')).toEqual([Number.NaN]);
  watch({ ...WELL, newestSource: () => ({ date: '2026-06-07', days: 168 }) });
  expect(await valuesOf(url, 'concierge_newest_source_age_days')).toEqual([168]);
  expect(await valuesOf(url, 'concierge_newest_source_timestamp_seconds')).toEqual([
    Date.parse('2026-06-07') / 1000,
  ]);
});
