import { BUILT_IN } from '../../src/countdown/defaults.ts';
import type { Modal } from '../../src/discord/message/modal.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Guild } from '../../src/interactions/context.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { findRoleNotes } from './access.ts';
import {
  createSettingsModal,
  parseSettings,
  refusedSettingsReply,
  type ShownSettings,
  settingsReply,
  toFieldTexts,
  valuesInMessage,
} from './settings-form.ts';
import { findRoleProblem } from './validation.ts';

/** Turns on or off what a button says. Returns the sentence for that; undefined where it is another button. */
async function pressSwitch(
  settings: Services['settings'],
  { id }: Guild,
  { notices, pictures }: { notices: string | undefined; pictures: string | undefined },
) {
  if (notices) {
    await settings.setSilenceNotices(id, notices === 'on');
    return notices === 'on' ? 'settings.notices.turned-on' : 'settings.notices.turned-off';
  }
  if (pictures) {
    await settings.setPictures(id, pictures === 'on');
    return pictures === 'on' ? 'settings.pictures.turned-on' : 'settings.pictures.turned-off';
  }
  return undefined;
}

async function readSettings(settings: Services['settings'], { id }: Guild): Promise<ShownSettings> {
  return {
    defaults: (await settings.defaults(id)) ?? BUILT_IN,
    sendsSilenceNotices: await settings.sendsSilenceNotices(id),
    showsPictures: await settings.showsPictures(id),
  };
}

/**
 * Returns `/countdown settings`: shows the defaults of new countdowns, and changes them in a modal. A modal has room for five
 * fields, so that pictures and the messages about silent countdowns are turned off with buttons.
 */
export const createSettingsCommand = ({
  settings,
  contacts,
  lookUpAccess,
}: Pick<Services, 'settings' | 'contacts' | 'lookUpAccess'>) =>
  subcommand({
    name: 'settings',
    description: 'command.countdown.settings',
    options: {},
    run: (_, context) =>
      requireManageServer(context, async (guild) => {
        return settingsReply(context, guild, await readSettings(settings, guild));
      }),
    async press({ again, notices, pictures, mute }, context) {
      const { say } = context.language;
      // The button of the direct message: it concerns only the person who presses it.
      if (mute) {
        await contacts.deletePerson(context.userId);
        return ephemeralText(say('countdown.silent.stopped'));
      }
      return requireManageServer<Modal>(context, async (guild) => {
        const note = await pressSwitch(settings, guild, { notices, pictures });
        if (note) return settingsReply(context, guild, await readSettings(settings, guild), [say(note)]);
        if (again) return createSettingsModal(context, valuesInMessage(context));
        const defaults = (await settings.defaults(guild.id)) ?? BUILT_IN;
        return createSettingsModal(context, toFieldTexts(defaults));
      });
    },
    submit: (values, context) =>
      requireManageServer(context, async (guild) => {
        const parsed = parseSettings(context, values);
        if (!parsed.ok) return refusedSettingsReply(context, parsed.problems, values);
        const { roleId } = parsed.defaults;
        const before = await settings.defaults(guild.id);
        const asker = { userId: context.userId, roleIds: guild.roleIds };
        // The role is for all channels: what the member may do in the channel of the command does not count.
        const access = roleId ? await lookUpAccess(guild.id, [], asker) : undefined;
        const problem = findRoleProblem(context, guild, roleId, access?.asker?.server);
        // A role that another admin chose stays, even where this one may not mention it.
        if (problem && roleId !== before?.roleId) return refusedSettingsReply(context, [problem], values);
        await settings.setDefaults(guild.id, parsed.defaults);
        const notes = access ? findRoleNotes(context.language, roleId, access, undefined) : [];
        const shown = await readSettings(settings, guild);
        return settingsReply(context, guild, shown, [context.language.say('settings.saved'), ...notes]);
      }),
  });
