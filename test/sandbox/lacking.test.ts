import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startBareSession } from './interaction-support.ts';
import { upload } from './message-support.ts';
import { channelId, eventsPath, PREMIERE, request, sandboxFor } from './support.ts';

/** A sandbox that collects what it says on standard error. */
async function startNoticing() {
  const notices: string[] = [];
  const sandbox = await sandboxFor({ warn: (line) => notices.push(line) });
  await sandbox.world({ limits: 'off' });
  return { sandbox, notices, channel: await channelId(sandbox) };
}

const commandsPath = async (sandbox: Sandbox) => `/applications/${(await sandbox.state()).bot.id}/commands`;

test('a request that the sandbox lacks is named once', async () => {
  const { sandbox, notices, channel } = await startNoticing();
  for (const path of [`/channels/${channel}/threads`, `/channels/${channel}/threads`]) {
    expect((await request(sandbox, 'POST', path, { name: 'x' })).body).toEqual({
      message: '404: Not Found',
      code: 0,
    });
  }
  const reactions = `/channels/${channel}/messages/1/reactions`;
  await request(sandbox, 'PUT', `${reactions}/${encodeURIComponent('🔥')}/@me`);
  await request(sandbox, 'PUT', `${reactions}/${encodeURIComponent('👀')}/@me`);
  // These paths look like those of a message and of a member.
  const guild = (await sandbox.state()).guilds[0]?.id;
  expect((await request(sandbox, 'GET', `/channels/${channel}/messages/pins`)).body.code).toBe(0);
  expect((await request(sandbox, 'GET', `/guilds/${guild}/members/search?query=x`)).body.code).toBe(0);
  expect(notices).toEqual([
    'the sandbox has no POST /channels/:id/threads',
    'the sandbox has no PUT /channels/:id/messages/:id/reactions/:emoji/@me',
    'the sandbox has no GET /channels/:id/messages/pins',
    'the sandbox has no GET /guilds/:id/members/search',
  ]);
});

test.each([
  ['poll', { poll: { question: { text: 'q' }, answers: [] } }, 'polls'],
  ['sticker_ids', { sticker_ids: ['1'] }, 'stickers'],
  ['shared_client_theme', { shared_client_theme: { colors: [] } }, 'shared themes'],
])('a message with %s is refused in words', async (field, content, what) => {
  const { sandbox, notices, channel } = await startNoticing();
  const path = `/channels/${channel}/messages`;
  const { status, body } = await request(sandbox, 'POST', path, { content: 'x', ...content });
  expect([status, body.code]).toEqual([400, 50035]);
  expect(body.errors[field]._errors).toEqual([
    { code: 'SANDBOX_UNSUPPORTED', message: `The sandbox has no ${what}.` },
  ]);
  expect((await request(sandbox, 'POST', path, upload(content))).body.errors[field]).toBeDefined();
  expect(notices).toEqual([`the sandbox has no ${what}`]);
  const empty = { content: 'x', [field]: field === 'sticker_ids' ? [] : null };
  expect((await request(sandbox, 'POST', path, empty)).status).toBe(200);
});

test('a reply to a command with a poll is refused in words', async () => {
  const notices: string[] = [];
  const { sandbox, interaction, callback } = await startBareSession({ warn: (line) => notices.push(line) });
  const answer = sandbox.command('/hi');
  const sent = await interaction();
  const poll = { question: { text: 'q' }, answers: [] };
  const refused = await callback(sent, { type: 4, data: { content: 'x', poll } });
  expect(refused.body.errors.data.poll._errors[0].message).toBe('The sandbox has no polls.');
  const launched = await callback(sent, { type: 12 });
  expect(launched.body.errors.type._errors[0].message).toBe('The sandbox has no activities.');
  expect(notices).toEqual(['the sandbox has no polls', 'the sandbox has no activities']);
  await callback(sent, { type: 4, data: { content: 'x' } });
  await answer;
});

test('an entry-point command and a recurring event are refused in words', async () => {
  const { sandbox, notices } = await startNoticing();
  const command = { type: 4, name: 'launch', description: 'x', handler: 2 };
  const { status, body } = await request(sandbox, 'PUT', await commandsPath(sandbox), [command]);
  expect(status).toBe(400);
  expect(body.errors[0].type._errors[0].message).toBe('The sandbox has no entry-point commands.');
  const refused = await request(sandbox, 'POST', await eventsPath(sandbox), {
    ...PREMIERE,
    recurrence_rule: { start: '2024-02-01T00:00:00Z', frequency: 2, interval: 1 },
  });
  expect(refused.body.errors.recurrence_rule._errors[0].message).toBe('The sandbox has no recurring events.');
  expect(notices).toEqual(['the sandbox has no entry-point commands', 'the sandbox has no recurring events']);
});

test('a field that has no effect is named', async () => {
  const { sandbox, notices, channel } = await startNoticing();
  await sandbox.world({ allow: { channel: 'general', permission: 'ManageChannels' } });
  await request(sandbox, 'PATCH', `/channels/${channel}`, { name: 'news', nsfw: true, position: 2 });
  await request(sandbox, 'PATCH', `/channels/${channel}`, { nsfw: false });
  await request(sandbox, 'POST', `/channels/${channel}/messages`, { content: 'x', colour: 1 });
  await request(sandbox, 'PATCH', '/applications/@me', { description: 'x' });
  expect(notices).toEqual([
    'the sandbox ignores nsfw in PATCH /channels/:id',
    'the sandbox ignores position in PATCH /channels/:id',
    'the sandbox ignores colour in POST /channels/:id/messages',
    'the sandbox ignores description in PATCH /applications/@me',
  ]);
});

test('a thread is archived, locked and reopened by the bot', async () => {
  const { sandbox, notices } = await startNoticing();
  await sandbox.world({ addThread: { name: 'talk', channel: 'general' } });
  await sandbox.world({ allow: { channel: 'general', permission: 'ManageThreads' } });
  const thread = `/channels/${await channelId(sandbox, 'talk')}`;
  const { body } = await request(sandbox, 'PATCH', thread, { archived: true, locked: true });
  expect(body.thread_metadata).toMatchObject({ archived: true, locked: true });
  const open = await request(sandbox, 'PATCH', thread, { archived: false, locked: false });
  expect(open.body.thread_metadata).toMatchObject({ archived: false, locked: false });
  expect(notices).toEqual([]);
});
