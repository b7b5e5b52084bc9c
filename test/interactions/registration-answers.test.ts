import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startRegistration } from '../../src/app/command-registration.ts';
import { createRestClient } from '../../src/discord/rest/client.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { commands } from '../commands/support.ts';
import { silent, testClock } from '../delivery/support.ts';
import { type Answer, NO_VERDICTS, OTHER_ANSWERS } from '../discord/answers.ts';
import { accessTo } from '../discord/rest/access.ts';
import { request } from '../sandbox/support.ts';

const START = '2025-06-06T13:00:00Z';
const knowledge = loadData('data');
/** Each body with a few statuses, and a few codes: the reason of a failure makes no difference here. */
const ANSWERS = [
  ...NO_VERDICTS.filter(([, { status }]) => [401, 403, 502].includes(status)),
  ...OTHER_ANSWERS.filter(([, { code }]) => code === 0 || code === 40333),
  ['400 with code 50035', { status: 400, code: 50035 }],
  ['403 with code 50001', { status: 403, code: 50001 }],
] as const satisfies readonly (readonly [string, Answer])[];

let sandbox: Sandbox;
let route: `/${string}` = '/';
let applicationId = '';

beforeAll(async () => {
  sandbox = await startSandbox({ serverOnly: true, at: START, clock: 'manual' });
  await sandbox.world({ limits: 'off' });
  applicationId = (await sandbox.state()).bot.id;
  route = `/applications/${applicationId}/commands`;
});
afterAll(() => sandbox.stop());

/** Starts a registration while the requests with a method fail. Returns its clock, and what ends it. */
async function register(method: string, does: Answer) {
  await sandbox.faults([]);
  await request(sandbox, 'PUT', route, []);
  await sandbox.faults([{ route: `${method} ${route}`, times: 'always', does }]);
  const clock = testClock(START);
  const store = openSqliteStore(`${temporaryFolder()}/db.sqlite`, { postsPerSecond: 40 });
  const stopping = new AbortController();
  onTestFinished(async () => {
    stopping.abort();
    await store.close();
  });
  await startRegistration({
    services: { knowledge: () => knowledge, store, clock, log: silent },
    commands,
    rest: createRestClient(accessTo(sandbox.apiUrl), noMetrics, { retries: 0 }),
    applicationId,
    signal: stopping.signal,
    onRegistered: () => {},
  });
  return { clock, stop: () => stopping.abort() };
}

const registered = async () => (await sandbox.state()).commands.length;

describe.each(['GET', 'PUT'])('registering the commands, where %s is answered', (method) => {
  test.each(ANSWERS)('%s: they are registered a minute later', async (_, does) => {
    const { clock } = await register(method, does);
    expect(await registered()).toBe(0);
    await sandbox.faults([]);
    clock.add({ minutes: 1 });
    await expect.poll(registered).toBe(commands.length);
  });
});

test('attempts to register become rarer, and end with the process', async () => {
  const { clock, stop } = await register('PUT', { status: 403, html: true });
  const attempts = async () => (await sandbox.counters()).requests['PUT /applications/:id/commands'] ?? 0;
  const before = await attempts();
  for (let minute = 0; minute < 120; minute += 1) {
    clock.add({ minutes: 1 });
    await expect.poll(clock.sleepers).toBe(1);
  }
  // After 1, 2, 4, 8, 16 and 32 minutes.
  expect((await attempts()) - before).toBe(6);
  stop();
  clock.add({ hours: 24 });
  expect(clock.sleepers()).toBe(0);
  expect((await attempts()) - before).toBe(6);
});
