import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDiscordApi } from '../../sandbox/http/discord-api.ts';
import type { Services } from '../../sandbox/services.ts';
import { describedOperations } from '../discord/openapi.ts';
import { DESCRIPTION, findFaults, hasDescription } from './described-answers.ts';
import { startBareSession } from './interaction-support.ts';
import { button, row, upload } from './message-support.ts';
import { channelId, PREMIERE, request, sandboxFor } from './support.ts';

if (!hasDescription)
  console.error(`${DESCRIPTION} is not here: the sandbox's answers are not checked against it`);

/** `GET /channels/:id`. Every parameter of a path is called `:id`. */
const nameOf = (method: string, path: string) => `${method} ${path.replaceAll(/:\w+|\{\w+\}/g, ':id')}`;

/** The routes of the API. They are made without a world here: none is called. */
const { routes } = createDiscordApi({} as Services);
/** The requests that the sandbox answers. */
const ROUTES = routes
  .filter(({ method }) => method !== 'ALL')
  .map(({ method, path }) => nameOf(method, path));
/** Paths that it lacks, though they look like others. */
const LOOKALIKES = routes
  .filter(({ method, path }) => method === 'ALL' && !path.includes('*'))
  .map(({ path }) => path.replaceAll(/:\w+/g, ':id'));

/** What the documentation says that the sandbox has, and lacks. */
const [HAS, LACKS] = [1, 2].map((column) =>
  readFileSync('docs/sandbox.md', 'utf8')
    .split('| resource | the sandbox has |')[1]
    ?.split('\n\n')[0]
    ?.split('\n')
    .flatMap((line) => [...(line.split('|')[column + 1] ?? '').matchAll(/`((?:[A-Z]+ )+|\* )(\/[^`]*)`/g)])
    .flatMap(([, methods = '', path = '']) =>
      methods
        .trim()
        .split(' ')
        .map((method) => `${method} ${path}`),
    ),
) as [string[], string[]];

/** Whether a request is one of those that a line of the documentation stands for. */
function isOf(line: string, operation: string): boolean {
  const [method = '', path = ''] = line.split(' ');
  const pattern = path.replaceAll(':id', '[^/]+').replace(/\*$/, '.*');
  return new RegExp(`^${method === '*' ? '\\w+' : method} ${pattern}$`).test(operation);
}

test('the documentation lists every request that the sandbox has', () => {
  expect([...HAS].sort()).toEqual([...new Set(ROUTES)].sort());
});

test.runIf(hasDescription)('the documentation lists every request that the sandbox lacks', () => {
  const operations = describedOperations(DESCRIPTION).map(({ method, path }) => nameOf(method, path));
  const missing = operations.filter(
    (operation) =>
      LOOKALIKES.includes(operation.split(' ')[1] ?? '') || !ROUTES.some((route) => isOf(route, operation)),
  );
  expect(missing.length).toBeGreaterThan(100);
  expect(missing.filter((operation) => !LACKS.some((line) => isOf(line, operation)))).toEqual([]);
  expect(LACKS.filter((line) => !missing.some((operation) => isOf(line, operation)))).toEqual([]);
  expect(ROUTES.filter((route) => !operations.some((operation) => isOf(route, operation)))).toEqual([]);
});

test.runIf(hasDescription)('the check of the answers finds faults', () => {
  const answer = { method: 'GET', path: '/users/1', status: 200 };
  expect(findFaults({ ...answer, body: { id: '1' } })).toContain('GET /users/1: 200.username is missing');
  expect(findFaults({ ...answer, body: undefined })).toEqual(['GET /users/1: 200 has no body']);
  expect(findFaults({ ...answer, path: '/user/1', body: {} })).toHaveLength(1);
});

const COMMAND = {
  name: 'rich',
  description: 'x',
  options: [{ type: 3, name: 'word', description: 'x', choices: [{ name: 'One', value: '1' }] }],
};

/** Sends requests that must succeed. `request` checks each answer against the description. */
async function startRecording() {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off' });
  for (const permission of ['ManageChannels', 'ManageThreads'])
    await sandbox.world({ allow: { channel: 'general', permission } });
  const { guilds, bot } = await sandbox.state();
  const sent: string[] = [];
  const send = async (method: string, path: string, body?: unknown) => {
    const { status, body: answer } = await request(sandbox, method, path, body);
    expect(status, `${method} ${path}: ${JSON.stringify(answer)}`).toBeLessThan(300);
    sent.push(`${method} ${path.replace(/\?.*/, '')}`);
    return answer;
  };
  return { sandbox, send, sent, guild: guilds[0], bot };
}

type Recording = Awaited<ReturnType<typeof startRecording>>;

async function useCommands({ send, bot, guild }: Recording): Promise<void> {
  for (const scope of [`/applications/${bot.id}`, `/applications/${bot.id}/guilds/${guild?.id}`]) {
    const [command] = await send('PUT', `${scope}/commands`, [COMMAND, { type: 3, name: 'Menu' }]);
    await send('POST', `${scope}/commands`, { ...COMMAND, name: 'second' });
    await send('GET', `${scope}/commands?with_localizations=true`);
    await send('GET', `${scope}/commands/${command.id}`);
    await send('PATCH', `${scope}/commands/${command.id}`, { description: 'y' });
    await send('DELETE', `${scope}/commands/${command.id}`);
  }
}

async function useMessages({ sandbox, send }: Recording): Promise<void> {
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  await sandbox.world({ addThread: { name: 'talk', channel: 'general' } });
  for (const name of ['general', 'talk', 'news'])
    await send('GET', `/channels/${await channelId(sandbox, name)}`);
  await send('PATCH', `/channels/${await channelId(sandbox, 'talk')}`, { archived: true });
  const general = `/channels/${await channelId(sandbox)}`;
  await send('PATCH', general, { topic: 'x' });
  await send('POST', `${general}/typing`);
  const { id } = await send('POST', `${general}/messages`, upload({ components: row(button('b')) }));
  await send('POST', `${general}/messages`, {
    content: 'x',
    message_reference: { message_id: id },
    nonce: 1,
  });
  await send('GET', `${general}/messages?limit=5`);
  await send('GET', `${general}/messages/${id}`);
  await send('PATCH', `${general}/messages/${id}`, { content: 'y' });
  await sandbox.world({ allow: { channel: 'general', permission: 'PinMessages' } });
  await send('PUT', `${general}/messages/pins/${id}`);
  await send('DELETE', `${general}/messages/pins/${id}`);
  await send('DELETE', `${general}/messages/${id}`);
  const news = `/channels/${await channelId(sandbox, 'news')}/messages`;
  await send('POST', `${news}/${(await send('POST', news, { content: 'x' })).id}/crosspost`);
  await send('DELETE', general);
}

async function useGuilds({ send, guild }: Recording): Promise<void> {
  const path = `/guilds/${guild?.id}`;
  await send('GET', `${path}?with_counts=true`);
  for (const part of ['channels', 'roles']) await send('GET', `${path}/${part}`);
  for (const { id } of guild?.members ?? []) await send('GET', `${path}/members/${id}`);
  const { id } = await send('POST', `${path}/scheduled-events`, PREMIERE);
  await send('GET', `${path}/scheduled-events?with_user_count=true`);
  await send('GET', `${path}/scheduled-events/${id}`);
  await send('PATCH', `${path}/scheduled-events/${id}`, { name: 'Gala' });
  await send('DELETE', `${path}/scheduled-events/${id}`);
}

async function useUsersAndApplication({ send, guild }: Recording): Promise<void> {
  const owner = guild?.owner;
  await send('GET', '/applications/@me');
  await send('PATCH', '/applications/@me', { event_webhooks_url: null });
  await send('GET', '/oauth2/applications/@me');
  for (const path of ['/gateway', '/gateway/bot', '/users/@me', `/users/${owner}`]) await send('GET', path);
  await send('GET', '/users/@me/guilds?with_counts=true');
  await send('POST', '/users/@me/channels', { recipient_id: owner });
  await send('DELETE', `/users/@me/guilds/${guild?.id}`);
}

/** Interactions are answered in a sandbox of their own: they need a session and a user. */
async function useInteractions(): Promise<string[]> {
  const { sandbox, interaction, callback, appId } = await startBareSession();
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const data = { content: 'x', components: row(button('b')) };
  await callback(sent, { type: 4, data }, '?with_response=true');
  const path = `/webhooks/${appId}/${sent.token}`;
  const { id } = (await request(sandbox, 'POST', path, { content: 'more' }, {})).body;
  const { reply } = await answer;
  const click = sandbox.click({ message: reply?.id ?? '', customId: 'b' });
  await callback(await interaction(), { type: 7, data: { content: 'z' } }, '?with_response=true');
  await click;
  for (const [method, body] of [['GET'], ['PATCH', { content: 'y' }], ['DELETE']] as const) {
    for (const message of ['@original', id]) {
      const { status } = await request(sandbox, method, `${path}/messages/${message}`, body, {});
      expect(status).toBeLessThan(300);
    }
  }
  const message = `${path}/messages/${id}`;
  return [
    `POST /interactions/${sent.id}/${sent.token}/callback`,
    `POST ${path}`,
    ...['GET', 'PATCH', 'DELETE'].map((method) => `${method} ${message}`),
  ];
}

test('every request that the sandbox has is answered as Discord describes it', async () => {
  const recording = await startRecording();
  await useCommands(recording);
  await useMessages(recording);
  await useGuilds(recording);
  await useUsersAndApplication(recording);
  const sent = [...recording.sent, ...(await useInteractions())];
  expect(ROUTES.filter((route) => !sent.some((operation) => isOf(route, operation)))).toEqual([]);
});
