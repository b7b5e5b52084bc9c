import { Command } from '@sapphire/framework';
import { messageOf, wick } from '../../fixed.js';

const message = messageOf('wick/timeline');

export class WickCommand extends Command {
  registerApplicationCommands(registry) {
    registry.registerChatInputCommand(wick);
  }

  chatInputRun(interaction) {
    return interaction.reply(message);
  }
}
