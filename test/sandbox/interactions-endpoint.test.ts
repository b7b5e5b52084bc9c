import { expect, test } from 'vitest';
import { createClient } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import {
  answerCorrectly,
  type EndpointResponse,
  type ReceivedRequest,
  startEndpoint,
} from './endpoint-support.ts';
import { identified, request, sandboxFor } from './support.ts';

const setEndpoint = (sandbox: Sandbox, url: string | null) =>
  request(sandbox, 'PATCH', '/applications/@me', { interactions_endpoint_url: url });
const getEndpoint = async (sandbox: Sandbox) =>
  (await request(sandbox, 'GET', '/applications/@me')).body.interactions_endpoint_url;

async function registerCommand(sandbox: Sandbox) {
  const { body: me } = await request(sandbox, 'GET', '/users/@me');
  await request(sandbox, 'PUT', `/applications/${me.id}/commands`, [{ name: 'hi', description: 'x' }]);
}

const neverAnswer = () => new Promise<never>(() => {});

/** A sandbox that sends its interactions to an endpoint. */
async function sandboxWithEndpoint(
  answer?: (received: ReceivedRequest, sandbox: Sandbox) => EndpointResponse | Promise<EndpointResponse>,
  options: object = {},
) {
  const sandbox = await sandboxFor(options);
  await registerCommand(sandbox);
  const bot = await startEndpoint(
    sandbox,
    answerCorrectly(answer && ((received) => answer(received, sandbox))),
  );
  expect((await setEndpoint(sandbox, bot.url)).status).toBe(200);
  bot.received.length = 0;
  return { sandbox, ...bot };
}

test('an interactions endpoint is set when it answers a PING and refuses a bad signature, and removed by null', async () => {
  const sandbox = await sandboxFor();
  expect(await getEndpoint(sandbox)).toBeNull();
  const { url, received } = await startEndpoint(sandbox, answerCorrectly());
  const { status, body } = await setEndpoint(sandbox, `${url}/interactions`);
  expect([status, body.interactions_endpoint_url]).toEqual([200, `${url}/interactions`]);
  expect(received.map(({ isGenuine, json }) => [isGenuine, json.type])).toEqual([
    [true, 1],
    [false, 1],
  ]);
  expect(received[0]?.json).toMatchObject({ application_id: body.id, id: expect.stringMatching(/^\d+$/) });
  expect(await setEndpoint(sandbox, null)).toMatchObject({ status: 200 });
  expect(await getEndpoint(sandbox)).toBeNull();
});

test.each<[string, (received: ReceivedRequest) => EndpointResponse | Promise<EndpointResponse>]>([
  ['accepts any signature', () => ({ body: { type: 1 } })],
  [
    'refuses a bad signature with 400',
    ({ isGenuine }) => (isGenuine ? { body: { type: 1 } } : { status: 400 }),
  ],
  ['refuses every signature', () => ({ status: 401 })],
  [
    'answers a PING with something else',
    ({ isGenuine }) => (isGenuine ? { body: { type: 4 } } : { status: 401 }),
  ],
  ['answers a PING with invalid JSON', ({ isGenuine }) => (isGenuine ? { body: 'PONG' } : { status: 401 })],
  ['answers a PING with 204', ({ isGenuine }) => ({ status: isGenuine ? 204 : 401 })],
])('an interactions endpoint that %s is not set, and the one before stays', async (_, respond) => {
  const sandbox = await sandboxFor();
  const before = await startEndpoint(sandbox, answerCorrectly());
  await setEndpoint(sandbox, before.url);
  const { url } = await startEndpoint(sandbox, respond);
  const { status, body } = await setEndpoint(sandbox, url);
  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: 50035,
    errors: {
      interactions_endpoint_url: { _errors: [{ code: 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID' }] },
    },
  });
  expect(await getEndpoint(sandbox)).toBe(before.url);
});

test('an interactions endpoint that is too slow is not set, and the one before stays', async () => {
  const state = temporaryFolder();
  const patient = await sandboxFor({ state });
  const before = await startEndpoint(patient, answerCorrectly());
  await setEndpoint(patient, before.url);
  await patient.stop();
  const sandbox = await sandboxFor({ state, timing: { answerMs: 50 } });
  const silent = await startEndpoint(sandbox, neverAnswer);
  expect((await setEndpoint(sandbox, silent.url)).status).toBe(400);
  expect(await getEndpoint(sandbox)).toBe(before.url);
});

test.each([
  'http://127.0.0.1:1/',
  'https://example.org/',
  'http://169.254.1.1/',
  'http://127.0.0.1.example.org/',
])('an interactions endpoint at %s is not set: it is unreachable, or not on this machine', async (url) => {
  const sandbox = await sandboxFor();
  expect((await setEndpoint(sandbox, url)).status).toBe(400);
  const refused = await createClient(sandbox.url).world({ interactionsEndpoint: url }).catch(String);
  expect(refused).toMatch(/interactionsEndpoint could not be verified: .+\./);
  expect(await getEndpoint(sandbox)).toBeNull();
});

test.each(['', 'here', 'ftp://127.0.0.1/', 5])(
  'an interactions endpoint at %o is not set: it is no URL',
  async (url) => {
    const sandbox = await sandboxFor();
    expect((await setEndpoint(sandbox, url as string)).status).toBe(400);
  },
);

test('an interactions endpoint can be set by a control call, and is saved with the signing key', async () => {
  const state = temporaryFolder();
  const first = await sandboxFor({ state });
  const { url } = await startEndpoint(first, answerCorrectly());
  await first.world({ interactionsEndpoint: url });
  const { body: before } = await request(first, 'GET', '/applications/@me');
  await first.stop();
  const second = await sandboxFor({ state });
  const { body: after } = await request(second, 'GET', '/applications/@me');
  expect(after).toEqual(before);
  expect(after.interactions_endpoint_url).toBe(url);
});

test('an interactions endpoint gets requests signed with a different key by each sandbox', async () => {
  const keys = await Promise.all(
    [sandboxFor(), sandboxFor()].map(
      async (sandbox) => (await request(await sandbox, 'GET', '/applications/@me')).body.verify_key,
    ),
  );
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
});
test('an interaction is sent to the endpoint, signed, and not over the gateway', async () => {
  const { sandbox, received } = await sandboxWithEndpoint();
  const { wire } = await identified(sandbox);
  const gateway = wire.next((payload) => payload.t === 'INTERACTION_CREATE');
  const answer = await sandbox.command('/hi');
  expect(answer.reply?.content).toBe('hello');
  expect(received).toMatchObject([
    { isGenuine: true, json: { type: 2, data: { name: 'hi' }, guild_id: expect.any(String) } },
  ]);
  await sandbox.world({ interactionsEndpoint: null });
  const overGateway = sandbox.command('/hi');
  const { d } = await gateway;
  expect(Object.keys(d).sort()).toEqual(Object.keys(received[0]?.json).sort());
  expect(received).toHaveLength(1);
  const response = { type: 4, data: { content: 'over the gateway' } };
  await request(sandbox, 'POST', `/interactions/${d.id}/${d.token}/callback`, response, {});
  expect((await overGateway).reply?.content).toBe('over the gateway');
});

test('an interaction can be completed later after a deferred response', async () => {
  const { sandbox, received } = await sandboxWithEndpoint(() => ({ body: { type: 5, data: { flags: 64 } } }));
  const answer = sandbox.command('/hi');
  await expect.poll(() => received.length).toBe(1);
  const { application_id, token } = received[0]?.json ?? {};
  const edit = () =>
    request(
      sandbox,
      'PATCH',
      `/webhooks/${application_id}/${token}/messages/@original`,
      { content: 'late' },
      {},
    );
  await expect.poll(async () => (await edit()).status).toBe(200);
  expect(await answer).toMatchObject({ ephemeral: true, reply: { content: 'late' } });
});

test('an interaction can be answered by a request after an empty 202', async () => {
  const { sandbox, received } = await sandboxWithEndpoint(() => ({ status: 202 }));
  const answer = sandbox.command('/hi');
  await expect.poll(() => received.length).toBe(1);
  const { id, token } = received[0]?.json ?? {};
  const callback = () =>
    request(
      sandbox,
      'POST',
      `/interactions/${id}/${token}/callback`,
      { type: 4, data: { content: 'so' } },
      {},
    );
  expect((await callback()).status).toBe(204);
  expect((await answer).reply?.content).toBe('so');
  expect((await callback()).body).toMatchObject({ code: 40060 });
});

test('an interaction that was answered in the response cannot be answered again', async () => {
  const { sandbox, received } = await sandboxWithEndpoint();
  await sandbox.command('/hi');
  const { id, token } = received[0]?.json ?? {};
  const second = await request(
    sandbox,
    'POST',
    `/interactions/${id}/${token}/callback`,
    { type: 4, data: { content: 'x' } },
    {},
  );
  expect(second.body).toMatchObject({ code: 40060 });
});

test.each<[string, () => EndpointResponse | Promise<EndpointResponse>, RegExp]>([
  ['500', () => ({ status: 500 }), /answered 500/],
  ['401', () => ({ status: 401 }), /answered 401/],
  ['invalid JSON', () => ({ body: 'hello' }), /50109/],
  ['no type', () => ({ body: { data: { content: 'x' } } }), /50035/],
  ['a type that is not allowed', () => ({ body: { type: 8, data: { choices: [] } } }), /BASE_TYPE_CHOICES/],
  [
    'a message that is too long',
    () => ({ body: { type: 4, data: { content: 'x'.repeat(2001) } } }),
    /content/,
  ],
  ['an empty message', () => ({ body: { type: 4, data: {} } }), /50006/],
])(
  'an interaction that is answered with %s fails with “The application did not respond”',
  async (_, respond, why) => {
    const { sandbox } = await sandboxWithEndpoint(respond);
    const { error } = await sandbox.command('/hi');
    expect(error).toMatch(/^The application did not respond/);
    expect(error).toMatch(why);
  },
);

test('an interaction that is not answered in time fails with “The application did not respond”', async () => {
  const state = temporaryFolder();
  const before = await sandboxWithEndpoint(neverAnswer, { state });
  await before.sandbox.stop();
  const sandbox = await sandboxFor({ state, timing: { answerMs: 50 } });
  expect((await sandbox.command('/hi')).error).toMatch(/^The application did not respond.* took too long/);
});
