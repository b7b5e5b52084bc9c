import {
  API,
  Client,
  ComponentType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  InteractionType,
  MessageFlags,
} from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { CompressionMethod, WebSocketManager } from '@discordjs/ws';
import {
  commands,
  components,
  flood,
  modal,
  readUpload,
  api as root,
  sayReady,
  suggest,
  token,
} from './shared.js';

const rest = new REST({ version: '10', api: root }).setToken(token);
const gateway = new WebSocketManager({
  token,
  intents: GatewayIntentBits.Guilds,
  rest,
  compression: CompressionMethod.ZlibNative,
  fetchGatewayInformation: () => new API(rest).gateway.getBot(),
});
const client = new Client({ rest, gateway });
const channels = [];
const optionOf = ({ data }, name) => data.options.find((option) => option.name === name).value;

const answers = {
  hello: ({ api, data }) =>
    api.interactions.reply(data.id, data.token, { content: `Hello ${optionOf(data, 'name')}` }),
  async wait({ api, data: { id, token, application_id: app } }) {
    await api.interactions.defer(id, token, { flags: MessageFlags.Ephemeral });
    await api.interactions.editReply(app, token, { content: 'Waited' });
  },
  async count({ api, data: { id, token, application_id: app } }) {
    await api.interactions.reply(id, token, { content: 'One' });
    await api.interactions.editReply(app, token, { content: 'Two' });
  },
  async more({ api, data: { id, token, application_id: app } }) {
    await api.interactions.reply(id, token, { content: 'First' });
    await api.interactions.followUp(app, token, { content: 'Second' });
  },
  choose: ({ api, data }) => api.interactions.reply(data.id, data.token, { content: 'Choose', components }),
  form: ({ api, data }) => api.interactions.createModal(data.id, data.token, modal),
  async file({ api, data }) {
    const { filename: name, url } = data.data.resolved.attachments[optionOf(data, 'upload')];
    const files = [{ name, data: await readUpload(url) }];
    await api.interactions.reply(data.id, data.token, { content: 'File', files });
  },
  async fetch({ api, data }) {
    const guild = await api.guilds.get(data.guild_id, { with_counts: true });
    const events = await api.guilds.getScheduledEvents(data.guild_id, { with_user_count: true });
    const content = `${guild.approximate_member_count} members, ${events.length} events`;
    await api.interactions.reply(data.id, data.token, { content });
  },
  async post({ api, data }) {
    const { id, token, application_id: app, channel } = data;
    const [content, nonce] = [optionOf(data, 'text'), optionOf(data, 'nonce')];
    await api.interactions.defer(id, token);
    const message = await api.channels.createMessage(channel.id, { content, nonce, enforce_nonce: true });
    await api.interactions.editReply(app, token, { content: message.id });
  },
  async flood({ api, data: { id, token, application_id: app, channel } }) {
    await api.interactions.defer(id, token);
    await Promise.all(flood.map((content) => api.channels.createMessage(channel.id, { content })));
    await api.interactions.editReply(app, token, { content: 'Posted' });
  },
  channels: ({ api, data }) =>
    api.interactions.reply(data.id, data.token, { content: `New: ${channels.join(', ')}` }),
};

/** Answers a button or a menu. */
function answerComponent({ api, data: { id, token, data } }) {
  const content = data.component_type === ComponentType.Button ? 'Pressed' : `Picked ${data.values.join()}`;
  return api.interactions.updateMessage(id, token, { content });
}

client.on(GatewayDispatchEvents.ChannelCreate, ({ data }) => channels.push(data.name));
client.on(GatewayDispatchEvents.InteractionCreate, async (event) => {
  const { api, data } = event;
  if (data.type === InteractionType.ApplicationCommand) await answers[data.data.name](event);
  else if (data.type === InteractionType.ApplicationCommandAutocomplete)
    await api.interactions.createAutocompleteResponse(data.id, data.token, {
      choices: suggest(optionOf(data, 'name')),
    });
  else if (data.type === InteractionType.MessageComponent) await answerComponent(event);
  else if (data.type === InteractionType.ModalSubmit) {
    const { value } = data.data.components[0].components[0];
    await api.interactions.reply(data.id, data.token, { content: `Wrote ${value}` });
  }
});
client.once(GatewayDispatchEvents.Ready, async ({ api, data }) => {
  await api.applicationCommands.bulkOverwriteGlobalCommands(data.application.id, commands);
  sayReady();
});
await gateway.connect();
