import { Command } from '@sapphire/framework';
import { EmbedBuilder } from 'discord.js';
import { messageOf, wick } from '../../fixed.js';

const embeds = [new EmbedBuilder(messageOf('wick/timeline'))];

export class WickCommand extends Command {
  registerApplicationCommands(registry) {
    registry.registerChatInputCommand(wick);
  }

  chatInputRun(interaction) {
    return interaction.reply({ embeds });
  }
}
