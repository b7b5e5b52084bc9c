import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { type Answer, NO_VERDICTS, OTHER_ANSWERS } from '../discord/answers.ts';
import { PATIENT } from '../sandbox/support.ts';
import { titleIn } from '../support.ts';

const COMMAND = '/ballerina release';
const TOKEN = 'a-token-of-the-bot';
/** The codes that speak of an interaction. */
const CODES: readonly (readonly [string, Answer])[] = [
  ['404 with code 10062', { status: 404, code: 10062 }],
  ['400 with code 40060', { status: 400, code: 40060 }],
  ['400 with code 50035', { status: 400, code: 50035 }],
  ['429 without a wait', { status: 429 }],
  ['429 with a page of HTML', { status: 429, html: true }],
];

let sandbox: Sandbox;
const lines: string[] = [];

beforeAll(async () => {
  const config = { logLevel: 'info', token: TOKEN, database: { kind: 'sqlite', path: 'x' } } as const;
  const log = createLogger(config, { write: (line) => void lines.push(line) });
  sandbox = await startSandbox({ at: '2025-06-06T13:00:00Z', clock: 'manual', timing: PATIENT, log });
  await sandbox.world({ limits: 'off' });
});
afterAll(() => sandbox.stop());

const callbacks = async () =>
  (await sandbox.counters()).requests['POST /interactions/:id/:token/callback'] ?? 0;

test.each([...NO_VERDICTS, ...OTHER_ANSWERS, ...CODES])(
  'an interaction whose response is answered %s is given up, and the next one is answered',
  async (_, does) => {
    await sandbox.faults([{ route: 'POST /interactions/*/*/callback', times: 'always', does }]);
    const before = await callbacks();
    lines.length = 0;
    // Discord shows the person that the bot did not respond.
    void sandbox.command(COMMAND).catch(() => {});
    await expect.poll(callbacks).toBeGreaterThan(before);
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    expect((await callbacks()) - before).toBeLessThanOrEqual(does.status < 500 ? 1 : 4);

    await sandbox.faults([]);
    expect(titleIn(await sandbox.command(COMMAND))).toContain('Ballerina');
    expect(lines.join('')).toContain('could not answer an interaction');
    expect(lines.join('')).not.toMatch(/aW50ZXJhY3Rpb246|a-token-of-the-bot|DOCTYPE/);
  },
);
