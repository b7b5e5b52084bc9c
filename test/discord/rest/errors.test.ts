import { expect, test } from 'vitest';
import { classify } from '../../../src/discord/rest/errors.ts';

const of = (status: number | undefined, code?: number) =>
  classify({ message: 'x', ...(status !== undefined && { status }), ...(code !== undefined && { code }) });

test.each([
  [404, 10003, 'channel-gone'],
  [404, 10004, 'guild-gone'],
  [403, 50001, 'no-access'],
  [403, 50013, 'no-permission'],
  [400, 50035, 'bug'],
  [400, 50006, 'bug'],
  [403, undefined, 'no-access'],
  [403, 99999, 'no-access'],
  [404, undefined, 'channel-gone'],
  [400, undefined, 'bug'],
] as const)('status %s with code %s pauses: %s', (status, code, reason) => {
  expect(of(status, code)).toEqual({ kind: 'paused', reason });
});

test.each([
  [429, undefined],
  [500, undefined],
  [502, undefined],
  [503, 0],
  [504, undefined],
  [undefined, undefined],
  [429, 20016],
  [429, 20028],
  [400, 20016],
  [403, 20028],
  [403, 20029],
  [503, 130000],
] as const)('status %s with code %s is tried again later', (status, code) => {
  expect(of(status, code).kind).toBe('retry');
});

test.each([undefined, 0, 50001, 50013, 10003])('401 stops everything, whatever its code (%s)', (code) => {
  expect(of(401, code)).toEqual({ kind: 'refused' });
});
