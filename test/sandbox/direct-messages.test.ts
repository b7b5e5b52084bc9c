import { AttachmentBuilder, ButtonBuilder, ButtonStyle, type Interaction, MessageFlags } from 'discord.js';
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

test('one who has closed direct messages is written to in vain, until they are open again', async () => {
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

test('without a common server only one who has installed the app is reached', async () => {
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

test('whoever is not there cannot close anything', async () => {
  const sandbox = await sandboxFor();
  await expect(sandbox.world({ closeDirect: 'nobody' })).rejects.toThrow('There is no user nobody.');
});

test('the application tells the pages that are named for it', async () => {
  const sandbox = await sandboxFor();
  const about = async () => (await request(sandbox, 'GET', '/applications/@me')).body;
  expect(await about()).not.toHaveProperty('privacy_policy_url');
  await sandbox.world({ pages: { privacy: 'https://example.org/privacy' } });
  expect((await about()).privacy_policy_url).toBe('https://example.org/privacy');
  expect(await about()).not.toHaveProperty('terms_of_service_url');
});

test('files come with the answer to an interaction, with its edit and its exchange, and are served to be saved', async () => {
  const sandbox = await sandboxFor();
  const file = (text: string) => new AttachmentBuilder(Buffer.from(text), { name: `${text}.txt` });
  const client = await botIn(sandbox, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand() && interaction.commandName === 'now') {
      const button = new ButtonBuilder({ customId: 'next', label: 'Next', style: ButtonStyle.Primary });
      const components = [{ type: 1, components: [button.toJSON()] }] as never;
      await interaction.reply({ files: [file('now')], components, flags: MessageFlags.Ephemeral });
    } else if (interaction.isChatInputCommand()) {
      await interaction.deferReply();
      await interaction.editReply({ files: [file('later')] });
    } else if (interaction.isButton()) {
      await interaction.update({ files: [file('next')], attachments: [] });
    }
  });
  await client.application.commands.set(['now', 'later'].map((name) => ({ name, description: 'x' })));
  const now = await sandbox.command('/now');
  const later = await sandbox.command('/later');
  const next = await sandbox.click({ message: now.reply?.id ?? '', customId: 'next' });
  for (const [answer, name] of [
    [now, 'now'],
    [later, 'later'],
    [next, 'next'],
  ] as const) {
    const [attachment, ...others] = answer.reply?.attachments ?? [];
    expect(others).toEqual([]);
    const served = await fetch(attachment?.url ?? '');
    expect(served.headers.get('content-disposition')).toBe(`attachment; filename="${name}.txt"`);
    expect(await served.text()).toBe(name);
  }
});
