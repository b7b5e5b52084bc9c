import { type Card, mapLine, neighbours, type View } from '../answers/card.ts';
import { createCard } from '../answers/make-card.ts';
import { cardOfAnswer } from './answer-card.ts';
import { addressOf } from './answer-target.ts';
import { type AskedDay, askedDay } from './asked-day.ts';
import type { AnswerFinder, Finding } from './find-answer.ts';
import type { Asked } from './refusal-card.ts';
import { withoutSmallTalk } from './small-talk.ts';

const HOME = 'ballerina';
/** What a list is about that is about nothing in particular. */
const EVERYTHING = 'all';

type Answer = Extract<Finding, { kind: 'answer' }>;

/**
 * Returns the answer to a question that itself says of which earlier day the facts are wanted: "as of march 2022 was keanu in
 * it". Undefined where a question says nothing of the kind, or nothing answers it on any day.
 */
export function createPastDayCard(
  finder: AnswerFinder,
  view: View,
  { question, shown }: Asked,
): Card | undefined {
  const asked = askedDay(withoutSmallTalk(question), view.snapshot.day);
  if (!asked || asked.day >= view.snapshot.day) return undefined;
  const then = { ...view, snapshot: view.facts.asOf(asked.day) };
  const foundThen = finder.find(then.snapshot, asked.question);
  const foundNow = finder.find(view.snapshot, asked.question);
  if (!asked.isCertain && !hasSameTarget(foundThen, foundNow)) return undefined;
  const found = foundThen.kind === 'answer' ? foundThen : foundNow;
  if (found.kind === 'refusal') return undefined;
  if (found !== foundThen && !isListOfHome(found)) return nothingKnownCard(then, asked, shown);
  const index = finder.indexOf(then.snapshot);
  const card = cardOfAnswer(then, index, { ...found, past: false }, { question: asked.question, shown });
  return { ...withDay(then, card), asOf: asked.day, again: { ...card.again, as_of: asked.day } };
}

/** A list says by itself that nothing is in it yet, and gives away nothing that became known later. */
const isListOfHome = ({ profile: { target } }: Answer) =>
  'list' in target && (target.of === HOME || target.of === EVERYTHING);

const hasSameTarget = (one: Finding, other: Finding) =>
  one.kind === 'answer' &&
  other.kind === 'answer' &&
  addressOf(one.profile.target) === addressOf(other.profile.target);

/** The card with its day said first: the reader has not set it as an option. */
function withDay({ language: { say, date }, snapshot }: View, card: Card): Card {
  if (card.lead.text === say('card.unknown', { date: date(snapshot.day) })) return card;
  const lead = mapLine(card.lead, (text) => say('ask.as-of', { date: date(snapshot.day), text }));
  return { ...card, lead };
}

function nothingKnownCard(then: View, { day, question }: AskedDay, shown: string): Card {
  const { say } = then.language;
  const card = createCard(then, {
    title: say('ask.title'),
    lead: undefined,
    next: neighbours(then, 'overview', 'release', 'cast'),
    again: { question, as_of: day },
  });
  return { ...card, question: say('ask.asked', { typed: shown }), asOf: day };
}
