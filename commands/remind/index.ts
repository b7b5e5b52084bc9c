import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { MAX_REMINDERS, ownerIdOf } from '../../src/countdown/owner.ts';
import { quote } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { type Command, subcommand } from '../../src/interactions/command.ts';
import { ANY_CONTEXT } from '../../src/interactions/command-contexts.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { countUnfinished } from '../countdown/outlook.ts';
import { countdownReply } from '../countdown/replies.ts';
import { sentenceReply, setAgainButton } from './buttons.ts';
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
      await resumeReminders(services, context);
      const reminder = await findReminder(services, context, typed);
      if (!reminder) return ephemeralText(context.language.say('remind.unknown', { typed: quote(typed) }));
      return stopReminder(services, context, reminder);
    },
    async press({ reminder: id = '' }, context) {
      const reminder = await services.countdowns.get(ownerIdOf(context.userId), id);
      return reminder
        ? stopReminder(services, context, reminder)
        : ephemeralText(context.language.say('remind.stopped-before'));
    },
  });

async function stopReminder(
  { countdowns }: Pick<ReminderServices, 'countdowns'>,
  context: Context,
  { countdown }: CountdownState,
): Promise<Reply> {
  const name = countdownName(currentView(context), countdown);
  await countdowns.remove(ownerIdOf(context.userId), countdown.id);
  return sentenceReply(context.language.say('remind.stopped', { name }), setAgainButton(context, countdown));
}

/** Returns `/remind`. A reminder is a countdown that belongs to a person and posts to their direct messages. */
export function createRemindCommand(services: ReminderServices): Command {
  return {
    name: 'remind',
    description: 'command.remind',
    ...ANY_CONTEXT,
    subcommands: [createMeCommand(services), createListCommand(services), createStopCommand(services)],
  };
}
