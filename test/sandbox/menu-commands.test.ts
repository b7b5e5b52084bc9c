import { expect, test } from 'vitest';
import { botIn, channelId, request, sandboxFor } from './support.ts';

const COMMANDS = [
  { type: 3, name: 'Ask about this' },
  { type: 2, name: 'Greet' },
  { type: 2, name: 'Only managers', default_member_permissions: '32' },
  { type: 1, name: 'greet', description: 'x' },
];

/** A sandbox whose bot answers commands of the context menu. `post` creates a message of the bot. */
async function startWithMenu() {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox, (interaction) => {
    if (interaction.isMessageContextMenuCommand())
      return interaction.reply(`about: ${interaction.targetMessage.content}`);
    if (!interaction.isUserContextMenuCommand()) return undefined;
    const { targetUser, targetMember } = interaction;
    return interaction.reply(`hello ${targetUser.username}, ${targetMember ? 'member' : 'stranger'}`);
  });
  await client.application.commands.set(COMMANDS as never);
  const messages = `/channels/${await channelId(sandbox)}/messages`;
  const post = async (content: string) => (await request(sandbox, 'POST', messages, { content })).body.id;
  const read = async (id = '') => (await request(sandbox, 'GET', `${messages}/${id}`)).body;
  return { sandbox, post, read };
}

test('a message command is run on a message', async () => {
  const { sandbox, post, read } = await startWithMenu();
  const target = await post('Chapter 4');
  const { reply } = await sandbox.command({ text: 'Ask about this', target });
  expect(reply?.content).toBe('about: Chapter 4');
  const { type, interaction_metadata: metadata } = await read(reply?.id);
  expect([type, metadata.target_message_id, metadata.command_type]).toEqual([23, target, 3]);
});

test('a user command is run on a member', async () => {
  const { sandbox, read } = await startWithMenu();
  const { reply } = await sandbox.command({ text: 'Greet', target: 'john' });
  expect(reply?.content).toBe('hello john, member');
  expect((await read(reply?.id)).interaction_metadata.target_user.username).toBe('john');
});

test('a command of the context menu is refused where Discord would not offer it', async () => {
  const { sandbox } = await startWithMenu();
  const errorOf = async (call: { text: string; target?: string; user?: string }) =>
    (await sandbox.command(call)).error;
  expect(await errorOf({ text: 'Nothing', target: 'john' })).toBe('Unknown command: Nothing');
  expect(await errorOf({ text: 'Greet', target: 'nobody' })).toBe('There is no member nobody');
  expect(await errorOf({ text: 'Ask about this', target: '1' })).toBe('There is no message 1');
  expect(await errorOf({ text: 'Only managers', target: 'john', user: 'john' })).toBe(
    'You do not have permission to use Only managers',
  );
  expect(await errorOf({ text: 'Ask about this' })).toBe(
    'Ask about this is a command of the context menu: say in "target" which message or user it is for',
  );
});
