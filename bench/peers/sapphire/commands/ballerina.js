import { Command } from '@sapphire/framework';
import { ballerina, choices, messageOf } from '../../fixed.js';

const messages = new Map(['cast', 'ask'].map((sub) => [sub, messageOf(`ballerina/${sub}`)]));

export class BallerinaCommand extends Command {
  registerApplicationCommands(registry) {
    registry.registerChatInputCommand(ballerina);
  }

  chatInputRun(interaction) {
    return interaction.reply(messages.get(interaction.options.getSubcommand()));
  }

  autocompleteRun(interaction) {
    return interaction.respond(choices);
  }
}
