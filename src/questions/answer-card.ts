import { type Card, type Line, neighbours, type View, withLabel } from '../answers/card.ts';
import { castCard } from '../answers/cast.ts';
import { upcomingCard } from '../answers/film.ts';
import { allLines, labelledLines, lines } from '../answers/lines.ts';
import { createCard, detail } from '../answers/make-card.ts';
import { personName, slotLabel, titleName } from '../answers/names.ts';
import { timelineCard } from '../answers/timeline.ts';
import { posthumousCard, trailerCard } from '../answers/topics.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Profile } from './answer-profile.ts';
import { addressOf, slotsOfTarget, type Target } from './answer-target.ts';
import { createDecidedCard } from './decided-card.ts';
import { createFactCard } from './fact-card.ts';
import type { AnswerFinder, Finding } from './find-answer.ts';
import { createOpinionCard } from './opinion-card.ts';
import { questionButton } from './question-buttons.ts';
import type { QuestionIndex } from './question-index.ts';
import { type Asked, createRefusalCard } from './refusal-card.ts';
import { HOME } from './statement.ts';
import { questionOf } from './suggestions.ts';
import { isTactful } from './tact.ts';

/**
 * Returns the answer to a question in a person's own words: the card of the matching command, narrowed to what was asked; or a
 * refusal with what comes near. `shown` is the question as it may be shown in a message.
 */
export function createAnswerCard(finder: AnswerFinder, view: View, question: string, shown: string): Card {
  const index = finder.indexOf(view.snapshot);
  const found = finder.find(view.snapshot, question);
  if (found.kind === 'answer') return cardOfAnswer(view, index, found, { question, shown });
  return cardOfDecision(view, index, { question, shown }) ?? createRefusalCard(view, index, found, shown);
}

/** Returns the answer to a question that was offered for it. */
export const createOfferedCard = (finder: AnswerFinder, view: View, profile: Profile, asked: Asked): Card =>
  cardOfAnswer(
    view,
    finder.indexOf(view.snapshot),
    { kind: 'answer', profile, past: false, others: [], mentions: [] },
    asked,
  );

/** Returns the answer to a question for yes or no, or for an opinion, to which no fact was found; undefined where it is neither. */
export function cardOfDecision(
  view: View,
  { parserContext: words }: QuestionIndex,
  { question, shown }: Asked,
): Card | undefined {
  const decided = createOpinionCard(view, words, question) ?? createDecidedCard(view, words, question, {});
  return decided && { ...decided, question: view.language.say('ask.asked', { typed: shown }) };
}

/** Returns the card of an answer that was found. */
export function cardOfAnswer(
  view: View,
  index: QuestionIndex,
  found: Extract<Finding, { kind: 'answer' }>,
  { question, shown }: Asked,
): Card {
  const { target } = found.profile;
  const others = found.others.filter((other) => isTactful(view.snapshot, other, found.mentions));
  const plain = 'slot' in target ? createFactCard(view, target.slot, found.past) : listCard(view, target);
  const isPast = found.past && !COMPARED.test(question);
  const card = isPast ? plain : beginWithOpinion(view, index, question, { target, card: plain });
  const echo = question === addressOf(target) ? questionOf(view, index, found.profile) : shown;
  return {
    ...card,
    ...(echo && { question: view.language.say('ask.asked', { typed: echo }) }),
    next: [...others.flatMap((profile) => questionButton(view, index, profile)), ...card.next],
    again: card.again?.['question'] ? card.again : { question: addressOf(target) },
  };
}

/** "Earlier than" asks for no earlier plan. */
const COMPARED = /\bearlier than\b/i;

/** The card that was found or, where a question asks whether something is so or any good, one that begins with that. */
function beginWithOpinion(
  view: View,
  { parserContext }: QuestionIndex,
  question: string,
  { target, card }: { target: Target; card: Card },
): Card {
  const found = 'slot' in target ? { fact: view.snapshot.get(target.slot) } : target;
  return (
    createDecidedCard(view, parserContext, question, { ...found, card }) ??
    createOpinionCard(view, parserContext, question, 'fact' in found ? found.fact : undefined) ??
    card
  );
}

function listCard(view: View, target: Extract<Target, { list: unknown }>): Card {
  const { list, of } = target;
  switch (list) {
    case 'cast':
      return castCard(view, of);
    case 'timeline':
      return timelineCard(view, 'story');
    case 'release-order':
      return timelineCard(view, 'release');
    case 'upcoming':
      return upcomingCard(view);
    case 'trailers':
      return trailerCard(view, of);
    case 'posthumous':
      return posthumousCard(view, HOME);
    case 'works':
      return worksCard(view, of);
    case 'games':
      return gamesCard(view);
    case 'coverage':
      return coverageCard(view);
  }
}

/** How new the facts are: the newest source, and the newest fact. */
function coverageCard(view: View): Card {
  const { say, date } = view.language;
  const { newestSource, day } = view.snapshot;
  const [newest] = slotsOfTarget(view.snapshot, { list: 'coverage', of: 'all' });
  return createCard(view, {
    title: say('ask.title'),
    lead: newestSource &&
      newest && {
        text: say('ask.coverage', {
          source: date(newestSource.date),
          days: newestSource.days,
          known: date(newest.claim.known),
          today: date(day),
        }),
        from: newest,
      },
    next: neighbours(view, 'upcoming', 'timeline'),
  });
}

/** Everything in the franchise that a person directed, wrote or produced. */
function worksCard(view: View, person: string): Card {
  const { say } = view.language;
  const credits = slotsOfTarget(view.snapshot, { list: 'works', of: person });
  const creditsOfTitle = (title: string) =>
    credits.filter(({ slot }) => 'title' in slot && slot.title === title);
  const titles = [...new Set(credits.flatMap(({ slot }) => ('title' in slot ? [slot.title] : [])))];
  return createCard(view, {
    title: personName(view, person),
    lead: { text: say('ask.works', { person: personName(view, person), count: titles.length }) },
    facts: titles.map((title) => workLine(view, title, creditsOfTitle(title))),
    isList: true,
    details: titles.map((title) =>
      detail(titleName(view, title), labelledLines(view, creditsOfTitle(title))),
    ),
    next: neighbours(view, 'director', 'writers', 'producers', 'timeline'),
  });
}

/** A title with what the person did for it: "**Chapter 2**: Director". */
function workLine(view: View, title: string, credits: readonly Fact[]): Line {
  const jobs = credits.flatMap((fact) => slotLabel(view, fact) ?? []);
  const text = withLabel(view, titleName(view, title), view.language.list(jobs));
  return { text, ...(credits[0] && { from: credits[0] }) };
}

function gamesCard(view: View): Card {
  const facts = slotsOfTarget(view.snapshot, { list: 'games', of: 'all' });
  const titleOf = (slot: object) =>
    ('title' in slot ? slot.title : 'about' in slot ? slot.about : '') as string;
  const titles = [...new Set(facts.map(({ slot }) => titleOf(slot)))];
  return createCard(view, {
    title: view.language.say('ask.title'),
    lead: { text: view.language.say('ask.games', { count: titles.length }) },
    facts: titles.flatMap((title) =>
      facts
        .filter(({ slot }) => titleOf(slot) === title)
        .slice(0, 1)
        .flatMap((fact) => lines(view, fact, titleName(view, title, 'full'))),
    ),
    isList: true,
    details: titles.map((title) =>
      detail(
        titleName(view, title, 'full'),
        allLines(
          view,
          facts.filter(({ slot }) => titleOf(slot) === title),
        ),
      ),
    ),
    next: [
      ...titles.map((title) => ({ path: 'wick/film', options: { title }, label: titleName(view, title) })),
      ...neighbours(view, 'upcoming'),
    ],
    from: facts,
  });
}
