import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { botIn, request, sandboxFor } from './support.ts';

const john = async (sandbox: Sandbox) =>
  (await sandbox.state()).guilds[0]?.members.find(({ name }) => name === 'john')?.id;

/** Sends john a direct message, and answers Discord's code, or the message. */
async function write(sandbox: Sandbox): Promise<{ code?: number; id?: string }> {
  const opened = await request(sandbox, 'POST', '/users/@me/channels', { recipient_id: await john(sandbox) });
  return (await request(sandbox, 'POST', `/channels/${opened.body.id}/messages`, { content: 'x' })).body;
}

test('a direct message to a user who has closed them is refused with 50007, until they are open', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ closeDirect: 'john' });
  expect(await write(sandbox)).toMatchObject({
    code: 50007,
    message: 'Cannot send messages to this user',
  });
  expect(await sandbox.directs('john')).toEqual([]);
  await sandbox.world({ openDirect: 'john' });
  expect((await write(sandbox)).id).toBeDefined();
  expect(await sandbox.directs('john')).toHaveLength(1);
  expect(await sandbox.directs('winston')).toEqual([]);
});

test('without a common server, only users who have installed the app receive direct messages', async () => {
  const sandbox = await sandboxFor();
  await botIn(sandbox, (interaction) => interaction.isChatInputCommand() && interaction.reply('x')).then(
    (client) =>
      client.application.commands.set([
        { name: 'hi', description: 'x', contexts: [0, 1, 2], integrationTypes: [0, 1] },
      ]),
  );
  await sandbox.world({ removeBot: 'The Continental' });
  expect((await write(sandbox)).code).toBe(50278);
  await sandbox.command({ text: '/hi', user: 'john', install: 'user' });
  expect((await write(sandbox)).id).toBeDefined();
});

test('closing the direct messages of an unknown user is refused', async () => {
  const sandbox = await sandboxFor();
  await expect(sandbox.world({ closeDirect: 'nobody' })).rejects.toThrow('There is no user nobody.');
});
