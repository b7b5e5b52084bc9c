import type { Card, View } from '../answers/card.ts';
import { changesSinceCard } from '../answers/changes-since.ts';
import type { Choice } from '../discord/message/limits.ts';
import { ephemeral, ephemeralText, type Reply } from '../discord/message/reply.ts';
import type { MessageKey } from '../i18n/translator.ts';
import { cardReply } from './card-reply.ts';
import { type Context, type Options, type Parsed, type Subcommand, subcommand } from './command.ts';
import { commonOptions, daySchema } from './options.ts';
import { createSnapshotCache } from './snapshot-cache.ts';

type Common = typeof commonOptions;
type With<O extends Options> = O & Common;

/** How the options and the facts of a day become an answer. */
interface FactQuestion<O extends Options> {
  /** "ballerina/cast" */
  path: string;
  description: MessageKey;
  options: O;
  card(view: View, options: Parsed<O>, context: Context): Card;
  /** What the card needs and takes longer than a moment to be made ready: until then less is offered while one types. */
  preparing?: { isDone(context: Context): boolean; finish(context: Context): Promise<void> };
}

const NOTHING_TO_PREPARE = { isDone: () => true, finish: async () => {} };

/**
 * A subcommand that answers from the facts: it takes `as_of` and `private` besides its own options, and can tell what
 * changed since the day asked about.
 */
export function factSubcommand<const O extends Options>({
  path,
  description,
  options,
  card,
  preparing = NOTHING_TO_PREPARE,
}: FactQuestion<O>): Subcommand {
  const read = (parsed: Parsed<With<O>>) => parsed as Parsed<O> & Parsed<Common> & { spoilers?: boolean };

  const replies = createSnapshotCache<Reply>();

  return subcommand<With<O>>({
    name: path.split('/')[1] ?? path,
    description,
    options: { ...offering(options, preparing.isDone), ...commonOptions },
    async run(parsed, context) {
      const { as_of: asOf, private: hidden, spoilers = false } = read(parsed);
      if (asOf && asOf > context.today) return future(context, asOf);
      const view = viewOf(context, asOf ?? context.today, spoilers);
      await preparing.finish(context);
      const question = asked(parsed);
      const reply = replies(view.snapshot, [view.language.locale, question], () => {
        const answered = card(view, parsed as Parsed<O>, context);
        const hidesSpoilers = Boolean(answered.hidesSpoilers && 'spoilers' in options);
        const again = { path, options: { ...question, ...answered.again }, asOf };
        return cardReply(view, { ...answered, hidesSpoilers }, again);
      });
      return hidden ? ephemeral(reply) : reply;
    },
    async since(parsed, context) {
      const { as_of: asOf = context.today, spoilers = false } = read(parsed);
      if (asOf > context.today) return future(context, asOf);
      const then = viewOf(context, asOf, spoilers);
      const now = viewOf(context, context.today, spoilers);
      await preparing.finish(context);
      const compared = changesSinceCard(
        { view: then, card: card(then, parsed as Parsed<O>, context) },
        { view: now, card: card(now, parsed as Parsed<O>, context) },
      );
      return cardReply(now, compared, { path, options: {}, asOf: undefined });
    },
  });
}

/** The options, with what they offer remembered: the same few letters are typed again and again. */
function offering<O extends Options>(options: O, isPrepared: (context: Context) => boolean): O {
  const lists = createSnapshotCache<Choice[] | Promise<Choice[]>>();
  const remembering = Object.entries(options).map(([name, option]) => {
    const { autocomplete } = option;
    if (!autocomplete) return [name, option];
    const offered: typeof autocomplete = (typed, others, context) => {
      const view = typedView(others, context);
      const key = [name, view.language.locale, typed, others, isPrepared(context)];
      return lists(view.snapshot, key, () => autocomplete(typed, others, context));
    };
    return [name, { ...option, autocomplete: offered }];
  });
  return Object.fromEntries(remembering);
}

/** The facts as one reader sees them. */
export function viewOf({ facts, language }: Context, day: string, spoilers: boolean): View {
  return { facts, snapshot: facts.asOf(day), language, spoilers };
}

/** The facts of today as one reader sees them, without spoilers. */
export const today = (context: Context): View => viewOf(context, context.today, false);

/** The facts for an autocomplete list: as known on the day that is typed beside it, else today. */
export function typedView(options: Readonly<Record<string, string>>, context: Context): View {
  const day = 'as_of' in options ? daySchema.safeParse(options['as_of']) : undefined;
  const asOf = day?.success && day.data <= context.today ? day.data : context.today;
  return viewOf(context, asOf, options['spoilers'] === 'true');
}

function future({ language, today }: Context, asOf: string): Reply {
  return ephemeralText(
    language.say('problem.future', { date: language.date(asOf), today: language.date(today) }),
  );
}

/** The options as a button carries them: as text, without what only concerns who sees the answer. */
function asked(parsed: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(parsed).filter(([name, value]) => name !== 'private' && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}
