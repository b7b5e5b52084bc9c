import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { describe, expect, test } from 'vitest';
import { toOutcome } from '../../../src/discord/rest/errors.ts';
import { RequestNotSentError, TokenRejectedError } from '../../../src/discord/rest/request-guard.ts';

const REQUEST = [
  'POST',
  'http://discord/api/v10/channels/1/messages',
  { body: {}, files: undefined },
] as const;

/** What the library throws for Discord's JSON with a code. */
const json = (status: number, code: number) =>
  new DiscordAPIError({ code, message: 'x' }, code, status, ...REQUEST);
/** What it throws for a page of HTML, or for JSON of a proxy: there is no code. */
const html = (status: number) =>
  status >= 500
    ? new HTTPError(status, 'x', ...REQUEST)
    : new DiscordAPIError({} as never, undefined as never, status, ...REQUEST);

test.each([
  [404, 10003, 'channel-gone'],
  [404, 10004, 'guild-gone'],
  [403, 50001, 'no-access'],
  [403, 50013, 'no-permission'],
  [403, 50007, 'direct-closed'],
  [403, 50278, 'direct-closed'],
  [400, 50083, 'thread-locked'],
  [400, 160005, 'thread-locked'],
] as const)('JSON %s with code %s silences the channel: %s', (status, code, reason) => {
  expect(toOutcome(json(status, code))).toEqual({ kind: 'paused', reason });
});

test.each([
  [400, 50035, 'invalid'],
  [400, 50006, 'invalid'],
  [413, 40005, 'invalid'],
  [403, 20009, 'automod'],
  [400, 200000, 'automod'],
  [400, 200001, 'automod'],
  [400, 240000, 'link'],
] as const)('JSON %s with code %s rejects this one post: %s', (status, code, reason) => {
  expect(toOutcome(json(status, code))).toMatchObject({ kind: 'rejected', reason });
});

describe('is tried again', () => {
  test.each([400, 401, 403, 404, 405, 408, 413, 418, 500, 502, 503, 504, 520, 522])(
    'HTML with status %s',
    (status) => {
      expect(toOutcome(html(status)).kind).toBe('retry');
    },
  );

  test.each([
    [403, 40333],
    [403, 40003],
    [403, 40004],
    [401, 40006],
    [403, 20026],
    [403, 110000],
    [403, 110001],
    [403, 0],
    [404, 0],
    [400, 0],
    [403, 99999],
    [404, 99999],
    [400, 99999],
    [429, 20016],
    [429, 20028],
    [400, 20016],
    [403, 20028],
    [403, 20029],
    [400, 40062],
    [503, 130000],
    [503, 50001],
  ])('JSON %s with code %s', (status, code) => {
    expect(toOutcome(json(status, code)).kind).toBe('retry');
  });

  test.each([
    ['an aborted request', Object.assign(new Error('x'), { name: 'AbortError' })],
    ['a reset connection', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
    ['a failed request with a cause', new Error('x', { cause: new Error('y') })],
  ])('%s', (_, error) => {
    expect(toOutcome(error)).toMatchObject({ kind: 'retry' });
    expect(toOutcome(error)).not.toHaveProperty('notSent');
  });
});

describe('was surely not posted', () => {
  test.each([
    ['a 429', json(429, 0)],
    ['a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['a request that was held back', new RequestNotSentError('x')],
    [
      'a wait that is too long',
      new RateLimitError({ retryAfter: 99_000, timeToReset: 99_000 } as ConstructorParameters<
        typeof RateLimitError
      >[0]),
    ],
  ])('%s', (_, error) => {
    expect(toOutcome(error)).toMatchObject({ kind: 'retry', notSent: true });
  });
});

test('a token that Discord rejected is fatal', () => {
  expect(toOutcome(new TokenRejectedError('x'))).toEqual({ kind: 'refused' });
});

test('an error that is no request error is thrown: a bug', () => {
  expect(() => toOutcome(new TypeError('a bug'))).toThrow('a bug');
});
