import { BUILT_IN } from '../../src/countdown/defaults.ts';
import type { Form } from '../../src/discord/message/modal.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { managed } from '../../src/interactions/require-manage-server.ts';
import {
  asTyped,
  readSettings,
  refusedReply,
  settingsForm,
  settingsReply,
  typedBefore,
} from './settings-form.ts';
import { roleObstacle } from './validation.ts';

export const settings = subcommand({
  name: 'settings',
  description: 'command.countdown.settings',
  options: {},
  run: (_, context) =>
    managed(context, async (guild) => {
      const defaults = (await context.countdowns.defaults(guild.id)) ?? BUILT_IN;
      return settingsReply(context, guild, defaults);
    }),
  press: ({ again }, context) =>
    managed<Form>(context, async (guild) => {
      if (again) return settingsForm(context, typedBefore(context));
      return settingsForm(context, asTyped((await context.countdowns.defaults(guild.id)) ?? BUILT_IN));
    }),
  submit: (typed, context) =>
    managed(context, async (guild) => {
      const read = readSettings(context, typed);
      if (!read.ok) return refusedReply(context, read.problems, typed);
      const { roleId } = read.defaults;
      const before = await context.countdowns.defaults(guild.id);
      // A role that another admin has chosen stays, though this one could not choose it.
      const obstacle = roleId === before?.roleId ? undefined : roleObstacle(context, guild, roleId);
      if (obstacle) return refusedReply(context, [obstacle], typed);
      await context.countdowns.setDefaults(guild.id, read.defaults);
      return settingsReply(context, guild, read.defaults, true);
    }),
});
