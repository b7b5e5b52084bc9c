import { Client, MessageFlags } from 'oceanic.js';
import {
  answerBy,
  api,
  commands,
  components,
  flood,
  modal,
  readUpload,
  sayReady,
  suggest,
  token,
} from './shared.js';

const client = new Client({
  auth: `Bot ${token}`,
  gateway: { intents: ['GUILDS'], compress: 'zstd-stream' },
  rest: { baseURL: `${api}/v10` },
});
const channels = [];

const answers = {
  hello: (interaction) =>
    interaction.createMessage({ content: `Hello ${interaction.data.options.getString('name', true)}` }),
  async wait(interaction) {
    await interaction.defer(MessageFlags.EPHEMERAL);
    await interaction.editOriginal({ content: 'Waited' });
  },
  async count(interaction) {
    await interaction.createMessage({ content: 'One' });
    await interaction.editOriginal({ content: 'Two' });
  },
  async more(interaction) {
    await interaction.createMessage({ content: 'First' });
    await interaction.createFollowup({ content: 'Second' });
  },
  choose: (interaction) =>
    interaction.createMessage({
      content: 'Choose',
      components: client.util.componentsToParsed(components),
    }),
  form: (interaction) =>
    interaction.createModal({
      customID: modal.custom_id,
      title: modal.title,
      components: client.util.componentsToParsed(modal.components),
    }),
  async file(interaction) {
    const { filename: name, url } = interaction.data.options.getAttachment('upload', true);
    await interaction.createMessage({ content: 'File', files: [{ name, contents: await readUpload(url) }] });
  },
  async fetch(interaction) {
    const guild = await client.rest.guilds.get(interaction.guildID, true);
    const events = await client.rest.guilds.getScheduledEvents(interaction.guildID, true);
    const content = `${guild.approximateMemberCount} members, ${events.length} events`;
    await interaction.createMessage({ content });
  },
  async post(interaction) {
    const content = interaction.data.options.getString('text', true);
    const nonce = interaction.data.options.getString('nonce', true);
    await interaction.defer();
    const message = await interaction.channel.createMessage({ content, nonce, enforceNonce: true });
    await interaction.editOriginal({ content: message.id });
  },
  async flood(interaction) {
    await interaction.defer();
    await Promise.all(flood.map((content) => interaction.channel.createMessage({ content })));
    await interaction.editOriginal({ content: 'Posted' });
  },
  channels: (interaction) => interaction.createMessage({ content: `New: ${channels.join(', ')}` }),
};

/** Answers a button or a menu. */
function answerComponent(interaction) {
  const content = interaction.isButtonComponentInteraction()
    ? 'Pressed'
    : `Picked ${interaction.data.values.raw.join()}`;
  return interaction.editParent({ content });
}

client.on('error', (error) => console.error(error));
client.on('channelCreate', ({ name }) => channels.push(name));
client.on(
  'interactionCreate',
  answerBy({
    command: (interaction) => answers[interaction.data.name](interaction),
    autocomplete: (interaction) =>
      interaction.result(suggest(interaction.data.options.getFocused(true).value)),
    component: answerComponent,
    modal: (interaction) =>
      interaction.createMessage({
        content: `Wrote ${interaction.data.components.getTextInput('text', true)}`,
      }),
  }),
);
client.once('ready', async () => {
  await client.application.bulkEditGlobalCommands(commands);
  sayReady();
});
await client.connect();
