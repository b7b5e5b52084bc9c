import type { CountdownState } from '../../src/countdown/countdown.ts';
import { countdownLabel, countdownName, numbered, numberedInText } from '../../src/countdown/names.ts';
import { ephemeralText, quote, type Reply } from '../../src/discord/message/reply.ts';
import type { Context, Option } from '../../src/interactions/command.ts';
import { today } from '../../src/interactions/fact-subcommand.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { matchesByPrefix, normalize, search } from '../../src/lib/search.ts';

/** A countdown of the server, as it is chosen and as it is spoken of. */
export interface Chosen extends CountdownState {
  /** How it stands in a list of choices, where nothing is formatted. */
  label: string;
  /** How a message calls it. */
  name: string;
}

export const countdownOption = {
  type: 'string',
  description: 'option.countdown',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete: offered,
} satisfies Option<string>;

export const anyCountdown = {
  ...countdownOption,
  required: false,
  schema: textSchema.optional(),
} satisfies Option<string | undefined>;

async function offered(typed: string, _: unknown, context: Context) {
  const all = await existing(context);
  return all.filter(fits(typed)).map(({ label, countdown }) => ({ name: label, value: countdown.id }));
}

/** The countdowns of the server, each with a label that tells it apart. */
async function existing(context: Context): Promise<Chosen[]> {
  if (!context.guild) return [];
  const { language, countdowns } = context;
  const view = today(context);
  const all = await countdowns.list(context.guild.id);
  return all.map(({ countdown, progress }, at) => {
    const { time, timeZone, milestones, pausedAt } = countdown;
    const name = numbered(language, at, countdownLabel(view, countdown));
    const label = `${name} · ${time} ${timeZone} · ${milestones.join(', ')}`;
    return {
      countdown,
      progress,
      label: pausedAt ? language.say('countdown.pause.label', { label }) : label,
      name: numberedInText(language, at, countdownName(view, countdown)),
    };
  });
}

/** Whether a label fits what was typed, typos included. */
const fits =
  (typed: string) =>
  ({ label }: { label: string }) =>
    search([{ names: [label] }], typed).length > 0;

/** The countdowns that may be meant: the one that was picked, else those of that name, of that order, or near it. */
async function meant(context: Context, typed: string): Promise<Chosen[]> {
  const all = await existing(context);
  const wanted = normalize(typed);
  // Text without a letter or a digit would fit them all.
  if (!wanted) return [];
  const holding = (text: (one: Chosen) => string) =>
    all.filter((one) => matchesByPrefix(normalize(text(one)), wanted));
  const ways = [
    all.filter(({ countdown, label }) => countdown.id === typed || label === typed),
    holding(({ name }) => name),
    holding(({ label }) => label),
    all.filter(fits(typed)),
  ];
  return ways.find(({ length }) => length > 0) ?? [];
}

/** The countdown that was meant; undefined where it is not one. */
export async function findChosen(context: Context, typed: string): Promise<Chosen | undefined> {
  const [one, ...others] = await meant(context, typed);
  return others.length === 0 ? one : undefined;
}

/** Goes on with the countdown that was meant; says so where it is none of them, or could be several. */
export async function withChosen(
  context: Context,
  typed: string,
  run: (chosen: Chosen) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { say } = context.language;
  const [one, ...others] = await meant(context, typed);
  if (!one) return ephemeralText(say('countdown.remove.unknown', { typed: quote(typed) }));
  if (others.length === 0) return run(one);
  return ephemeralText(say('countdown.remove.several', { count: others.length + 1, typed: quote(typed) }));
}
