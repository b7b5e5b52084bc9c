import type { Command } from '../src/discord/command.ts';
import { SERVERS_ONLY } from '../src/discord/everywhere.ts';
import { MANAGE_SERVER } from '../src/discord/permissions.ts';
import { add } from './countdown/add.ts';
import { edit } from './countdown/edit.ts';
import { event } from './countdown/event.ts';
import { list } from './countdown/list.ts';
import { pause, resume } from './countdown/pause.ts';
import { preview } from './countdown/preview.ts';
import { remove } from './countdown/remove.ts';
import { settings } from './countdown/settings.ts';
import { status } from './countdown/status.ts';
import { test } from './countdown/test.ts';

export const countdown: Command = {
  name: 'countdown',
  description: 'command.countdown',
  ...SERVERS_ONLY,
  memberPermissions: MANAGE_SERVER,
  subcommands: [add, list, status, preview, edit, pause, resume, test, event, remove, settings],
};
