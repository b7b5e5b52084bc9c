import { z } from 'zod';
import { findTitle, titlesOf } from '../../../src/answers/film.ts';
import type { Countdown } from '../../../src/countdown/countdown.ts';
import { FOLLOWED, type Followed } from '../../../src/countdown/follow/follow.ts';
import type { Option } from '../../../src/interactions/command.ts';
import type { Context } from '../../../src/interactions/context.ts';
import { currentView } from '../../../src/interactions/fact-subcommand.ts';
import { refuse, textSchema } from '../../../src/interactions/options.ts';
import { search } from '../../../src/lib/search.ts';

/** The value of the choice of all titles. */
const EVERYTHING = 'everything';

/** Whose news is posted. */
export const followTitle = {
  type: 'string',
  description: 'option.follow-title',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete(typed, _, context) {
    const view = currentView(context);
    const everything = { id: EVERYTHING, name: context.language.say('follow.everything') };
    const titles = [{ ...everything, names: [everything.name, EVERYTHING] }, ...titlesOf(view)];
    return search(titles, typed).map(({ id, name }) => ({ name, value: id }));
  },
} satisfies Option<string>;

/** Returns the parts that are named in a text: "cast, trailer"; undefined where one of them is unknown. */
function parseWhat(typed: string): Followed[] | undefined {
  const words = typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (words.length === 1 && words[0] === 'all') return [...FOLLOWED];
  const parts = FOLLOWED.filter((part) => words.includes(part));
  return words.length > 0 && words.every((word) => FOLLOWED.some((part) => part === word))
    ? parts
    : undefined;
}

/** Which news is posted. */
export const what = {
  type: 'string',
  description: 'option.what',
  schema: textSchema
    .transform((typed, problem): Followed[] => {
      const parts = parseWhat(typed);
      if (parts) return parts;
      problem.addIssue({ code: 'custom', message: 'follow.refused.what' });
      return z.NEVER;
    })
    .optional(),
  maxLength: 100,
  autocomplete(typed, _, { language: { say, list } }) {
    const own = parseWhat(typed);
    const named = (parts: readonly Followed[]) => list(parts.map((part) => say(`follow.what.${part}`)));
    const single = FOLLOWED.map((part) => ({ name: named([part]), value: part }));
    const chosen =
      own && own.length > 1 && own.length < FOLLOWED.length
        ? [{ name: named(own), value: own.join(',') }]
        : [];
    return [...chosen, { name: say('follow.choice-all'), value: 'all' }, ...single];
  },
} satisfies Option<Followed[] | undefined>;

/** Whether news is gathered. */
export const digest = {
  type: 'string',
  description: 'option.digest',
  schema: z.enum(['daily', 'weekly'], refuse('refused.choice')).optional(),
  choices: [
    { name: 'follow.digest.daily', value: 'daily' },
    { name: 'follow.digest.weekly', value: 'weekly' },
  ],
} satisfies Option<'daily' | 'weekly' | undefined>;

/** What an edit can choose for countdowns, and not for news. */
const OF_COUNTDOWNS = ['sentence', 'colour', 'picture', 'keep', 'live'] as const;

/** Returns why an edit does not fit: news has no days before and no look, and a countdown has no choice of news. */
export function findFollowProblem(
  { language: { say } }: Context,
  { follow }: Countdown,
  edit: Partial<Record<'what' | 'digest' | 'milestones' | (typeof OF_COUNTDOWNS)[number], unknown>>,
): string | undefined {
  if (!follow) return edit.what || edit.digest ? say('follow.edit.only') : undefined;
  if (edit.milestones) return say('follow.no-milestones');
  return OF_COUNTDOWNS.some((name) => edit[name] !== undefined) ? say('follow.no-look') : undefined;
}

/** Returns the title that was typed: its id, undefined for all titles, or the names that come close. */
export function findFollowed(
  view: Parameters<typeof findTitle>[0],
  typed: string,
): { kind: 'found'; title: string | undefined } | { kind: 'unknown'; near: string[] } {
  const everything = [EVERYTHING, view.language.say('follow.everything').toLowerCase()];
  if (everything.includes(typed.toLowerCase())) return { kind: 'found', title: undefined };
  const { found, close } = findTitle(view, typed);
  return found
    ? { kind: 'found', title: found.id }
    : { kind: 'unknown', near: close.slice(0, 4).map(({ name }) => name) };
}
