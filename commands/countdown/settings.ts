import { BUILT_IN } from '../../src/countdown/defaults.ts';
import type { Modal } from '../../src/discord/message/modal.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import {
  parseSettings,
  refusedReply,
  settingsForm,
  settingsReply,
  toTyped,
  typedBefore,
} from './settings-form.ts';
import { findRoleProblem } from './validation.ts';

export const settings = subcommand({
  name: 'settings',
  description: 'command.countdown.settings',
  options: {},
  run: (_, context) =>
    requireManageServer(context, async (guild) => {
      const defaults = (await context.settings.defaults(guild.id)) ?? BUILT_IN;
      return settingsReply(context, guild, defaults);
    }),
  press: ({ again }, context) =>
    requireManageServer<Modal>(context, async (guild) => {
      if (again) return settingsForm(context, typedBefore(context));
      return settingsForm(context, toTyped((await context.settings.defaults(guild.id)) ?? BUILT_IN));
    }),
  submit: (typed, context) =>
    requireManageServer(context, async (guild) => {
      const read = parseSettings(context, typed);
      if (!read.ok) return refusedReply(context, read.problems, typed);
      const { roleId } = read.defaults;
      const before = await context.settings.defaults(guild.id);
      // A role that another admin has chosen stays, though this one could not choose it.
      const obstacle = roleId === before?.roleId ? undefined : findRoleProblem(context, guild, roleId);
      if (obstacle) return refusedReply(context, [obstacle], typed);
      await context.settings.setDefaults(guild.id, read.defaults);
      return settingsReply(context, guild, read.defaults, true);
    }),
});
