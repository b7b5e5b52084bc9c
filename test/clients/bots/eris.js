import http from 'node:http';
import https from 'node:https';
import { Client, Constants } from 'eris';
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

// Eris knows no other address than Discord's, and only HTTPS: its requests are led to the sandbox.
const { hostname, port } = new URL(api);
https.request = (options) => http.request({ ...options, hostname, host: hostname, port });

const client = new Client(`Bot ${token}`, { intents: ['guilds'], restMode: true });
const channels = [];
const { MessageFlags, ComponentTypes } = Constants;
const EPHEMERAL = MessageFlags.EPHEMERAL;
const optionOf = ({ data }, name) => data.options.find((option) => option.name === name).value;

const answers = {
  hello: (interaction) => interaction.createMessage(`Hello ${optionOf(interaction, 'name')}`),
  async wait(interaction) {
    await interaction.defer(EPHEMERAL);
    await interaction.editOriginalMessage('Waited');
  },
  async count(interaction) {
    await interaction.createMessage('One');
    await interaction.editOriginalMessage('Two');
  },
  async more(interaction) {
    await interaction.createMessage('First');
    await interaction.createFollowup('Second');
  },
  choose: (interaction) => interaction.createMessage({ content: 'Choose', components }),
  form: (interaction) => interaction.createModal(modal),
  async file(interaction) {
    const { filename: name, url } = interaction.data.resolved.attachments[optionOf(interaction, 'upload')];
    await interaction.createMessage({ content: 'File' }, { name, file: await readUpload(url) });
  },
  async fetch(interaction) {
    const guild = await client.getRESTGuild(interaction.guildID, true);
    const events = await client.getGuildScheduledEvents(interaction.guildID, { withUserCount: true });
    await interaction.createMessage(`${guild.approximateMemberCount} members, ${events.length} events`);
  },
  async post(interaction) {
    const [content, nonce] = [optionOf(interaction, 'text'), optionOf(interaction, 'nonce')];
    await interaction.defer();
    const message = await interaction.channel.createMessage({ content, nonce });
    await interaction.editOriginalMessage(message.id);
  },
  async flood(interaction) {
    await interaction.defer();
    await Promise.all(flood.map((content) => interaction.channel.createMessage(content)));
    await interaction.editOriginalMessage('Posted');
  },
  channels: (interaction) => interaction.createMessage(`New: ${channels.join(', ')}`),
};

/** Answers a button or a menu. */
function answerComponent(interaction) {
  const { component_type: type, values } = interaction.data;
  const content = type === ComponentTypes.BUTTON ? 'Pressed' : `Picked ${values.join()}`;
  return interaction.editParent({ content });
}

client.on('error', (error) => console.error(error));
client.on('channelCreate', ({ name }) => channels.push(name));
client.on(
  'interactionCreate',
  answerBy({
    command: (interaction) => answers[interaction.data.name](interaction),
    autocomplete: (interaction) => interaction.result(suggest(optionOf(interaction, 'name'))),
    component: answerComponent,
    modal: (interaction) =>
      interaction.createMessage(`Wrote ${interaction.data.components[0].components[0].value}`),
  }),
);
client.once('ready', async () => {
  await client.bulkEditCommands(commands);
  sayReady();
});
await client.connect();
