import { z } from 'zod';
import type { Card, View } from '../src/answers/card.ts';
import { castCard, castMemberCard, castMissCard, castOf, findMember } from '../src/answers/cast.ts';
import { filmCard, filmMissCard, findTitle, titlesOf, upcomingCard } from '../src/answers/film.ts';
import { findTerm, loreCard, loreMissCard, termCard, termsOf } from '../src/answers/lore.ts';
import { regionNames } from '../src/answers/regions.ts';
import { findRegion, knownRegions, releaseMissCard } from '../src/answers/release.ts';
import { timelineCard } from '../src/answers/timeline.ts';
import { whereCard } from '../src/answers/where.ts';
import { calendarCard } from '../src/calendar/card.ts';
import { quote } from '../src/discord/message/format.ts';
import { createAskSubcommand } from '../src/interactions/ask-subcommand.ts';
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

const person = {
  type: 'string',
  description: 'option.person',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete(typed, options, context) {
    const view = typedView(options, context);
    const { found } = findTitle(view, options['title'] ?? '');
    return search(found ? castOf(view, found.id) : [], typed).map((member) => ({
      name: member.label,
      value: member.person,
    }));
  },
} satisfies Option<string | undefined>;

const term = {
  type: 'string',
  description: 'option.term',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: (typed, options, context) =>
    search(termsOf(typedView(options, context)), typed).map(({ id, name }) => ({ name, value: id })),
} satisfies Option<string | undefined>;

const region = {
  type: 'string',
  description: 'option.region',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete(typed, options, context) {
    const view = typedView(options, context);
    const { found } = findTitle(view, options['title'] ?? '');
    const regions = found ? knownRegions(view, found.id) : [];
    const choices = regions.map((region) => ({ ...region, names: regionNames(view.language, region.code) }));
    return search(choices, typed).map(({ name, code }) => ({ name, value: code }));
  },
} satisfies Option<string | undefined>;

/** Returns a card of the title that was typed, or one that says there is none. */
function ofTitle(view: View, typed: string, card: (title: string) => Card): Card {
  const { found, close } = findTitle(view, typed);
  return found ? { ...card(found.id), about: found.id } : filmMissCard(view, quote(typed), close);
}

function castAnswer(view: View, title: string, typed: string | undefined): Card {
  if (!typed) return castCard(view, title);
  const { found, close } = findMember(view, title, typed);
  return found ? castMemberCard(view, title, found) : castMissCard(view, title, quote(typed), close);
}

function loreAnswer(view: View, typed: string | undefined): Card {
  if (!typed) return loreCard(view);
  const { found, close } = findTerm(view, typed);
  return found ? termCard(view, found) : loreMissCard(view, quote(typed), close);
}

function whereAnswer(view: View, title: string, typed: string | undefined): Card {
  if (!typed) return whereCard(view, title);
  const found = findRegion(view, title, typed);
  return found ? whereCard(view, title, found) : releaseMissCard(view, title, quote(typed));
}

/** `/wick`: the franchise beyond *Ballerina*. */
export const wick: Command = {
  name: 'wick',
  description: 'command.wick',
  ...ANY_CONTEXT,
  subcommands: [
    createAskSubcommand('wick/ask', 'command.wick.ask'),
    factSubcommand({
      path: 'wick/timeline',
      description: 'command.wick.timeline',
      options: { order, spoilers: spoilersOption },
      card: (view, { order: chosen = 'release' }) => timelineCard(view, chosen),
    }),
    factSubcommand({
      path: 'wick/film',
      description: 'command.wick.film',
      options: { title, spoilers: spoilersOption },
      card: (view, { title: typed }) => ofTitle(view, typed, (found) => filmCard(view, found)),
    }),
    factSubcommand({
      path: 'wick/cast',
      description: 'command.wick.cast',
      options: { title, person, spoilers: spoilersOption },
      card: (view, { title: typed, person: member }) =>
        ofTitle(view, typed, (found) => castAnswer(view, found, member)),
    }),
    factSubcommand({
      path: 'wick/lore',
      description: 'command.wick.lore',
      options: { term, spoilers: spoilersOption },
      card: (view, { term: typed }) => loreAnswer(view, typed),
    }),
    factSubcommand({
      path: 'wick/where',
      description: 'command.wick.where',
      options: { title, region, spoilers: spoilersOption },
      card: (view, { title: typed, region: place }) =>
        ofTitle(view, typed, (found) => whereAnswer(view, found, place)),
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
        return ofTitle(view, typed, (found) => calendarCard(view, found));
      },
    }),
  ],
};
