import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';
import { identified, request, sandboxFor } from './support.ts';

/** What an endpoint is told, and what it answers. */
interface Told {
  genuine: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  json: any;
}
type Said = { status?: number; body?: unknown } | undefined;

/** A bot's endpoint as bare as it gets: what a request deserves is decided by the test. */
async function endpoint(sandbox: Sandbox, decide: (told: Told) => Said | Promise<Said>) {
  const { body: application } = await request(sandbox, 'GET', '/applications/@me');
  const x = Buffer.from(application.verify_key, 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const told: Told[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const stamp = Buffer.from(String(incoming.headers['x-signature-timestamp']));
    const signature = Buffer.from(String(incoming.headers['x-signature-ed25519']), 'hex');
    const genuine = verify(null, Buffer.concat([stamp, body]), key, signature);
    const one = { genuine, json: JSON.parse(body.toString()) };
    told.push(one);
    const said = await decide(one);
    const text = typeof said?.body === 'string' ? said.body : JSON.stringify(said?.body);
    response.writeHead(said?.status ?? 200, { 'content-type': 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, told };
}

/** As a bot should: refuses what is not genuine, answers a PING, and everything else by `answer`. */
const properly =
  (
    answer: (told: Told) => Said | Promise<Said> = () => ({ body: { type: 4, data: { content: 'hello' } } }),
  ) =>
  (told: Told): Said | Promise<Said> => {
    if (!told.genuine) return { status: 401 };
    return told.json.type === 1 ? { body: { type: 1 } } : answer(told);
  };

const setUrl = (sandbox: Sandbox, url: string | null) =>
  request(sandbox, 'PATCH', '/applications/@me', { interactions_endpoint_url: url });
const urlOf = async (sandbox: Sandbox) =>
  (await request(sandbox, 'GET', '/applications/@me')).body.interactions_endpoint_url;

async function withCommand(sandbox: Sandbox) {
  const { body: me } = await request(sandbox, 'GET', '/users/@me');
  await request(sandbox, 'PUT', `/applications/${me.id}/commands`, [{ name: 'hi', description: 'x' }]);
}

/** A world that sends its interactions to an endpoint. */
async function listening(
  answer?: (told: Told, sandbox: Sandbox) => Said | Promise<Said>,
  options: object = {},
) {
  const sandbox = await sandboxFor(options);
  await withCommand(sandbox);
  const bot = await endpoint(sandbox, properly(answer && ((told) => answer(told, sandbox))));
  expect((await setUrl(sandbox, bot.url)).status).toBe(200);
  bot.told.length = 0;
  return { sandbox, ...bot };
}

describe('an endpoint', () => {
  test('is taken when it answers a PING and refuses a bad signature, and given back by null', async () => {
    const sandbox = await sandboxFor();
    expect(await urlOf(sandbox)).toBeNull();
    const { url, told } = await endpoint(sandbox, properly());
    const { status, body } = await setUrl(sandbox, `${url}/interactions`);
    expect([status, body.interactions_endpoint_url]).toEqual([200, `${url}/interactions`]);
    expect(told.map(({ genuine, json }) => [genuine, json.type])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    expect(told[0]?.json).toMatchObject({ application_id: body.id, id: expect.stringMatching(/^\d+$/) });
    expect(await setUrl(sandbox, null)).toMatchObject({ status: 200 });
    expect(await urlOf(sandbox)).toBeNull();
  });

  test.each<[string, (told: Told) => Said | Promise<Said>]>([
    ['takes any signature', () => ({ body: { type: 1 } })],
    ['refuses a bad one with 400', ({ genuine }) => (genuine ? { body: { type: 1 } } : { status: 400 })],
    ['refuses every signature', () => ({ status: 401 })],
    [
      'answers a PING with something else',
      ({ genuine }) => (genuine ? { body: { type: 4 } } : { status: 401 }),
    ],
    ['answers no JSON', ({ genuine }) => (genuine ? { body: 'PONG' } : { status: 401 })],
    ['answers 204', ({ genuine }) => ({ status: genuine ? 204 : 401 })],
    ['is too slow', (told) => delay(150).then(() => properly()(told))],
  ])('that %s is refused, and the one before stays', async (_, decide) => {
    const sandbox = await sandboxFor({ timing: { answerMs: 100 } });
    const before = await endpoint(sandbox, properly());
    await setUrl(sandbox, before.url);
    const { url } = await endpoint(sandbox, decide);
    const { status, body } = await setUrl(sandbox, url);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 50035,
      errors: {
        interactions_endpoint_url: { _errors: [{ code: 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID' }] },
      },
    });
    expect(await urlOf(sandbox)).toBe(before.url);
  });

  test.each([
    'http://127.0.0.1:1/',
    'https://example.org/',
    'http://169.254.1.1/',
    'http://127.0.0.1.example.org/',
  ])('%s cannot be one: nobody is there, or it is not on this machine', async (url) => {
    const sandbox = await sandboxFor();
    expect((await setUrl(sandbox, url)).status).toBe(400);
    const refused = await createClient(sandbox.url).world({ interactionsEndpoint: url }).catch(String);
    expect(refused).toMatch(/interactionsEndpoint could not be verified: .+\./);
    expect(await urlOf(sandbox)).toBeNull();
  });

  test.each(['', 'here', 'ftp://127.0.0.1/', 5])('%o is no address', async (url) => {
    const sandbox = await sandboxFor();
    expect((await setUrl(sandbox, url as string)).status).toBe(400);
  });

  test('can be set by a control call, and is kept with the key in the state', async () => {
    const state = temporaryFolder();
    const first = await sandboxFor({ state });
    const { url } = await endpoint(first, properly());
    await first.world({ interactionsEndpoint: url });
    const { body: before } = await request(first, 'GET', '/applications/@me');
    await first.stop();
    const second = await sandboxFor({ state });
    const { body: after } = await request(second, 'GET', '/applications/@me');
    expect(after).toEqual(before);
    expect(after.interactions_endpoint_url).toBe(url);
  });

  test('two worlds sign with keys of their own', async () => {
    const keys = await Promise.all(
      [sandboxFor(), sandboxFor()].map(
        async (one) => (await request(await one, 'GET', '/applications/@me')).body.verify_key,
      ),
    );
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('an interaction', () => {
  test('goes to the endpoint, signed, and no longer over the gateway', async () => {
    const { sandbox, told } = await listening(undefined, { timing: { answerMs: 500 } });
    const { wire } = await identified(sandbox);
    const gateway = wire.next((payload) => payload.t === 'INTERACTION_CREATE');
    const answer = await sandbox.command('/hi');
    expect(answer.reply?.content).toBe('hello');
    expect(told).toMatchObject([
      { genuine: true, json: { type: 2, data: { name: 'hi' }, guild_id: expect.any(String) } },
    ]);
    await sandbox.world({ interactionsEndpoint: null });
    const unanswered = sandbox.command('/hi');
    const { d } = await gateway;
    expect(Object.keys(d).sort()).toEqual(Object.keys(told[0]?.json).sort());
    expect(told).toHaveLength(1);
    expect((await unanswered).error).toBe('The application did not respond');
  });

  test('may be answered late, when the response said so', async () => {
    const { sandbox, told } = await listening(() => ({ body: { type: 5, data: { flags: 64 } } }));
    const answer = sandbox.command('/hi');
    await expect.poll(() => told.length).toBe(1);
    const { application_id, token } = told[0]?.json ?? {};
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

  test('may be answered by a request, when the response is an empty 202', async () => {
    const { sandbox, told } = await listening(() => ({ status: 202 }));
    const answer = sandbox.command('/hi');
    await expect.poll(() => told.length).toBe(1);
    const { id, token } = told[0]?.json ?? {};
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

  test('that was answered in the response gets no second answer', async () => {
    const { sandbox, told } = await listening();
    await sandbox.command('/hi');
    const { id, token } = told[0]?.json ?? {};
    const second = await request(
      sandbox,
      'POST',
      `/interactions/${id}/${token}/callback`,
      { type: 4, data: { content: 'x' } },
      {},
    );
    expect(second.body).toMatchObject({ code: 40060 });
  });

  test.each<[string, () => Said | Promise<Said>, RegExp]>([
    ['500', () => ({ status: 500 }), /answered 500/],
    ['401', () => ({ status: 401 }), /answered 401/],
    ['no JSON', () => ({ body: 'hello' }), /50109/],
    ['no type', () => ({ body: { data: { content: 'x' } } }), /50035/],
    ['a type that does not fit', () => ({ body: { type: 8, data: { choices: [] } } }), /BASE_TYPE_CHOICES/],
    [
      'a message that is too long',
      () => ({ body: { type: 4, data: { content: 'x'.repeat(2001) } } }),
      /content/,
    ],
    ['an empty message', () => ({ body: { type: 4, data: {} } }), /50006/],
    ['too late', () => delay(400, { body: { type: 4, data: { content: 'x' } } }), /./],
  ])(
    'that is answered with %s shows as one that the application did not respond to',
    async (_, decide, why) => {
      const { sandbox } = await listening(decide, { timing: { answerMs: 200 } });
      const { error } = await sandbox.command('/hi');
      expect(error).toMatch(/^The application did not respond/);
      expect(error).toMatch(why);
    },
  );
});

describe('webhook events', () => {
  const setEvents = (sandbox: Sandbox, url: string | null) =>
    request(sandbox, 'PATCH', '/applications/@me', { event_webhooks_url: url });
  const taking = ({ genuine }: Told) => ({ status: genuine ? 204 : 401 });

  test('an address must answer a PING with 204 and refuse a bad signature', async () => {
    const sandbox = await sandboxFor();
    const bad = await endpoint(sandbox, () => ({ status: 200 }));
    expect((await setEvents(sandbox, bad.url)).body.errors).toHaveProperty('event_webhooks_url');
    const { url, told } = await endpoint(sandbox, taking);
    expect((await setEvents(sandbox, url)).body).toMatchObject({
      event_webhooks_url: url,
      event_webhooks_status: 2,
    });
    expect(told.map(({ genuine, json }) => [genuine, json.type])).toEqual([
      [true, 0],
      [false, 0],
    ]);
  });

  test('an invitation is told; a removal and the end of an outage are not', async () => {
    const sandbox = await sandboxFor();
    const { url, told } = await endpoint(sandbox, taking);
    await sandbox.world({ eventWebhooks: url });
    told.length = 0;
    await sandbox.world({ outage: 'The Continental' });
    await sandbox.world({ endOutage: 'The Continental' });
    await sandbox.world({ removeBot: 'The Continental' });
    expect(told).toEqual([]);
    await sandbox.world({ addBot: 'The Continental' });
    expect(told).toMatchObject([
      {
        genuine: true,
        json: {
          type: 1,
          event: {
            type: 'APPLICATION_AUTHORIZED',
            data: { integration_type: 0, guild: { name: 'The Continental' } },
          },
        },
      },
    ]);
  });
});
