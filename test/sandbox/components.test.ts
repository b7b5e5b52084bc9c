import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { startAnswering } from './interaction-support.ts';
import { channelId } from './support.ts';

const BUTTONS = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, custom_id: 'update', label: 'Update' },
      { type: 2, style: 1, custom_id: 'later', label: 'Later' },
      { type: 2, style: 1, custom_id: 'new', label: 'New' },
      { type: 2, style: 1, custom_id: 'off', label: 'Off', disabled: true },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'pick',
        options: [
          { label: 'A', value: 'a' },
          { label: 'B', value: 'b' },
        ],
      },
    ],
  },
  { type: 1, components: [{ type: 8, custom_id: 'where', channel_types: [0] }] },
];

test('buttons and selects can update their message at once or later, or send a new one', async () => {
  const { sandbox } = await startAnswering(async (interaction) => {
    if (interaction.isChatInputCommand()) return interaction.reply({ content: 'press', components: BUTTONS });
    if (interaction.isChannelSelectMenu())
      return interaction.reply(`in ${interaction.channels.first()?.toString()}`);
    if (interaction.isStringSelectMenu()) return interaction.update(`chose ${interaction.values}`);
    if (!interaction.isButton()) return undefined;
    if (interaction.customId === 'update') return interaction.update('updated');
    if (interaction.customId === 'new')
      return interaction.reply({ content: 'new', flags: MessageFlags.Ephemeral });
    await interaction.deferUpdate();
    return interaction.editReply('updated later');
  });
  const { reply } = await sandbox.command('/hi');
  const message = reply?.id ?? '';
  const click = (customId: string, values?: string[]) =>
    sandbox.click({ message, customId, ...(values ? { values } : {}) });
  expect((await click('update')).reply).toMatchObject({ id: message, content: 'updated' });
  expect((await click('later')).reply).toMatchObject({ id: message, content: 'updated later' });
  expect(await click('new')).toMatchObject({ ephemeral: true, reply: { content: 'new' } });
  expect((await click('pick', ['B'])).reply?.content).toBe('chose b');
  expect((await click('where', ['releases'])).reply?.content).toBe(
    `in <#${await channelId(sandbox, 'releases')}>`,
  );
  expect((await click('pick', ['c'])).error).toBe('c is not among the options of pick');
  expect((await click('pick')).error).toBe('Choose from 1 to 1 values');
  expect((await click('off')).error).toBe('The component off is disabled');
  expect((await click('gone')).error).toBe('The message has no component with the custom id gone');
  expect((await sandbox.click({ message: '1', customId: 'x' })).error).toBe('There is no message 1');
});

test('an ephemeral message can be clicked only by its user', async () => {
  const { sandbox } = await startAnswering((interaction) => {
    if (interaction.isChatInputCommand())
      return interaction.reply({ components: BUTTONS, flags: MessageFlags.Ephemeral });
    return interaction.isButton() ? interaction.update('mine') : undefined;
  });
  const { reply } = await sandbox.command({ text: '/hi', user: 'john' });
  const message = reply?.id ?? '';
  expect((await sandbox.click({ message, customId: 'update', user: 'winston' })).error).toMatch(
    /There is no message/,
  );
  expect(await sandbox.click({ message, customId: 'update' })).toMatchObject({
    ephemeral: true,
    reply: { content: 'mine' },
  });
});
