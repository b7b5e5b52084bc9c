import type { Next, View } from '../answers/card.ts';
import type { Profile } from './answer-profile.ts';
import { addressOf } from './answer-target.ts';
import { HOME } from './home.ts';
import type { QuestionIndex } from './question-index.ts';
import { questionOf } from './suggestions.ts';

/** Where buttons about a question lead. */
const PATH = 'ballerina/ask';
const MAX_EXAMPLES = 3;

/** Returns a button that leads to another answer, called by the question that it answers; none where there is no such question. */
export function questionButton(view: View, index: QuestionIndex, profile: Profile): Next[] {
  const label = questionOf(view, index, profile);
  return label ? [{ path: PATH, options: { question: addressOf(profile.target) }, label }] : [];
}

/** Returns buttons with the questions about *Ballerina* that are asked most, of those that have an answer on the view's day. */
export function exampleButtons(view: View, index: QuestionIndex): Next[] {
  const ofHome = index.profiles.filter(({ titles }) => titles.includes(HOME));
  return index.often
    .flatMap((ask) =>
      ofHome
        .filter((profile) => profile.ask === ask)
        .flatMap((profile) => questionButton(view, index, profile))
        .slice(0, 1),
    )
    .slice(0, MAX_EXAMPLES);
}
