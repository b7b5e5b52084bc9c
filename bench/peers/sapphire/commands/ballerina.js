import { Command } from '@sapphire/framework';
import { EmbedBuilder } from 'discord.js';
import { ballerina, choices, messageOf } from '../../fixed.js';

const embeds = new Map(
  ['cast', 'ask'].map((sub) => [sub, [new EmbedBuilder(messageOf(`ballerina/${sub}`))]]),
);

export class BallerinaCommand extends Command {
  registerApplicationCommands(registry) {
    registry.registerChatInputCommand(ballerina);
  }

  chatInputRun(interaction) {
    return interaction.reply({ embeds: embeds.get(interaction.options.getSubcommand()) });
  }

  autocompleteRun(interaction) {
    return interaction.respond(choices);
  }
}
