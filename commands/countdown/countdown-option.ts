import type { CountdownState } from '../../src/countdown/countdown.ts';
import { followedText } from '../../src/countdown/follow/follow-names.ts';
import { countdownLabel, countdownName, numbered } from '../../src/countdown/names.ts';
import { formatMilestones } from '../../src/countdown/parse-input.ts';
import { zoneLabel } from '../../src/countdown/zone-offsets.ts';
import { quote } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Option } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { matchesByPrefix, normalize, search } from '../../src/lib/search.ts';
import type { Services } from '../services.ts';
import { numberedInText } from './replies.ts';

/** A countdown of the server with its names. */
export interface NamedCountdown extends CountdownState {
  /** Its name in autocomplete, where nothing is formatted. */
  label: string;
  /** Its name in a message. */
  name: string;
}

/** Returns the option that picks one of the server's countdowns. */
export const createCountdownOption = (services: Pick<Services, 'countdowns'>) =>
  ({
    type: 'string',
    description: 'option.countdown',
    required: true,
    schema: textSchema,
    maxLength: 100,
    async autocomplete(typed, _, context) {
      const all = await listNamed(services, context);
      return all
        .filter((named) => isNear(named, typed))
        .map(({ label, countdown }) => ({ name: label, value: countdown.id }));
    },
  }) satisfies Option<string>;

/** The countdowns of the server, each with a name that tells it from the others. */
async function listNamed(
  { countdowns }: Pick<Services, 'countdowns'>,
  context: Context,
): Promise<NamedCountdown[]> {
  if (!context.guild) return [];
  const { language } = context;
  const view = currentView(context);
  const states = await countdowns.list(context.guild.id);
  return states.map(({ countdown, progress }, index) => {
    const { time, timeZone, pausedAt, follow } = countdown;
    const milestones = follow
      ? followedText(language, follow)
      : formatMilestones({ days: countdown.milestones, minutes: countdown.minutesBefore ?? [] });
    const name = numbered(language, index, countdownLabel(view, countdown));
    const label = `${name} · ${time} ${zoneLabel(timeZone)} · ${milestones}`;
    return {
      countdown,
      progress,
      label: pausedAt ? language.say('countdown.pause.label', { label }) : label,
      name: numberedInText(language, index, countdownName(view, countdown)),
    };
  });
}

/** Whether the label matches what was typed, typos included. */
const isNear = ({ label }: NamedCountdown, typed: string) => search([{ names: [label] }], typed).length > 0;

/** The countdowns that match best: the one that was picked, else those of that name, of that label, or nearly so. */
async function findMatches(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  typed: string,
): Promise<NamedCountdown[]> {
  const all = await listNamed(services, context);
  const wanted = normalize(typed);
  // Text without letters and digits would match all of them.
  if (!wanted) return [];
  const matches = (text: string) => matchesByPrefix(normalize(text), wanted);
  const byPrecision = [
    all.filter(({ countdown, label }) => countdown.id === typed || label === typed),
    all.filter(({ name }) => matches(name)),
    all.filter(({ label }) => matches(label)),
    all.filter((named) => isNear(named, typed)),
  ];
  return byPrecision.find(({ length }) => length > 0) ?? [];
}

/** Finds the countdown that was typed; undefined where none matches, or several do. */
export async function findNamed(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  typed: string,
): Promise<NamedCountdown | undefined> {
  const [match, ...others] = await findMatches(services, context, typed);
  return others.length === 0 ? match : undefined;
}

/** Calls `run` with the countdown that was typed; returns a refusal where none matches, or several do. */
export async function withCountdown(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  typed: string,
  run: (named: NamedCountdown) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { say } = context.language;
  const [match, ...others] = await findMatches(services, context, typed);
  if (!match) return ephemeralText(say('countdown.remove.unknown', { typed: quote(typed) }));
  if (others.length === 0) return run(match);
  return ephemeralText(say('countdown.remove.several', { count: others.length + 1, typed: quote(typed) }));
}
