import { expect, test } from 'vitest';
import { startBareSession } from './interaction-support.ts';
import { channelId, dial, IDENTIFY, messageChannel, request, sandboxFor } from './support.ts';

/** Sends a request with a body as it stands. `path` begins after `/api`. */
async function send(
  url: string,
  { method = 'POST', body }: { method?: string; body?: string } = {},
): Promise<{ status: number; body: { [field: string]: unknown } }> {
  const response = await fetch(url, {
    method,
    headers: { authorization: 'Bot x', 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: (await response.json()) as { [field: string]: unknown } };
}

test('a boolean in a query is true, True or 1', async () => {
  const sandbox = await sandboxFor();
  const { guilds, bot } = await sandbox.state();
  const commands = `/applications/${bot.id}/commands`;
  const localized = { name: 'hi', description: 'Says hi', name_localizations: { de: 'hallo' } };
  await request(sandbox, 'PUT', commands, [localized]);
  for (const yes of ['true', 'True', '1']) {
    const counted = await request(sandbox, 'GET', `/guilds/${guilds[0]?.id}?with_counts=${yes}`);
    expect(counted.body.approximate_member_count, yes).toBe(3);
    const [own] = (await request(sandbox, 'GET', `/users/@me/guilds?with_counts=${yes}`)).body;
    expect(own, yes).toMatchObject({ approximate_member_count: 3, approximate_presence_count: 1 });
    const [command] = (await request(sandbox, 'GET', `${commands}?with_localizations=${yes}`)).body;
    expect(command.name_localizations, yes).toEqual({ de: 'hallo' });
  }
  for (const no of ['false', 'False', '0']) {
    const { body } = await request(sandbox, 'GET', `/guilds/${guilds[0]?.id}?with_counts=${no}`);
    expect(body.approximate_member_count, no).toBeUndefined();
  }
  const refused = await request(sandbox, 'GET', `/guilds/${guilds[0]?.id}?with_counts=yes`);
  expect(refused.body.errors.with_counts._errors[0].code).toBe('BOOLEAN_TYPE_CONVERT');
});

test.each(['true', 'True', '1'])('a callback with with_response=%s returns the message', async (yes) => {
  const { sandbox, interaction, callback } = await startBareSession();
  const answer = sandbox.command('/hi');
  const body = { type: 4, data: { content: 'x' } };
  const { status, body: created } = await callback(await interaction(), body, `?with_response=${yes}`);
  expect([status, created?.resource.message.content]).toEqual([200, 'x']);
  await answer;
});

test('ids are also numbers, and no digit of them is lost', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { guilds } = await sandbox.state();
  const john = guilds[0]?.members.find(({ name }) => name === 'john')?.id ?? '';
  const { id } = (await post({ content: 'x' })).body;
  expect(Number.isSafeInteger(Number(id))).toBe(false);
  const reply = await send(`${sandbox.apiUrl}/v10${path}`, {
    body: `{"content": "<@${john}>", "nonce": 1234567890123456789,
      "allowed_mentions": {"users": [${john}]}, "message_reference": {"message_id": ${id}}}`,
  });
  expect(reply.body).toMatchObject({
    nonce: '1234567890123456789',
    mentions: [{ id: john }],
    message_reference: { message_id: id },
  });
  const direct = await send(`${sandbox.apiUrl}/v10/users/@me/channels`, {
    body: `{"recipient_id": ${john}}`,
  });
  expect(direct.body).toMatchObject({ recipients: [{ id: john }] });
});

test('the permissions of a command are also a number', async () => {
  const sandbox = await sandboxFor();
  const { bot } = await sandbox.state();
  const command = { name: 'hi', description: 'x', default_member_permissions: 32 };
  const { status, body } = await request(sandbox, 'PUT', `/applications/${bot.id}/commands`, [command]);
  expect([status, body[0].default_member_permissions]).toEqual([200, '32']);
});

test('the API has the versions 9 and 10, and an address without a version', async () => {
  const sandbox = await sandboxFor();
  const general = await channelId(sandbox);
  for (const version of ['/v9', '/v10', '']) {
    const { status, body } = await send(`${sandbox.apiUrl}${version}/channels/${general}/messages`, {
      body: '{"content": "x"}',
    });
    expect([status, body['content']], version).toEqual([200, 'x']);
  }
  expect(await sandbox.counters()).toMatchObject({ requests: { 'POST /channels/:id/messages': 3 } });
  const old = await send(`${sandbox.apiUrl}/v5/gateway`, { method: 'GET' });
  expect(old).toMatchObject({ status: 400, body: { code: 50041 } });
});

test('faults and limits also apply to other versions of the API', async () => {
  const sandbox = await sandboxFor();
  await sandbox.faults([{ route: 'GET /users/@me', does: { status: 500 } }]);
  expect((await send(`${sandbox.apiUrl}/v9/users/@me`, { method: 'GET' })).status).toBe(500);
  await sandbox.world({ limits: { other: 1 } });
  expect((await send(`${sandbox.apiUrl}/v9/users/@me`, { method: 'GET' })).status).toBe(200);
  expect((await send(`${sandbox.apiUrl}/v10/users/@me`, { method: 'GET' })).status).toBe(429);
});

test('every 429 of Discord says Via, so that a bot tells it from a block by Cloudflare', async () => {
  const sandbox = await sandboxFor({ rateLimitTime: () => 1_700_000_000_000 });
  await sandbox.world({
    limits: { other: 1, publish: 1 },
    addChannel: { name: 'news', type: 'announcement' },
  });
  const via = async (method: string, path: string) => {
    const { status, headers } = await request(sandbox, method, path);
    return [status, headers.get('via')];
  };
  await via('GET', '/users/@me');
  expect(await via('GET', '/users/@me')).toEqual([429, '1.1 google']);
  const news = `/channels/${await channelId(sandbox, 'news')}/messages`;
  for (const expected of [200, 429]) {
    const { id } = (await request(sandbox, 'POST', news, { content: 'x' })).body;
    const [status, header] = await via('POST', `${news}/${id}/crosspost`);
    expect([status, header]).toEqual([expected, expected === 429 ? '1.1 google' : null]);
  }
  await sandbox.faults([{ route: 'GET /gateway', does: { rateLimit: 1 } }]);
  expect(await via('GET', '/gateway')).toEqual([429, '1.1 google']);
});

test('a callback has no rate-limit headers', async () => {
  const { sandbox, interaction, callback } = await startBareSession();
  const answer = sandbox.command('/hi');
  const { status, headers } = await callback(await interaction(), { type: 4, data: { content: 'x' } });
  expect(status).toBe(204);
  expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  await answer;
});

test('a second "Bot " in front of the token is refused, at both doors', async () => {
  const sandbox = await sandboxFor();
  const rest = (authorization: string) => request(sandbox, 'GET', '/users/@me', undefined, { authorization });
  expect((await rest('Bot x')).status).toBe(200);
  for (const wrong of ['Bot Bot x', 'Bot', 'x', 'Bearer x'])
    expect((await rest(wrong)).status, wrong).toBe(401);
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, token: 'Bot Bot x' });
  expect(await wire.closed).toBe(4004);
});
