import type { Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { startAnswering } from './interaction-support.ts';
import { button, row } from './message-support.ts';
import { channelId, messageChannel, request } from './support.ts';

/** Opens a form by a command and by a button, and sends a follow-up to the form. */
async function answerWithForm(interaction: Interaction) {
  if (interaction.isModalSubmit()) {
    await interaction.reply('sent');
    return interaction.followUp('more');
  }
  if (interaction.isChatInputCommand() && interaction.options.getString('word') !== 'form')
    return interaction.reply({ content: 'press', components: row(button('open')) } as never);
  if (!interaction.isChatInputCommand() && !interaction.isButton()) return undefined;
  const input = { type: 4, custom_id: 'name', style: 1, required: false };
  const components = [{ type: 18, label: 'Name', component: input }];
  return interaction.showModal({ customId: 'form', title: 'Form', components } as never);
}

test('a reply to a form says which interaction opened it, and a follow-up which message it follows', async () => {
  const { sandbox } = await startAnswering(answerWithForm);
  const list = async () =>
    (await request(sandbox, 'GET', `/channels/${await channelId(sandbox)}/messages`)).body;
  await sandbox.command('/all word:form');
  await sandbox.modal({ customId: 'form', fields: {} });
  await expect.poll(async () => (await list()).length).toBe(2);
  const [followUp, reply] = await list();
  expect(reply.interaction_metadata).toMatchObject({
    type: 5,
    triggering_interaction_metadata: { type: 2, user: { username: 'winston' } },
  });
  expect(reply.interaction_metadata.original_response_message_id).toBeUndefined();
  expect(followUp.interaction_metadata).toMatchObject({
    original_response_message_id: reply.id,
    triggering_interaction_metadata: { type: 2 },
  });
  expect(followUp.message_reference).toMatchObject({ type: 0, message_id: reply.id });
});

test('a reply to a form that a button opened names the message of the button', async () => {
  const { sandbox } = await startAnswering(answerWithForm);
  const { reply: source } = await sandbox.command('/all');
  await sandbox.click({ message: source?.id ?? '', customId: 'open' });
  const { reply } = await sandbox.modal({ customId: 'form', fields: {} });
  const path = `/channels/${await channelId(sandbox)}/messages/${reply?.id}`;
  const { interaction_metadata: metadata } = (await request(sandbox, 'GET', path)).body;
  expect(metadata.interacted_message_id).toBeUndefined();
  expect(metadata.triggering_interaction_metadata).toMatchObject({
    type: 3,
    interacted_message_id: source?.id,
  });
});

test('a reply by message_reference says that it is one, and in which server', async () => {
  const { sandbox, path, post } = await messageChannel();
  const { id } = (await post({ content: 'first' })).body;
  const reply = (await post({ content: 'second', message_reference: { message_id: id } })).body;
  const guild_id = (await sandbox.state()).guilds[0]?.id;
  expect(reply.message_reference).toEqual({
    type: 0,
    message_id: id,
    channel_id: reply.channel_id,
    guild_id,
  });
  const third = (await post({ content: 'third', message_reference: { message_id: reply.id } })).body;
  expect(third.referenced_message).toMatchObject({ content: 'second' });
  expect((await request(sandbox, 'GET', `${path}/${third.id}`)).status).toBe(200);
});
