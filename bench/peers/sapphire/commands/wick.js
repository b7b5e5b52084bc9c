import { Command } from '@sapphire/framework';
import { EmbedBuilder } from 'discord.js';
import { embedOf, wick } from '../../fixed.js';

const embeds = [new EmbedBuilder(embedOf('wick/timeline'))];

export class WickCommand extends Command {
  registerApplicationCommands(registry) {
    registry.registerChatInputCommand(wick);
  }

  chatInputRun(interaction) {
    return interaction.reply({ embeds });
  }
}
