import type { Card, View } from '../answers/card.ts';
import { changesSinceCard } from '../answers/changes-since.ts';
import type { Choice } from '../discord/message/limits.ts';
import { ephemeral, ephemeralText, type Reply } from '../discord/message/reply.ts';
import { canManageServer } from '../discord/permissions.ts';
import type { MessageKey } from '../i18n/translator.ts';
import { type CardRequest, cardReply, changesReply, partReply } from './card-reply.ts';
import { type Options, type OptionValues, type Subcommand, subcommand } from './command.ts';
import type { Context } from './context.ts';
import { commonOptions, daySchema } from './options.ts';
import { createSnapshotCache } from './snapshot-cache.ts';

type CommonOptions = typeof commonOptions;
type WithCommon<O extends Options> = O & CommonOptions;

/** A subcommand that answers from the facts. */
interface FactSubcommand<O extends Options> {
  /** "ballerina/cast" */
  path: string;
  description: MessageKey;
  options: O;
  card(view: View, options: OptionValues<O>, context: Context): Card;
  /** What the card needs that takes longer than a moment; while it is not done, autocomplete may offer less. */
  preparing?: { isDone(context: Context): boolean; finish(context: Context): Promise<void> };
}

const isManager = ({ guild }: Context) => guild !== null && canManageServer(guild.permissions);

const NOTHING_TO_PREPARE = { isDone: () => true, finish: async () => {} };

/**
 * Returns a subcommand that answers from the facts: it takes `as_of` and `private` besides its own options, and has a button
 * that shows what changed since the day asked about. Replies are cached for each snapshot of the facts.
 */
export function factSubcommand<const O extends Options>({
  path,
  description,
  options,
  card,
  preparing = NOTHING_TO_PREPARE,
}: FactSubcommand<O>): Subcommand {
  const common = (values: OptionValues<WithCommon<O>>) =>
    values as OptionValues<CommonOptions> & { spoilers?: boolean };

  const replies = createSnapshotCache<Reply>();

  /** The card, the view that it was made from, and the request that its buttons repeat. */
  function answerOf(
    view: View,
    values: OptionValues<WithCommon<O>>,
    context: Context,
  ): { view: View; card: Card; request: CardRequest } {
    const answer = card(view, values as OptionValues<O>, context);
    const hidesSpoilers = Boolean(answer.hidesSpoilers && 'spoilers' in options);
    const request = {
      path,
      options: { ...buttonOptions(values), ...answer.again },
      asOf: answer.asOf ?? common(values).as_of,
      isManager: isManager(context),
    };
    const seen = answer.asOf ? createView(context, answer.asOf, view.spoilers) : view;
    return { view: seen, card: { ...answer, hidesSpoilers }, request };
  }

  return subcommand<WithCommon<O>>({
    name: path.split('/')[1] ?? path,
    description,
    options: { ...withCachedChoices(options, preparing.isDone), ...commonOptions },
    async run(values, context) {
      const { as_of: asOf, private: isPrivate, spoilers = false } = common(values);
      if (asOf && asOf > context.today) return futureDateReply(context, asOf);
      const view = createView(context, asOf ?? context.today, spoilers);
      await preparing.finish(context);
      const question = buttonOptions(values);
      const reply = replies(view.snapshot, [view.language.locale, question, isManager(context)], () => {
        const answer = answerOf(view, values, context);
        return cardReply(answer.view, answer.card, answer.request);
      });
      return isPrivate ? ephemeral(reply) : reply;
    },
    async read(values, context, { part, page }) {
      const { as_of: asOf, spoilers = false } = common(values);
      if (asOf && asOf > context.today) return futureDateReply(context, asOf);
      const view = createView(context, asOf ?? context.today, spoilers || part === 'spoilers');
      await preparing.finish(context);
      const answer = answerOf(view, values, context);
      return partReply(answer.view, answer.card, answer.request, { part, page });
    },
    async since(values, context, page) {
      const { as_of: asOf = context.today, spoilers = false } = common(values);
      if (asOf > context.today) return futureDateReply(context, asOf);
      const then = createView(context, asOf, spoilers);
      const now = createView(context, context.today, spoilers);
      await preparing.finish(context);
      const changes = changesSinceCard(
        { view: then, card: card(then, values as OptionValues<O>, context) },
        { view: now, card: card(now, values as OptionValues<O>, context) },
      );
      return changesReply(
        now,
        changes,
        { path, options: buttonOptions(values), asOf, isManager: isManager(context) },
        page,
      );
    },
  });
}

/** Returns the options with their choices cached: people type the same few letters again and again. */
function withCachedChoices<O extends Options>(options: O, isPrepared: (context: Context) => boolean): O {
  const cache = createSnapshotCache<Choice[] | Promise<Choice[]>>();
  const cached = Object.entries(options).map(([name, option]) => {
    const { autocomplete } = option;
    if (!autocomplete) return [name, option];
    const cachedAutocomplete: typeof autocomplete = (typed, others, context) => {
      const view = typedView(others, context);
      const key = [name, view.language.locale, typed, others, isPrepared(context)];
      return cache(view.snapshot, key, () => autocomplete(typed, others, context));
    };
    return [name, { ...option, autocomplete: cachedAutocomplete }];
  });
  return Object.fromEntries(cached);
}

/** Returns the facts of a day as the user sees them. */
function createView({ knowledge: { facts }, language }: Context, day: string, spoilers: boolean): View {
  return { facts, snapshot: facts.asOf(day), language, spoilers };
}

/** Returns the facts of today as the user sees them, without spoilers. */
export const currentView = (context: Context): View => createView(context, context.today, false);

/** Returns the facts for autocomplete: those of the day typed in `as_of`, else of today. */
export function typedView(options: Readonly<Record<string, string>>, context: Context): View {
  const day = 'as_of' in options ? daySchema.safeParse(options['as_of']) : undefined;
  const asOf = day?.success && day.data <= context.today ? day.data : context.today;
  return createView(context, asOf, options['spoilers'] === 'true');
}

function futureDateReply({ language, today }: Context, asOf: string): Reply {
  return ephemeralText(
    language.say('problem.future', { date: language.date(asOf), today: language.date(today) }),
  );
}

/** Returns the values as a button carries them: as text, and without `private`, which is no part of the question. */
function buttonOptions(values: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(values).filter(([name, value]) => name !== 'private' && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}
