import { BUILT_IN } from '../../src/countdown/defaults.ts';
import type { Modal } from '../../src/discord/message/modal.ts';
import { subcommand } from '../../src/interactions/command.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import {
  createSettingsModal,
  parseSettings,
  refusedSettingsReply,
  settingsReply,
  toFieldTexts,
  valuesInMessage,
} from './settings-form.ts';
import { findRoleProblem } from './validation.ts';

/** Returns `/countdown settings`: shows the defaults of new countdowns, and changes them in a modal. */
export const createSettingsCommand = ({ settings }: Pick<Services, 'settings'>) =>
  subcommand({
    name: 'settings',
    description: 'command.countdown.settings',
    options: {},
    run: (_, context) =>
      requireManageServer(context, async (guild) => {
        const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
        return settingsReply(context, guild, defaults);
      }),
    press: ({ again }, context) =>
      requireManageServer<Modal>(context, async (guild) => {
        if (again) return createSettingsModal(context, valuesInMessage(context));
        const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
        return createSettingsModal(context, toFieldTexts(defaults));
      }),
    submit: (values, context) =>
      requireManageServer(context, async (guild) => {
        const parsed = parseSettings(context, values);
        if (!parsed.ok) return refusedSettingsReply(context, parsed.problems, values);
        const { roleId } = parsed.defaults;
        const before = await settings.defaults(guild.id);
        // A role that another admin chose stays, even where this one may not mention it.
        const problem = roleId === before?.roleId ? undefined : findRoleProblem(context, guild, roleId);
        if (problem) return refusedSettingsReply(context, [problem], values);
        await settings.setDefaults(guild.id, parsed.defaults);
        return settingsReply(context, guild, parsed.defaults, true);
      }),
  });
