import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownLabel } from '../../src/countdown/names.ts';
import type { Option } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { search } from '../../src/lib/search.ts';
import * as countdown from '../countdown/options.ts';
import type { Services } from '../services.ts';
import { listOwnReminders } from './reminders.ts';

/** What the reminder is for. */
export const release = { ...countdown.release, required: true, schema: textSchema } satisfies Option<string>;

/** The days before the date on which it comes. */
export const milestones = {
  ...countdown.milestones,
  description: 'remind.option.milestones',
  schema: countdown.dayMilestonesSchema.optional(),
} satisfies Option<number[] | undefined>;

/** The person's time zone. */
export const timezone = { ...countdown.timezone, description: 'remind.option.timezone' } satisfies Option<
  string | undefined
>;

/** The local time at which it comes. */
export const time = { ...countdown.time, description: 'remind.option.time' } satisfies Option<
  string | undefined
>;

/** Returns the option that picks one of the person's reminders. */
export const createReminderOption = (services: Pick<Services, 'countdowns'>) =>
  ({
    type: 'string',
    description: 'remind.option.reminder',
    required: true,
    schema: textSchema,
    maxLength: 100,
    autocomplete: async (typed, _, context) =>
      search(await listLabeled(services, context), typed).map(({ label, state }) => ({
        name: label,
        value: state.countdown.id,
      })),
  }) satisfies Option<string>;

interface LabeledReminder {
  state: CountdownState;
  label: string;
  names: string[];
}

async function listLabeled(
  services: Pick<Services, 'countdowns'>,
  context: Context,
): Promise<LabeledReminder[]> {
  const view = currentView(context);
  return (await listOwnReminders(services, context)).map((state) => {
    const label = countdownLabel(view, state.countdown);
    return { state, label, names: [label] };
  });
}

/** Finds the reminder that was picked, or the only one that matches the text. */
export async function findReminder(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  typed: string,
): Promise<CountdownState | undefined> {
  const reminders = await listLabeled(services, context);
  const picked = reminders.find(({ state, label }) => state.countdown.id === typed || label === typed);
  const matches = search(reminders, typed);
  return (picked ?? (matches.length === 1 ? matches[0] : undefined))?.state;
}
