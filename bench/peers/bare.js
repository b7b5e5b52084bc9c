import { Client, GatewayIntentBits } from 'discord.js';
import { api, ballerina, choices, messageOf, token, wick } from './fixed.js';

/** The floor: discord.js with its defaults, which answers every command with a message made beforehand. */
const client = new Client({ intents: [GatewayIntentBits.Guilds], shards: 'auto', rest: { api } });
const messages = new Map(
  ['ballerina/cast', 'ballerina/ask', 'wick/timeline'].map((path) => [path, messageOf(path)]),
);

client.on('interactionCreate', async (interaction) => {
  if (interaction.isAutocomplete()) await interaction.respond(choices);
  else if (interaction.isChatInputCommand()) {
    const path = `${interaction.commandName}/${interaction.options.getSubcommand()}`;
    await interaction.reply(messages.get(path));
  }
});
client.once('clientReady', async () => {
  await client.application.commands.set([ballerina, wick]);
  process.stdout.write('ready\n');
});
await client.login(token);
