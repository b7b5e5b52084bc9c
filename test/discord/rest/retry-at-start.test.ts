import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type RetryAtStartOptions, retryAtStart } from '../../../src/discord/rest/retry-at-start.ts';

/** A start that waits for milliseconds instead of a minute, and what it logs. */
function start(options: Partial<RetryAtStartOptions> = {}) {
  const lines: { msg: string; level: number }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const given = { apiUrl: 'http://discord.invalid/api', log, waitMs: 1_000, firstDelayMs: 1, ...options };
  return { lines, retry: <T>(work: () => Promise<T>) => retryAtStart(work, given) };
}

const failure = (more: object) => Object.assign(new Error('no answer'), more);

test('a start waits for a Discord that does not answer, and says so once', async () => {
  const { lines, retry } = start();
  let attempts = 0;
  const answer = await retry(async () => {
    attempts += 1;
    if (attempts < 5) throw failure({ code: 'ECONNREFUSED' });
    return 'at last';
  });
  expect([answer, attempts]).toEqual(['at last', 5]);
  expect(lines.map(({ msg }) => msg)).toEqual(['Discord unavailable at start, retrying']);
});

test.each([{ status: 500 }, { status: 403 }, { status: 200 }, { code: 'ENOTFOUND' }])(
  'a start that has waited in vain (%j) fails with a sentence, and may succeed later',
  async (more) => {
    const { retry } = start({ waitMs: 5 });
    const end = retry(() => Promise.reject(failure(more)));
    await expect(end).rejects.toMatchObject({
      kind: 'passing',
      message:
        'Discord cannot be reached at http://discord.invalid/api (no answer). Check the address and the network, then start again.',
    });
  },
);

test.each([{ status: 401 }, { code: 'TokenInvalid' }])(
  'a refused token (%j) is not tried again',
  async (more) => {
    const { retry, lines } = start();
    let attempts = 0;
    const end = retry(() => {
      attempts += 1;
      return Promise.reject(failure(more));
    });
    await expect(end).rejects.toMatchObject({
      kind: 'lasting',
      message: expect.stringContaining('refuses the token'),
    });
    expect([attempts, lines]).toEqual([1, []]);
  },
);

test('a stop ends the wait for Discord', async () => {
  const stopping = new AbortController();
  const { retry } = start({ waitMs: 600_000, firstDelayMs: 600_000, signal: stopping.signal });
  const end = retry(() => Promise.reject(failure({})));
  stopping.abort();
  await expect(end).rejects.toThrow('cannot be reached');
});
