import type { Card, View } from '../src/answers/card.ts';
import { castCard, castMemberCard, castMissCard, castOf, findMember } from '../src/answers/cast.ts';
import { regionNames } from '../src/answers/regions.ts';
import { findRegion, knownRegions, releaseCard, releaseMissCard } from '../src/answers/release.ts';
import {
  creditCard,
  overviewCard,
  proseCard,
  reddickCard,
  sequelCard,
  streamingCard,
  trailerCard,
} from '../src/answers/topics.ts';
import { quote } from '../src/discord/message/format.ts';
import type { CommandTopic } from '../src/facts/enums.ts';
import { createAskSubcommand } from '../src/interactions/ask-subcommand.ts';
import type { Command, Option, Subcommand } from '../src/interactions/command.ts';
import { ANY_CONTEXT } from '../src/interactions/command-contexts.ts';
import { factSubcommand, typedView } from '../src/interactions/fact-subcommand.ts';
import { spoilersOption, textSchema } from '../src/interactions/options.ts';
import { search } from '../src/lib/search.ts';

const TITLE = 'ballerina';

const person = {
  type: 'string',
  description: 'option.person',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: (typed, options, context) =>
    search(castOf(typedView(options, context), TITLE), typed).map((member) => ({
      name: member.label,
      value: member.person,
    })),
} satisfies Option<string | undefined>;

const region = {
  type: 'string',
  description: 'option.region',
  schema: textSchema.optional(),
  maxLength: 100,
  autocomplete: (typed, options, context) =>
    search(findableRegions(typedView(options, context)), typed).map(({ name, code }) => ({
      name,
      value: code,
    })),
} satisfies Option<string | undefined>;

function findableRegions(view: View) {
  return knownRegions(view, TITLE).map((found) => ({
    ...found,
    names: regionNames(view.language, found.code),
  }));
}

type BallerinaTopic = Exclude<CommandTopic, 'timeline' | 'film' | 'upcoming'>;

/** Returns the subcommand of a topic without options of its own. */
function topicSubcommand(name: BallerinaTopic, card: (view: View) => Card): Subcommand {
  return factSubcommand({
    path: `ballerina/${name}`,
    description: `command.ballerina.${name}`,
    options: {},
    card,
  });
}

/** Returns the subcommand of a topic that may tell spoilers. */
function spoilerTopicSubcommand(name: BallerinaTopic, card: (view: View) => Card): Subcommand {
  const options = { spoilers: spoilersOption };
  return factSubcommand({
    path: `ballerina/${name}`,
    description: `command.ballerina.${name}`,
    options,
    card,
  });
}

/** `/ballerina`: everything about the film. */
export const ballerina: Command = {
  name: 'ballerina',
  description: 'command.ballerina',
  ...ANY_CONTEXT,
  subcommands: [
    createAskSubcommand('ballerina/ask', 'command.ballerina.ask'),
    topicSubcommand('overview', (view) => overviewCard(view, TITLE)),
    factSubcommand({
      path: 'ballerina/release',
      description: 'command.ballerina.release',
      options: { region },
      card(view, { region: typed }) {
        if (!typed) return releaseCard(view, TITLE);
        const found = findRegion(view, TITLE, typed);
        return found ? releaseCard(view, TITLE, found) : releaseMissCard(view, TITLE, quote(typed));
      },
    }),
    factSubcommand({
      path: 'ballerina/cast',
      description: 'command.ballerina.cast',
      options: { person, spoilers: spoilersOption },
      card(view, { person: typed }) {
        if (!typed) return castCard(view, TITLE);
        const { found, close } = findMember(view, TITLE, typed);
        return found ? castMemberCard(view, TITLE, found) : castMissCard(view, TITLE, quote(typed), close);
      },
    }),
    topicSubcommand('director', (view) =>
      creditCard(view, TITLE, 'director', 'director', ['writers', 'producers', 'cast', 'trailer']),
    ),
    topicSubcommand('writers', (view) =>
      creditCard(view, TITLE, 'writers', 'writer', ['director', 'producers', 'plot', 'cast']),
    ),
    topicSubcommand('producers', (view) =>
      creditCard(view, TITLE, 'producers', 'producer', ['director', 'writers', 'release', 'sequel']),
    ),
    spoilerTopicSubcommand('plot', (view) =>
      proseCard(view, TITLE, 'plot', ['setting', 'cast', 'keanu', 'timeline']),
    ),
    spoilerTopicSubcommand('setting', (view) =>
      proseCard(view, TITLE, 'setting', ['timeline', 'plot', 'keanu', 'release']),
    ),
    topicSubcommand('keanu', (view) =>
      proseCard(view, TITLE, 'keanu', ['cast', 'setting', 'reddick', 'timeline']),
    ),
    spoilerTopicSubcommand('reddick', (view) => reddickCard(view, TITLE)),
    topicSubcommand('trailer', (view) => trailerCard(view, TITLE)),
    topicSubcommand('streaming', (view) => streamingCard(view, TITLE)),
    topicSubcommand('sequel', (view) => sequelCard(view, TITLE)),
  ],
};
