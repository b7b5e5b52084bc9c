import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { createScheduledEventApi } from '../../../src/discord/posting/scheduled-events.ts';
import { createWritesClient } from '../../../src/discord/rest/client.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { PATIENT } from '../../sandbox/support.ts';
import { NO_VERDICTS, OTHER_ANSWERS } from '../answers.ts';
import { accessTo } from '../rest/access.ts';

let sandbox: Sandbox;
let guild = '';
beforeAll(async () => {
  sandbox = await startSandbox({
    at: '2024-01-20T12:00:00Z',
    clock: 'manual',
    serverOnly: true,
    timing: PATIENT,
  });
  await sandbox.world({ limits: 'off' });
  guild = (await sandbox.state()).guilds[0]?.id ?? '';
});
afterAll(() => sandbox.stop());

const TEXT = { name: 'Premiere', location: 'Rome', description: '' };
const HOURS = {
  start: Temporal.Instant.from('2024-02-01T00:00:00Z'),
  end: Temporal.Instant.from('2024-02-02T00:00:00Z'),
};
const EVENT = '100000000000000001';

/** A new client for each request: a refused token ends a client. */
function createApi() {
  return createScheduledEventApi(
    createWritesClient(accessTo(sandbox.apiUrl), noMetrics, async () => {}),
    async () => {},
  );
}

/** Each request that the bot makes about scheduled events, by its route. */
const ROUTES = {
  'GET /guilds/*/scheduled-events': () => createApi().find(guild, TEXT),
  'POST /guilds/*/scheduled-events': () => createApi().make(guild, TEXT, HOURS),
  'GET /guilds/*/scheduled-events/*': () => createApi().isBegun(guild, EVENT),
  'PATCH /guilds/*/scheduled-events/*': () => createApi().move(guild, EVENT, HOURS, TEXT),
  'DELETE /guilds/*/scheduled-events/*': () => createApi().remove(guild, EVENT),
};

/** What each answer of Discord means, whichever of the requests it answers. */
const OUTCOMES = [
  ['JSON', 404, 10070, 'gone'],
  ['JSON', 400, 30038, 'full'],
  ['JSON', 403, 50013, 'no-permission'],
  ['JSON', 403, 50001, 'no-permission'],
  ['JSON', 404, 10004, 'no-permission'],
  ['JSON', 400, 50035, 'bug'],
  ['JSON', 400, 200000, 'bug'],
  ['JSON', 403, 40333, 'later'],
  ['JSON', 403, 20026, 'later'],
  ['JSON', 404, 0, 'later'],
  ['JSON', 400, 99999, 'later'],
  ['JSON', 500, 50013, 'later'],
  ['JSON', 503, 10070, 'later'],
  ['HTML', 400, 0, 'later'],
  ['HTML', 403, 0, 'later'],
  ['HTML', 404, 0, 'later'],
  ['HTML', 502, 0, 'later'],
] as const;

const rows = Object.keys(ROUTES).flatMap((route) =>
  OUTCOMES.map(([body, status, code, why]) => ({
    route: route as keyof typeof ROUTES,
    body,
    status,
    code,
    why,
  })),
);

test.each(rows)('$route answered with $body $status and code $code means: $why', async (row) => {
  const { route, body, status, code, why } = row;
  const does = { status, ...(code > 0 && { code }), ...(body === 'HTML' && { html: true as const }) };
  await sandbox.faults([{ route, times: 'always', does }]);
  expect(await ROUTES[route]()).toEqual({ ok: false, why });
});

const routes = Object.keys(ROUTES) as (keyof typeof ROUTES)[];
const others = [...NO_VERDICTS, ...OTHER_ANSWERS].flatMap(([name, does]) =>
  routes.map((route) => ({ route, name, does })),
);

test.each(others)('$route answered $name is tried later', async ({ route, does }) => {
  await sandbox.faults([{ route, times: 'always', does }]);
  expect(await ROUTES[route]()).toEqual({ ok: false, why: 'later' });
});

const PARSED = [
  'GET /guilds/*/scheduled-events',
  'POST /guilds/*/scheduled-events',
  'GET /guilds/*/scheduled-events/*',
  'PATCH /guilds/*/scheduled-events/*',
] as const;
const unreadable = [{ html: true }, { empty: true }, { cut: true }] as const;

test.each(PARSED.flatMap((route) => unreadable.map((how) => ({ route, how }))))(
  '$route answered 200 with a body that is not an answer of Discord ($how) is tried later',
  async ({ route, how }) => {
    await sandbox.faults([{ route, times: 'always', does: { status: 200, ...how } }]);
    expect(await ROUTES[route]()).toEqual({ ok: false, why: 'later' });
  },
);
