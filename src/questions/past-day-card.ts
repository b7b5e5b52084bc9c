import { type Card, mapLine, neighbours, type View } from '../answers/card.ts';
import { createCard } from '../answers/make-card.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { cardOfAnswer, cardOfDecision } from './answer-card.ts';
import { addressOf } from './answer-target.ts';
import { type AskedDay, askedDay } from './asked-day.ts';
import type { AnswerFinder, Finding } from './find-answer.ts';
import type { Asked } from './refusal-card.ts';

const HOME = 'ballerina';
/** What a list is about that is about nothing in particular. */
const EVERYTHING = 'all';

/**
 * Returns the answer to a question that itself says of which earlier day the facts are wanted: "as of march 2022 was keanu in
 * it". Undefined where a question says nothing of the kind, or nothing answers it on any day.
 */
export function createPastDayCard(
  finder: AnswerFinder,
  view: View,
  { question, shown }: Asked,
): Card | undefined {
  const asked = askedDay(question, view.snapshot.day);
  if (!asked || asked.day >= view.snapshot.day) return undefined;
  const then = { ...view, snapshot: view.facts.asOf(asked.day) };
  // The words that were left out may be what an answer is found by.
  const findIn = (snapshot: Snapshot) => {
    const found = finder.find(snapshot, asked.question);
    return found.kind === 'answer' ? found : finder.find(snapshot, question);
  };
  const foundNow = findIn(view.snapshot);
  const foundThen = findIn(then.snapshot);
  if (!asked.isCertain && !hasSameTarget(foundThen, foundNow)) return undefined;
  const card = cardOf(finder, then, { foundThen, foundNow }, { question: asked.question, shown });
  if (!card) return foundNow.kind === 'answer' ? nothingKnownCard(then, asked, shown) : undefined;
  const again = card.again?.['question'] ? card.again : { question: asked.question };
  return { ...withDay(then, card), asOf: asked.day, again: { ...again, as_of: asked.day } };
}

/** The answer by the facts of then; undefined where nothing was known. */
function cardOf(
  finder: AnswerFinder,
  then: View,
  { foundThen, foundNow }: { foundThen: Finding; foundNow: Finding },
  asked: Asked,
): Card | undefined {
  const index = finder.indexOf(then.snapshot);
  const found = isListOfHome(foundNow) ? foundNow : foundThen;
  const isAnswer = found.kind === 'answer' && isAboutSame(found, foundNow);
  return isAnswer
    ? cardOfAnswer(then, index, { ...found, past: false }, asked)
    : cardOfDecision(then, index, asked);
}

/** Whether an answer of then is about a title of today's answer: where nothing was known of that, another is no answer. */
const isAboutSame = ({ profile }: Extract<Finding, { kind: 'answer' }>, now: Finding) =>
  now.kind === 'refusal' ||
  now.profile.titles.length === 0 ||
  profile.titles.length === 0 ||
  profile.titles.some((title) => now.profile.titles.includes(title));

/** A list says by itself that nothing is in it yet, and gives away nothing that became known later. */
function isListOfHome(found: Finding): boolean {
  if (found.kind === 'refusal') return false;
  const { target } = found.profile;
  return 'list' in target && (target.of === HOME || target.of === EVERYTHING);
}

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
