import type { Command } from '../src/interactions/command.ts';
import { askMessage } from './ask-message.ts';
import { ballerina } from './ballerina.ts';
import { createConciergeCommand } from './concierge/index.ts';
import { createCountdownCommand } from './countdown/index.ts';
import { createCountdownsCommand } from './countdowns/index.ts';
import { createRemindCommand } from './remind/index.ts';
import type { Services } from './services.ts';
import { wick } from './wick.ts';

/** Returns all commands. The same list is registered with Discord and used to find the command of an interaction. */
export function createCommands(services: Services): readonly Command[] {
  const commands = [
    ballerina,
    wick,
    askMessage,
    createCountdownsCommand(services),
    createCountdownCommand(services),
    createRemindCommand(services),
  ];
  return [...commands, createConciergeCommand(services, commands)];
}
