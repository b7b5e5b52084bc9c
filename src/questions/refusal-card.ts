import { type Card, neighbours, type View } from '../answers/card.ts';
import { createCard } from '../answers/make-card.ts';
import type { Finding } from './find-answer.ts';
import { exampleButtons, questionButton } from './question-buttons.ts';
import type { QuestionIndex } from './question-index.ts';
import type { SmallTalk } from './small-talk.ts';
import { isTactful } from './tact.ts';

/** A question as it was typed, and as it may be shown in a message. */
export interface Asked {
  question: string;
  shown: string;
}

/**
 * Returns the answer to a question that has none: whether it is about something else or only not in the facts, and what can be
 * asked instead. Contains no fact.
 */
export function createRefusalCard(
  view: View,
  index: QuestionIndex,
  { why, near, mentions }: Extract<Finding, { kind: 'refusal' }>,
  shown: string,
): Card {
  const { say } = view.language;
  const buttons =
    why === 'other-subject'
      ? []
      : near
          .filter((profile) => isTactful(view.snapshot, profile, mentions))
          .flatMap((profile) => questionButton(view, index, profile));
  const key = why === 'other-subject' || buttons.length === 0 ? why : 'near';
  const card = createCard(view, {
    title: say('ask.title'),
    lead: { text: say(`ask.refusal.${key}`) },
    next: [...buttons, ...neighbours(view, 'overview', 'release', 'cast', 'plot', 'timeline')],
  });
  return { ...card, question: say('ask.asked', { typed: shown }) };
}

/** Returns a short reply to a greeting, thanks or a remark, with questions to begin with. */
export function createSmallTalkCard(view: View, index: QuestionIndex, talk: SmallTalk, shown: string): Card {
  const { say } = view.language;
  const card = createCard(view, {
    title: say('ask.talk.title'),
    lead: { text: say(`ask.talk.${talk}`) },
    next: [...exampleButtons(view, index), ...neighbours(view, 'overview', 'release', 'cast')],
  });
  return { ...card, question: say('ask.asked', { typed: shown }) };
}
