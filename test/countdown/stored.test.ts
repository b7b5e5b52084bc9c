import { expect, test } from 'vitest';
import { progressSchema, silence } from '../../src/countdown/countdown.ts';
import { guildCountdownsSchema } from '../../src/countdown/guild-document.ts';
import { historyOf, recordSchema } from '../../src/delivery/ledger.ts';

/** Documents as the first version of the bot wrote them: they are in databases, so they never change here. */
const ORDER = {
  id: 'abcdefghij',
  channelId: '100000000000000001',
  release: 'ballerina/release/theatrical/us',
  anniversary: false,
  timeZone: 'America/New_York',
  time: '09:00',
  milestones: [30, 7, 1, 0],
  roleId: '100000000000000009',
  locale: 'en-US',
  createdAt: '2024-01-20T12:00:00Z',
};
const PROGRESS = {
  told: '2025-06-06',
  settledThrough: '2025-05-07T13:00:00Z',
  unsure: '2025-05-07T13:00:00Z',
  paused: 'no-access',
};
const RECORDS = [
  { state: 'sending', attempt: 1, nonce: 'n', at: '2025-05-07T13:00:00Z' },
  { state: 'posted', messageId: '1', at: '2025-05-07T13:00:00Z' },
  { state: 'waiting', attempt: 1, at: '2025-05-07T13:00:00Z' },
  { state: 'paused', why: 'bug', at: '2025-05-07T13:00:00Z' },
  { state: 'skipped', why: 'late', at: '2025-05-07T13:00:00Z' },
];

test('documents of the first version are read unchanged', () => {
  expect(guildCountdownsSchema.parse({ countdowns: [ORDER] })).toEqual({ countdowns: [ORDER] });
  expect(progressSchema.parse(PROGRESS)).toEqual(PROGRESS);
  for (const record of RECORDS) expect(recordSchema.parse(record)).toEqual(record);
});

test('a stored refusal that does not name its channel silences the countdown', () => {
  expect(silence(ORDER, progressSchema.parse(PROGRESS))).toBe('no-access');
});

test('the history of several posts gives the newest as the last one', () => {
  const posted = (id: string, day: number) =>
    recordSchema.parse({ state: 'posted', messageId: id, at: `2025-05-0${day}T13:00:00Z` });
  const skipped = recordSchema.parse({ state: 'skipped', why: 'late', at: '2025-05-09T13:00:00Z' });
  const waiting = recordSchema.parse({ state: 'waiting', attempt: 1, at: '2025-05-09T13:00:00Z' });
  const history = historyOf({
    a: posted('1', 2),
    b: posted('2', 5),
    c: posted('3', 3),
    d: skipped,
    e: waiting,
  });
  expect(history.last).toMatchObject({ messageId: '2' });
  expect(history.settled).toEqual(new Set(['a', 'b', 'c', 'd']));
});
