import { expect } from 'vitest';
import { botIn, channelId, request } from '../sandbox/support.ts';
import { browserFor, newest, pageTest, say, words } from './support.ts';

const open = browserFor();

pageTest('a forward shows the message that it forwards', async () => {
  const { page, sandbox, complaints } = await open({ serverOnly: true });
  const path = async (name: string) => `/channels/${await channelId(sandbox, name)}/messages`;
  const first = { content: 'Chapter 5 is dated', embeds: [{ title: 'Release' }] };
  const { id, channel_id } = (await request(sandbox, 'POST', await path('releases'), first)).body;
  const message_reference = { type: 1, message_id: id, channel_id };
  await request(sandbox, 'POST', await path('general'), { message_reference });
  await newest(page).waitFor();
  await expect.poll(() => words(newest(page))).toContain('Forwarded');
  const shown = await words(newest(page));
  expect([shown.includes('Chapter 5 is dated'), shown.includes('Release')]).toEqual([true, true]);
  expect(complaints).toEqual([]);
});

pageTest('a form has its checkbox, and says that the page takes no files', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  const client = await botIn(sandbox, (interaction) => {
    if (interaction.isModalSubmit()) return interaction.reply(`box ${interaction.fields.getCheckbox('box')}`);
    if (!interaction.isChatInputCommand()) return undefined;
    const fields = [
      { type: 23, custom_id: 'box', default: false },
      { type: 19, custom_id: 'file', required: false },
    ];
    const components = fields.map((component, index) => ({ type: 18, label: `Field ${index}`, component }));
    return interaction.showModal({ customId: 'form', title: 'Form', components } as never);
  });
  await client.application.commands.set([{ name: 'hi', description: 'x' }]);
  await say(page, '/hi');
  await page.getByLabel('Field 0').selectOption('Yes');
  expect(await words(page.locator('dialog.modal'))).toContain('Files can be given with POST /sandbox/modal.');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect.poll(() => words(newest(page))).toContain('box true');
});
