import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, channelId, identified, request, sandboxFor } from './support.ts';

/** What Discord answers to reading the thread, to a post in it, and to a list of its messages. */
async function codes(sandbox: Sandbox) {
  const path = `/channels/${await channelId(sandbox, 'secret')}`;
  const answers = [
    await request(sandbox, 'GET', path),
    await request(sandbox, 'POST', `${path}/messages`, { content: 'x' }),
    await request(sandbox, 'GET', `${path}/messages`),
  ];
  return answers.map(({ status, body }) => body.code ?? status);
}

const addSecret = (sandbox: Sandbox, bot?: boolean) =>
  sandbox.world({
    addThread: { channel: 'general', name: 'secret', kind: 'private', ...(bot !== undefined && { bot }) },
  });

test('a private thread is closed to a bot that is not in it, until it is added', async () => {
  const sandbox = await sandboxFor();
  await addSecret(sandbox);
  expect(await codes(sandbox)).toEqual([50001, 50001, 50001]);
  await sandbox.world({ changeThread: { channel: 'secret', bot: true } });
  expect(await codes(sandbox)).toEqual([200, 200, 200]);
  const { body } = await request(sandbox, 'GET', `/channels/${await channelId(sandbox, 'secret')}`);
  expect(body).toMatchObject({ type: 12, thread_metadata: { invitable: true } });
  await sandbox.world({ changeThread: { channel: 'secret', bot: false } });
  expect(await codes(sandbox)).toEqual([50001, 50001, 50001]);
});

test('a bot that may manage threads sees private threads without being in them', async () => {
  const sandbox = await sandboxFor();
  await addSecret(sandbox);
  await sandbox.world({ allow: { channel: 'general', permission: 'ManageThreads' } });
  expect(await codes(sandbox)).toEqual([200, 200, 200]);
});

test('discord.js learns of a private thread when it is added, and of its removal', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox);
  const heard: string[] = [];
  client.on('threadCreate', (thread, isNew) => heard.push(`created ${thread.name} ${isNew}`));
  client.on('threadUpdate', (_, thread) => heard.push(`archived ${thread.archived}`));
  client.on('threadMembersUpdate', (added, removed) => heard.push(`+${added.size} -${removed.size}`));
  client.on('threadDelete', (thread) => heard.push(`gone ${thread.name}`));
  await addSecret(sandbox);
  await sandbox.world({ changeThread: { channel: 'secret', archived: true } });
  await sandbox.world({ changeThread: { channel: 'secret', archived: false } });
  await sandbox.world({ changeThread: { channel: 'secret', bot: true } });
  await sandbox.world({ changeThread: { channel: 'secret', bot: false } });
  await sandbox.world({ deleteChannel: 'secret' });
  await sandbox.world({ addThread: { channel: 'general', name: 'open', kind: 'private', bot: true } });
  await expect.poll(() => heard).toEqual(['created secret false', '+1 -0', '+0 -1', 'created open true']);
});

test('GUILD_CREATE lists the private threads that the bot is in', async () => {
  const sandbox = await sandboxFor();
  await addSecret(sandbox, false);
  await sandbox.world({ addThread: { channel: 'general', name: 'open', kind: 'private', bot: true } });
  const { wire } = await identified(sandbox);
  const { d } = await wire.next(({ t }) => t === 'GUILD_CREATE');
  expect(d.threads.map(({ name }: { name: string }) => name)).toEqual(['open']);
});

test('only text channels have private threads', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
  const added = sandbox.world({ addThread: { channel: 'news', name: 'secret', kind: 'private' } });
  await expect(added).rejects.toThrow('Only a text channel has private threads, and news is none.');
});
