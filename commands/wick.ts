import { z } from 'zod';
import { filmCard, filmMissCard, findTitle, titlesOf, upcomingCard } from '../src/answers/film.ts';
import { timelineCard } from '../src/answers/timeline.ts';
import { calendarCard } from '../src/calendar/card.ts';
import { quote } from '../src/discord/message/format.ts';
import type { Command, Option } from '../src/interactions/command.ts';
import { ANY_CONTEXT } from '../src/interactions/command-contexts.ts';
import { factSubcommand, typedView } from '../src/interactions/fact-subcommand.ts';
import { refuse, spoilersOption, textSchema } from '../src/interactions/options.ts';
import { search } from '../src/lib/search.ts';

const order = {
  type: 'string',
  description: 'option.order',
  schema: z.enum(['story', 'release'], refuse('refused.choice')).optional(),
  choices: [
    { name: 'timeline.order.story', value: 'story' },
    { name: 'timeline.order.release', value: 'release' },
  ],
} satisfies Option<'story' | 'release' | undefined>;

const title = {
  type: 'string',
  description: 'option.title',
  required: true,
  schema: textSchema,
  maxLength: 100,
  autocomplete: (typed, options, context) =>
    search(titlesOf(typedView(options, context)), typed).map(({ id, name }) => ({ name, value: id })),
} satisfies Option<string>;

/** `/wick`: the franchise beyond *Ballerina*. */
export const wick: Command = {
  name: 'wick',
  description: 'command.wick',
  ...ANY_CONTEXT,
  subcommands: [
    factSubcommand({
      path: 'wick/timeline',
      description: 'command.wick.timeline',
      options: { order, spoilers: spoilersOption },
      card: (view, { order: chosen = 'story' }) => timelineCard(view, chosen),
    }),
    factSubcommand({
      path: 'wick/film',
      description: 'command.wick.film',
      options: { title, spoilers: spoilersOption },
      card(view, { title: typed }) {
        const { found, close } = findTitle(view, typed);
        return found ? filmCard(view, found.id) : filmMissCard(view, quote(typed), close);
      },
    }),
    factSubcommand({
      path: 'wick/upcoming',
      description: 'command.wick.upcoming',
      options: {},
      card: upcomingCard,
    }),
    factSubcommand({
      path: 'wick/calendar',
      description: 'command.wick.calendar',
      options: { title: { ...title, required: false, schema: textSchema.optional() } },
      card(view, { title: typed }) {
        if (!typed) return calendarCard(view);
        const { found, close } = findTitle(view, typed);
        return found ? calendarCard(view, found.id) : filmMissCard(view, quote(typed), close);
      },
    }),
  ],
};
