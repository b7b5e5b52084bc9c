import { countdownName } from '../../src/countdown/names.ts';
import { MAX_REMINDERS, ownerIdOf } from '../../src/countdown/owner.ts';
import { quote } from '../../src/discord/message/format.ts';
import { ephemeralText } from '../../src/discord/message/reply.ts';
import { type Command, subcommand } from '../../src/interactions/command.ts';
import { ANY_CONTEXT } from '../../src/interactions/command-contexts.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { countUnfinished } from '../countdown/outlook.ts';
import { countdownReply } from '../countdown/replies.ts';
import { createMeCommand } from './me.ts';
import { createReminderOption, findReminder } from './options.ts';
import { listOwnReminders, listSections, type ReminderServices, resumeReminders } from './reminders.ts';

const createListCommand = (services: ReminderServices) =>
  subcommand({
    name: 'list',
    description: 'command.remind.list',
    options: {},
    async run(_, context) {
      const { say } = context.language;
      const reminders = await listOwnReminders(services, context);
      if (reminders.length === 0) return ephemeralText(say('remind.none'));
      // Made first: the list tells which reminders were silent until now.
      const sections = await listSections(services, context, reminders);
      await resumeReminders(services, context);
      const title = say('remind.list', { count: countUnfinished(context, reminders), most: MAX_REMINDERS });
      return countdownReply(context, title, sections);
    },
  });

const createStopCommand = (services: ReminderServices) =>
  subcommand({
    name: 'stop',
    description: 'command.remind.stop',
    options: { reminder: createReminderOption(services) },
    async run({ reminder: typed }, context) {
      const { userId, language } = context;
      await resumeReminders(services, context);
      const reminder = await findReminder(services, context, typed);
      if (!reminder) return ephemeralText(language.say('remind.unknown', { typed: quote(typed) }));
      const name = countdownName(currentView(context), reminder.countdown);
      await services.countdowns.remove(ownerIdOf(userId), reminder.countdown.id);
      return ephemeralText(language.say('remind.stopped', { name }));
    },
  });

/** Returns `/remind`. A reminder is a countdown that belongs to a person and posts to their direct messages. */
export function createRemindCommand(services: ReminderServices): Command {
  return {
    name: 'remind',
    description: 'command.remind',
    ...ANY_CONTEXT,
    subcommands: [createMeCommand(services), createListCommand(services), createStopCommand(services)],
  };
}
