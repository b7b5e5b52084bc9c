import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownLabel } from '../../src/countdown/names.ts';
import type { Context, Option } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { search } from '../../src/lib/search.ts';
import * as countdown from '../countdown/options.ts';
import { ownReminders } from './reminders.ts';

export const release = { ...countdown.release, required: true, schema: textSchema } satisfies Option<string>;
export const milestones = {
  ...countdown.milestones,
  description: 'remind.option.milestones',
} satisfies Option<number[] | undefined>;
export const timezone = { ...countdown.timezone, description: 'remind.option.timezone' } satisfies Option<
  string | undefined
>;
export const time = { ...countdown.time, description: 'remind.option.time' } satisfies Option<
  string | undefined
>;

export const reminder = {
  type: 'string',
  description: 'remind.option.reminder',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete: async (typed, _, context) =>
    search(await offered(context), typed).map(({ label, standing }) => ({
      name: label,
      value: standing.countdown.id,
    })),
} satisfies Option<string>;

interface Offered {
  standing: CountdownState;
  label: string;
  names: string[];
}

async function offered(context: Context): Promise<Offered[]> {
  const view = today(context);
  return (await ownReminders(context)).map((standing) => {
    const label = countdownLabel(view, standing.countdown);
    return { standing, label, names: [label] };
  });
}

/** The reminder that was meant: chosen from the list, or the only one that the text fits. */
export async function findReminder(context: Context, typed: string): Promise<CountdownState | undefined> {
  const all = await offered(context);
  const chosen = all.find(({ standing, label }) => standing.countdown.id === typed || label === typed);
  const fitting = search(all, typed);
  return (chosen ?? (fitting.length === 1 ? fitting[0] : undefined))?.standing;
}
