import type { Card, View } from '../answers/card.ts';
import { sinceCard } from '../answers/since.ts';
import type { MessageKey } from '../text/language.ts';
import { cardReply } from './cards.ts';
import { type Context, type Options, type Parsed, type Subcommand, subcommand } from './command.ts';
import { commonOptions, daySchema } from './options.ts';
import { privately, privateSentence, type Reply } from './reply.ts';

type Common = typeof commonOptions;
type With<O extends Options> = O & Common;

/** How the options and the world of a day become an answer. */
interface FactQuestion<O extends Options> {
  /** "ballerina/cast" */
  path: string;
  description: MessageKey;
  options: O;
  card(view: View, options: Parsed<O>): Card;
  /** Makes ready what the card needs, where that takes longer than a moment. */
  ready?(view: View): Promise<void>;
}

/**
 * A subcommand that answers from the facts: it takes `as_of` and `private` besides its own options, and can tell what
 * changed since the day asked about.
 */
export function factSubcommand<const O extends Options>({
  path,
  description,
  options,
  card,
  ready = async () => {},
}: FactQuestion<O>): Subcommand {
  const read = (parsed: Parsed<With<O>>) => parsed as Parsed<O> & Parsed<Common> & { spoilers?: boolean };

  return subcommand<With<O>>({
    name: path.split('/')[1] ?? path,
    description,
    options: { ...options, ...commonOptions },
    async run(parsed, context) {
      const { as_of: asOf, private: hidden, spoilers = false } = read(parsed);
      if (asOf && asOf > context.today) return future(context, asOf);
      const view = viewOf(context, asOf ?? context.today, spoilers);
      await ready(view);
      const answered = card(view, parsed as Parsed<O>);
      const hidesSpoilers = Boolean(answered.hidesSpoilers && 'spoilers' in options);
      const reply = cardReply(
        view,
        { ...answered, hidesSpoilers },
        {
          path,
          options: { ...asked(parsed), ...answered.again },
          asOf,
        },
      );
      return hidden ? privately(reply) : reply;
    },
    async since(parsed, context) {
      const { as_of: asOf = context.today, spoilers = false } = read(parsed);
      if (asOf > context.today) return future(context, asOf);
      const then = viewOf(context, asOf, spoilers);
      const now = viewOf(context, context.today, spoilers);
      await ready(now);
      const compared = sinceCard(
        { view: then, card: card(then, parsed as Parsed<O>) },
        { view: now, card: card(now, parsed as Parsed<O>) },
      );
      return cardReply(now, compared, { path, options: {}, asOf: undefined });
    },
  });
}

/** The facts as one reader sees them. */
export function viewOf({ facts, language }: Context, day: string, spoilers: boolean): View {
  return { facts, world: facts.asOf(day), language, spoilers };
}

/** The facts of today as one reader sees them, without spoilers. */
export const today = (context: Context): View => viewOf(context, context.today, false);

/** The facts for an autocomplete list: as known on the day that is typed beside it, else today. */
export function typedView(options: Readonly<Record<string, string>>, context: Context): View {
  const day = daySchema.safeParse(options['as_of']);
  const asOf = day.success && day.data <= context.today ? day.data : context.today;
  return viewOf(context, asOf, options['spoilers'] === 'true');
}

function future({ language, today }: Context, asOf: string): Reply {
  return privateSentence(
    language.say('problem.future', { date: language.date(asOf), today: language.date(today) }),
  );
}

/** The options as a button carries them: as text, without what only concerns who sees the answer. */
function asked(parsed: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(parsed).filter(([name, value]) => name !== 'private' && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}
