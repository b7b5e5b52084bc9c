import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { Crash, fuse } from './fuse.ts';
import {
  type Channels,
  factsWith,
  machine,
  recordingChannels,
  type TestClock,
  testClock,
} from './support.ts';

const START = '2024-05-01T00:00:00Z';
const END = '2024-06-10T00:00:00Z';
const FACTS = factsWith([
  { known: '2023-01-01', date: '2024-05-20' },
  { known: '2024-05-05', date: '2024-06-07' },
]);
const KEYS = [
  'moved/2024-05-20/2024-06-07',
  'milestone/7/2024-06-07',
  'milestone/1/2024-06-07',
  'milestone/0/2024-06-07',
];

/** Runs until the end, restarting `away` after each crash; the `fatal`-th step of the first run is the crash. */
async function survive(
  clock: TestClock,
  channels: Channels,
  fatal: number,
  when: 'before' | 'after',
  away: Temporal.DurationLike,
) {
  const path = join(temporaryFolder(), 'test.sqlite');
  const setup = machine({ clock, sender: channels, path, facts: FACTS });
  await setup.add();
  setup.close();

  const { state, spoil } = fuse(fatal, when);
  const first = machine({ clock, sender: channels, path, facts: FACTS, spoil });
  try {
    await first.runTo(END);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  first.close();
  if (state.blown) {
    clock.add(away);
    const second = machine({ clock, sender: channels, path, facts: FACTS });
    await second.runTo(END);
    second.close();
  }
  return state.blown;
}

const short = (key: string) => key.split('/').slice(1, 4).join('/');

test.each([
  ['before', 'a second', { seconds: 1 }],
  ['after', 'a second', { seconds: 1 }],
  ['before', 'two minutes', { seconds: 120 }],
  ['after', 'two minutes', { seconds: 120 }],
  ['before', 'an hour', { hours: 1 }],
  ['after', 'an hour', { hours: 1 }],
] as const)(
  'a bot killed %s any step and restarted after %s makes each post exactly once',
  async (when, _, away) => {
    let crashes = 0;
    for (let fatal = 1; ; fatal += 1) {
      const clock = testClock(START);
      const channels = recordingChannels({ clock });
      if (!(await survive(clock, channels, fatal, when, away))) break;
      crashes += 1;
      expect({ fatal, posted: channels.posted.map(({ key }) => short(key)) }).toEqual({
        fatal,
        posted: KEYS,
      });
    }
    // Four posts, each with at least: "sending", the send, "posted"; and the progress and the queue between them.
    expect(crashes).toBeGreaterThanOrEqual(4 * 4);
  },
);

test('a bot killed before a send and restarted after the nonce window does not post if the channel cannot be read', async () => {
  let unsure = 0;
  for (let fatal = 1; ; fatal += 1) {
    const clock = testClock(START);
    const channels = recordingChannels({ clock, readable: false });
    if (!(await survive(clock, channels, fatal, 'after', { hours: 1 }))) break;
    const keys = channels.posted.map(({ key }) => short(key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(KEYS.length - 1);
    if (keys.length < KEYS.length) unsure += 1;
  }
  expect(unsure).toBe(KEYS.length);
});
