import { MANAGE_SERVER } from '../../src/discord/permissions.ts';
import type { Command } from '../../src/interactions/command.ts';
import { GUILD_ONLY } from '../../src/interactions/command-contexts.ts';
import { add } from './add.ts';
import { edit } from './edit.ts';
import { event } from './event.ts';
import { list } from './list.ts';
import { pause, resume } from './pause.ts';
import { preview } from './preview.ts';
import { remove } from './remove.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';
import { test } from './test.ts';

export const countdown: Command = {
  name: 'countdown',
  description: 'command.countdown',
  ...GUILD_ONLY,
  memberPermissions: MANAGE_SERVER,
  subcommands: [add, list, status, preview, edit, pause, resume, test, event, remove, settings],
};
