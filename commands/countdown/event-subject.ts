import { findCountable, listCountables, offerCountables } from '../../src/countdown/countable-releases.ts';
import { type Countdown, OWN } from '../../src/countdown/countdown.ts';
import { daysLeft, isKnownZone } from '../../src/countdown/local-time.ts';
import { countdownLabel } from '../../src/countdown/names.ts';
import type { EventSubject } from '../../src/countdown/scheduled-event.ts';
import type { Choice } from '../../src/discord/message/limits.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { escapeMarkdown } from '../../src/lib/markdown.ts';
import { normalize, search } from '../../src/lib/search.ts';
import type { Services } from '../services.ts';

type SubjectServices = Pick<Services, 'countdowns'>;

/** What an event was asked for. */
export interface ChosenSubject {
  subject: EventSubject;
  /** Its name in a message. */
  name: string;
  /** Whether it is out already. */
  isPast: boolean;
  /** The time zone of its hour, where it has one. */
  timeZone?: string | undefined;
}

/** A date of the server's own that lies ahead, as a choice. */
interface OwnChoice extends Choice {
  names: string[];
  own: NonNullable<EventSubject['own']>;
  timeZone: string | undefined;
}

/** Returns what an event can be made for: the server's own dates first, then releases that are not out yet. */
export async function subjectChoices(
  services: SubjectServices,
  context: Context,
  typed: string,
): Promise<Choice[]> {
  const releases = listCountables(currentView(context)).filter(({ anniversary }) => !anniversary);
  return [
    ...search(await listOwnChoices(services, context), typed).map(({ name, value }) => ({ name, value })),
    ...offerCountables(releases, typed).map(({ label, value }) => ({ name: label, value })),
  ];
}

/** Finds what was typed or picked; undefined where nothing fits. */
export async function findSubject(
  services: SubjectServices,
  context: Context,
  typed: string,
): Promise<ChosenSubject | undefined> {
  const choice = (await listOwnChoices(services, context)).find(
    ({ value, name, own: { title } }) =>
      value === typed || name === typed || normalize(title) === normalize(typed),
  );
  if (choice) {
    const { own, timeZone } = choice;
    return { subject: { release: OWN, own }, name: escapeMarkdown(own.title), isPast: false, timeZone };
  }
  const countable = findCountable(listCountables(currentView(context)), typed);
  return (
    countable && {
      subject: { release: countable.release },
      name: countable.name,
      isPast: countable.anniversary,
    }
  );
}

async function listOwnChoices({ countdowns }: SubjectServices, context: Context): Promise<OwnChoice[]> {
  if (!context.guild) return [];
  const states = await countdowns.list(context.guild.id);
  return states.flatMap(({ countdown }) => choiceOf(context, countdown) ?? []);
}

function choiceOf(context: Context, countdown: Countdown): OwnChoice | undefined {
  const { id, own, timeZone } = countdown;
  if (!own || !isKnownZone(timeZone) || daysLeft(own.date, countdown, context.now) < 0) return undefined;
  const { title, date, time } = own;
  const name = countdownLabel(currentView(context), countdown);
  return {
    name,
    value: `${OWN}:${id}`,
    names: [name],
    own: { title, date, ...(time && { time }) },
    timeZone: time && timeZone,
  };
}
