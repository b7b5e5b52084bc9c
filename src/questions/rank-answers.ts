import type { Profile } from './answer-profile.ts';
import { answerSigns, type ComparisonContext, questionSigns } from './answer-signs.ts';
import type { AskModel } from './ask-model.ts';
import { HOME } from './home.ts';
import type { ReadQuestion } from './read-question.ts';
import { addSign, type Signs, weigh, within } from './signs.ts';

/** An answer, with how well it fits. */
export interface RankedAnswer {
  profile: Profile;
  /** Of two answers, one with a score higher by 1 is e times as likely to be the one asked for. */
  score: number;
  signs: Signs;
}

/** The answers to a question. */
export interface Ranking {
  /** The best first. */
  answers: readonly RankedAnswer[];
  /** How certain it is that the best was asked for: 0 is undecided, and more is likelier. */
  certainty: number;
}

/** Ranks the answers that the likeliest intents have. */
export function rankAnswers(question: ReadQuestion, model: AskModel, context: ComparisonContext): Ranking {
  const answers = candidatesOf(question, context)
    .map((profile): RankedAnswer => {
      const signs = answerSigns(question, profile, context);
      return { profile, signs, score: weigh(signs, model.ranking) };
    })
    .sort((a, b) => b.score - a.score);
  const signs = isOfLater(question, answers, context) ? undefined : certaintySigns(question, answers);
  return { answers, certainty: signs ? weigh(signs, model.certainty) : Number.NEGATIVE_INFINITY };
}

/** Whether nothing is known yet, on an earlier day, of what the question most likely asks for. */
function isOfLater(
  { shares }: ReadQuestion,
  [best]: readonly RankedAnswer[],
  { profilesOf }: ComparisonContext,
): boolean {
  const [likeliest] = shares;
  if (!best || !likeliest || profilesOf.has(likeliest[0])) return false;
  return (shares.get(best.profile.intent) ?? 0) < likeliest[1] / 2;
}

/** Of an intent with so many answers, only those are compared that something speaks for. */
const MANY = 12;

/** Returns the answers that a question may ask for. */
function candidatesOf(question: ReadQuestion, { profilesOf }: ComparisonContext): Profile[] {
  const { shares, features, votes, hasTitle } = question;
  const isLikely = ({ titles, things, target }: Profile) =>
    (!hasTitle && titles.includes(HOME)) ||
    things.some((thing) => features.has(thing)) ||
    ('slot' in target && votes.slot(target.slot) > 0);
  return [...shares.keys()].flatMap((intent) => {
    const all = profilesOf.get(intent) ?? [];
    const likely = all.length > MANY ? all.filter(isLikely) : all;
    return likely.length > 0 ? likely : all;
  });
}

/** Scores and gaps beyond these tell no more. */
const SCORE = { min: -6, max: 10 } as const;
const MAX_GAP = 6;
/** Two answers whose scores are so near are as good as each other. */
const TIE = 0.02;

/**
 * Returns what tells whether the best answer was asked for: all signs of it and of the question, and how far ahead of the others
 * it is. Undefined where there is no answer.
 */
export function certaintySigns(question: ReadQuestion, answers: readonly RankedAnswer[]): Signs | undefined {
  const [best] = answers;
  if (!best) return undefined;
  const signs: Signs = new Map([...best.signs, ...questionSigns(question), ['bias', 1]]);
  const next = answers.find(({ profile }) => profile.intent !== best.profile.intent);
  let all = 0;
  let ofIntent = 0;
  for (const { profile, score } of answers) {
    const likelihood = Math.exp(score - best.score);
    all += likelihood;
    if (profile.intent === best.profile.intent) ofIntent += likelihood;
  }
  addSign(signs, 'chance', 1 / all);
  const second = answers[1];
  if (second && best.score - second.score < TIE) addSign(signs, 'tie');
  // Several answers of one intent may all be right: somebody plays the same part in five films.
  addSign(signs, 'chance-of-intent', ofIntent / all);
  addSign(signs, 'gap', next ? Math.min(MAX_GAP, best.score - next.score) : MAX_GAP);
  addSign(signs, 'score', within(SCORE.min, SCORE.max, best.score));
  return signs;
}
