import { MANAGE_SERVER } from '../../src/discord/permissions.ts';
import type { Command } from '../../src/interactions/command.ts';
import { GUILD_ONLY } from '../../src/interactions/command-contexts.ts';
import type { Services } from '../services.ts';
import { createAddCommand } from './add.ts';
import { createEditCommand } from './edit.ts';
import { createEventCommand } from './event.ts';
import { createFollowCommand } from './follow/index.ts';
import { createListCommand } from './list.ts';
import { createPauseCommand, createResumeCommand } from './pause.ts';
import { withCountdownButton } from './pressed-countdown.ts';
import { createPreviewCommand } from './preview.ts';
import { createRemoveCommand } from './remove.ts';
import { withReturnNote } from './return-note.ts';
import { createSettingsCommand } from './settings.ts';
import { createStatusCommand } from './status.ts';
import { createTestCommand } from './test.ts';

/** Returns `/countdown`: the countdowns, events and settings of a server. */
export function createCountdownCommand(services: Services): Command {
  return {
    name: 'countdown',
    description: 'command.countdown',
    ...GUILD_ONLY,
    memberPermissions: MANAGE_SERVER,
    subcommands: [
      createAddCommand(services),
      createListCommand(services),
      createStatusCommand(services),
      createPreviewCommand(services),
      createEditCommand(services),
      withCountdownButton(services, createPauseCommand(services)),
      withCountdownButton(services, createResumeCommand(services)),
      createTestCommand(services),
      createEventCommand(services),
      createFollowCommand(services),
      withCountdownButton(services, createRemoveCommand(services)),
      createSettingsCommand(services),
    ].map((command) => withReturnNote(services, command)),
  };
}
