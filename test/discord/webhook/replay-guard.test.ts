import { expect, test } from 'vitest';
import { createReplayGuard } from '../../../src/discord/webhook/replay-guard.ts';

const START = Temporal.Instant.from('2026-11-22T12:00:00Z');
const stamp = (instant: Temporal.Instant) => String(instant.epochMilliseconds / 1000);

function clockwork() {
  let now = START;
  const fresh = createReplayGuard(() => now);
  return { fresh, pass: (seconds: number) => (now = now.add({ seconds })) };
}

test.each([
  [0, true],
  [-30, true],
  [30, true],
  [-31, false],
  [31, false],
  [-3600, false],
])('a timestamp %i seconds from now is recent: %s', (seconds, recent) => {
  expect(clockwork().fresh.isRecent(stamp(START.add({ seconds })))).toBe(recent);
});

test.each(['', ' ', 'now', '-1', '1e9', '0x5', `${stamp(START)}.5`, `${stamp(START)} `, '9'.repeat(30)])(
  '%o is not a timestamp',
  (text) => {
    expect(clockwork().fresh.isRecent(text)).toBe(false);
  },
);

test('the replay guard keeps a key as long as its timestamp is recent', () => {
  // The worst case is a time stamp from the future: it stays recent for twice the window.
  for (const phase of [0, 1, 29, 30, 59, 60, 61]) {
    const { fresh, pass } = clockwork();
    pass(phase);
    expect(fresh.isFirst('a')).toBe(true);
    for (let second = 0; second <= 60; second++) {
      expect(fresh.isFirst('a'), `${phase} + ${second}`).toBe(false);
      pass(1);
    }
  }
});

test('the replay guard drops old keys', () => {
  const { fresh, pass } = clockwork();
  expect(fresh.isFirst('a')).toBe(true);
  pass(600);
  expect(fresh.isFirst('b')).toBe(true);
  expect(fresh.isFirst('a')).toBe(true);
});
