import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { api, commands, components, flood, modal, readUpload, sayReady, suggest, token } from './shared.js';

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });
const channels = [];

const answers = {
  hello: (interaction) => interaction.reply(`Hello ${interaction.options.getString('name', true)}`),
  async wait(interaction) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply('Waited');
  },
  async count(interaction) {
    await interaction.reply('One');
    await interaction.editReply('Two');
  },
  async more(interaction) {
    await interaction.reply('First');
    await interaction.followUp('Second');
  },
  choose: (interaction) => interaction.reply({ content: 'Choose', components }),
  form: (interaction) => interaction.showModal(modal),
  async file(interaction) {
    const { name, url } = interaction.options.getAttachment('upload', true);
    await interaction.reply({ content: 'File', files: [{ name, attachment: await readUpload(url) }] });
  },
  async fetch(interaction) {
    const guild = await client.guilds.fetch({ guild: interaction.guildId, force: true, withCounts: true });
    const events = await guild.scheduledEvents.fetch({ withUserCount: true });
    await interaction.reply(`${guild.approximateMemberCount} members, ${events.size} events`);
  },
  async post(interaction) {
    const content = interaction.options.getString('text', true);
    const nonce = interaction.options.getString('nonce', true);
    await interaction.deferReply();
    const message = await interaction.channel.send({ content, nonce, enforceNonce: true });
    await interaction.editReply(message.id);
  },
  async flood(interaction) {
    await interaction.deferReply();
    await Promise.all(flood.map((content) => interaction.channel.send(content)));
    await interaction.editReply('Posted');
  },
  channels: (interaction) => interaction.reply(`New: ${channels.join(', ')}`),
};

client.on(Events.ChannelCreate, ({ name }) => channels.push(name));
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await answers[interaction.commandName](interaction);
  else if (interaction.isAutocomplete()) await interaction.respond(suggest(interaction.options.getFocused()));
  else if (interaction.isButton()) await interaction.update('Pressed');
  else if (interaction.isStringSelectMenu()) await interaction.update(`Picked ${interaction.values.join()}`);
  else if (interaction.isModalSubmit())
    await interaction.reply(`Wrote ${interaction.fields.getTextInputValue('text')}`);
});
client.once(Events.ClientReady, async ({ application }) => {
  await application.commands.set(commands);
  sayReady();
});
await client.login(token);
