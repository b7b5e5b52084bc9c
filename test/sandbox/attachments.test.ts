import { AttachmentBuilder, ButtonBuilder, ButtonStyle, type Interaction, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { upload } from './message-support.ts';
import { botIn, channelId, messageChannel, request, sandboxFor } from './support.ts';

test('a multipart upload is served, shown in an embed, and removed by an edit', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { body } = await post(upload());
  expect(body.attachments).toEqual([
    expect.objectContaining({
      filename: 'pic_1.png',
      size: 5,
      description: 'alt',
      content_type: 'image/png',
    }),
  ]);
  expect(body.embeds[0].image.url).toBe(body.attachments[0].url);
  expect(await (await fetch(body.attachments[0].url)).text()).toBe('bytes');
  expect((await sandbox.messages('general'))[0]?.request).toMatchObject({ content: 'file' });
  const edited = await request(sandbox, 'PATCH', `${path}/${body.id}`, {
    content: 'no file',
    attachments: [],
  });
  expect(edited.body).toMatchObject({
    content: 'no file',
    attachments: [],
    edited_timestamp: expect.any(String),
  });
});

test('discord.js can send a file', async () => {
  const { sandbox } = await messageChannel();
  const client = await botIn(sandbox);
  const general = client.channels.cache.get(await channelId(sandbox));
  const sent =
    general?.isSendable() &&
    (await general.send({ files: [{ attachment: Buffer.from('abc'), name: 'a.txt' }] }));
  if (!sent) throw new Error('general takes no messages');
  expect(sent.attachments.first()?.size).toBe(3);
});

test('files of a reply, of its edit and of an update are served as downloads', async () => {
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
