import { type Card, mapLine, neighbours, type View } from '../answers/card.ts';
import { createCard } from '../answers/make-card.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { cardOfAnswer, cardOfDecision } from './answer-card.ts';
import type { Profile } from './answer-profile.ts';
import { addressOf, slotsOfTarget } from './answer-target.ts';
import { type AskedDay, askedDay } from './asked-day.ts';
import type { AnswerFinder, Finding } from './find-answer.ts';
import type { QuestionIndex } from './question-index.ts';
import type { Asked } from './refusal-card.ts';
import { HOME } from './statement.ts';

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
  const index = finder.indexOf(then.snapshot);
  // The words that were left out may be what an answer is found by.
  const findIn = (snapshot: Snapshot) => {
    const found = finder.find(snapshot, asked.question);
    return found.kind === 'answer' ? found : finder.find(snapshot, question);
  };
  const foundNow = findIn(view.snapshot);
  const found = answerThen(then, index, findIn, foundNow);
  if (asked.certainty !== 'certain' && !isToldOtherwise(view, then, { foundNow, found }, asked))
    return undefined;
  const text = { question: asked.question, shown };
  const card = found
    ? cardOfAnswer(then, index, { ...found, past: isEmptyThen(then, found) }, text)
    : cardOfDecision(then, index, text);
  if (!card) return foundNow.kind === 'answer' ? nothingKnownCard(then, asked, shown) : undefined;
  const again = card.again?.['question'] ? card.again : { question: asked.question };
  return { ...withDay(then, card), asOf: asked.day, again: { ...again, as_of: asked.day } };
}

/** Whether a list has nothing in it yet: its card says so, and there is no yes or no to begin with. */
const isEmptyThen = ({ snapshot }: View, { profile: { target } }: Answer) =>
  'list' in target && slotsOfTarget(snapshot, target).length === 0;

type Answer = Extract<Finding, { kind: 'answer' }>;

/**
 * Returns today's answer as it was known then; where it was not known, what else was known then of the same titles. Where what the
 * question says became known later, nothing was known: "the villain" was then only an undisclosed role.
 */
function answerThen(
  { snapshot }: View,
  { profiles }: QuestionIndex,
  findIn: (snapshot: Snapshot) => Finding,
  now: Finding,
): Answer | undefined {
  if (now.kind === 'answer') {
    const address = addressOf(now.profile.target);
    const profile = isListOfHome(now)
      ? now.profile
      : profiles.find(({ target }) => addressOf(target) === address);
    if (profile && sharesAll(now, profile)) return { ...now, profile, others: [] };
  }
  const found = findIn(snapshot);
  if (found.kind === 'refusal') return undefined;
  const { titles } = found.profile;
  const isAboutSame =
    now.kind === 'refusal' ||
    titles.length === 0 ||
    now.profile.titles.every((title) => titles.includes(title));
  return isAboutSame ? found : undefined;
}

/** Whether another answer shares with the question all that this one shares. */
const sharesAll = ({ mentions, profile }: Answer, { features }: Profile) =>
  mentions.every(
    ({ meanings }) =>
      !meanings.some((meaning) => profile.features.has(meaning)) ||
      meanings.some((meaning) => features.has(meaning)),
  );

/** Whether the day makes a difference, where a question may not ask for it. */
function isToldOtherwise(
  view: View,
  then: View,
  { foundNow, found }: { foundNow: Finding; found: Answer | undefined },
  { certainty }: AskedDay,
): boolean {
  if (!found || foundNow.kind === 'refusal' || !sharesAll(foundNow, found.profile)) return false;
  if (certainty === 'likely') return true;
  const { target } = found.profile;
  const claimsIn = ({ snapshot }: View) => slotsOfTarget(snapshot, target).map(({ claim }) => claim);
  const [before, now] = [claimsIn(then), claimsIn(view)];
  const isSameTarget = addressOf(foundNow.profile.target) === addressOf(target);
  return isSameTarget && (before.length !== now.length || before.some((claim, at) => claim !== now[at]));
}

/** A list says by itself that nothing is in it yet, and gives away nothing that became known later. */
const isListOfHome = ({ profile: { target } }: Answer) =>
  'list' in target && (target.of === HOME || target.of === EVERYTHING);

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
