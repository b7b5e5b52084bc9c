import { SapphireClient } from '@sapphire/framework';
import { GatewayIntentBits } from 'discord.js';
import { api, token } from '../fixed.js';

/** The same commands in the Sapphire framework, with its defaults. It finds them in `commands/` beside this file. */
const client = new SapphireClient({
  intents: [GatewayIntentBits.Guilds],
  shards: 'auto',
  rest: { api },
  baseUserDirectory: import.meta.dirname,
});
client.once('applicationCommandRegistriesRegistered', () => process.stdout.write('ready\n'));
await client.login(token);
