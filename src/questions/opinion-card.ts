import { type Card, neighbours, type View } from '../answers/card.ts';
import { describe } from '../answers/describe.ts';
import { labelledLines, prose, withRemarks } from '../answers/lines.ts';
import { createCard, detail, heading } from '../answers/make-card.ts';
import { titleName } from '../answers/names.ts';
import type { Fact } from '../facts/snapshot.ts';
import { addressOf } from './answer-target.ts';
import type { WordContext } from './known-words.ts';
import { namedThingsIn } from './named-things.ts';
import { HOME, MEANS_HOME, NEUTRAL, stemsOf, subjectsOf } from './statement.ts';
import { wordsOf } from './tokenize.ts';

const QUALITY = stemsOf(
  'love loved hate hated enjoy enjoyed good bad great worth decent awful terrible trash garbage awesome amazing suck sucks recommend recommended overrated underrated received reviews review liked enjoyable fun boring skip',
);
const MONEY = stemsOf(
  'flop flopped bomb bombed hit success successful failure fail failed profit profitable lose lost money well even',
);
const ASIDE = stemsOf(
  'or how what so watch watching see seeing time money people critics audience think fans well box office make made big huge commercially financially break broke worth like',
);
const ADVICE = /\bshould (?:i|we) (?:go )?(?:watch|see) /i;

/** The scores of a title, and what it made, on which its success can be judged. */
type Opinion = 'quality' | 'money';

/**
 * Returns the answer to whether a title is any good, or was a success: no verdict of our own, but those of critics and audiences,
 * or what it made beside what it cost. Undefined where something else is asked, or nothing is known.
 */
export function createOpinionCard(
  view: View,
  words: WordContext,
  question: string,
  found?: Fact,
): Card | undefined {
  const isAdvice = ADVICE.test(question);
  // Most questions have no such word; the others are read in full.
  if (!isAdvice && !wordsOf(question).some((word) => QUALITY.has(word) || MONEY.has(word))) return undefined;
  const things = namedThingsIn(question, words);
  const own = things.words.filter((word) => !NEUTRAL.has(word));
  const opinion = isAdvice && own.every((word) => ASIDE.has(word)) ? 'quality' : opinionIn(own);
  const [subject] = subjectsOf(found);
  const titles = things.names.map(({ meanings }) => meanings.find((meaning) => meaning.startsWith('title:')));
  const named = titles[0]?.slice('title:'.length);
  const title = named ?? subject ?? (MEANS_HOME.test(question) ? HOME : undefined);
  if (!opinion || title === undefined || titles.length > 1 || (titles.length === 1 && !named))
    return undefined;
  return opinion === 'quality' ? qualityCard(view, title) : moneyCard(view, title);
}

/** What kind of opinion words ask for; undefined where one of them may ask for something else. */
function opinionIn(words: readonly string[]): Opinion | undefined {
  const isPlain = (known: ReadonlySet<string>) =>
    words.some((word) => known.has(word)) && words.every((word) => known.has(word) || ASIDE.has(word));
  if (isPlain(QUALITY)) return 'quality';
  return isPlain(MONEY) ? 'money' : undefined;
}

function qualityCard(view: View, title: string): Card | undefined {
  const { say, list } = view.language;
  const critics = measureOf(view, title, 'critics');
  const audience = measureOf(view, title, 'audience');
  const grade = view.snapshot.of('rating', (slot) => slot.title === title && slot.board === 'CinemaScore')[0];
  const first = critics ?? audience;
  if (!first) return undefined;
  const scores = [
    ...(critics ? [say('opinion.critics', { value: describe(view, critics) })] : []),
    ...(audience ? [say('opinion.audience', { value: describe(view, audience) })] : []),
  ];
  const sentences = [
    say('opinion.scores', { title: titleName(view, title), scores: list(scores) }),
    ...(grade ? [say('opinion.grade', { grade: describe(view, grade) })] : []),
  ];
  const others = [critics, audience, measureOf(view, title, 'metacritic'), grade].filter(
    (fact) => fact !== undefined,
  );
  return opinionCard(view, { title, first, text: sentences.join(' '), others });
}

function moneyCard(view: View, title: string): Card | undefined {
  const gross = measureOf(view, title, 'gross');
  const budget = measureOf(view, title, 'budget');
  if (!gross || !budget) return undefined;
  const text = view.language.say('opinion.money', {
    title: titleName(view, title),
    gross: describe(view, gross),
    budget: describe(view, budget),
  });
  return opinionCard(view, { title, first: gross, text, others: [gross, budget] });
}

/** A measure on which the sources agree. */
function measureOf({ snapshot }: View, title: string, measure: string): Fact<'measure'> | undefined {
  const fact = snapshot.of('measure', (slot) => slot.title === title && slot.measure === measure)[0];
  return fact && !('sides' in fact.claim) ? fact : undefined;
}

/** The first sentences of an answer, and the facts behind them. */
interface OpinionContent {
  title: string;
  text: string;
  first: Fact;
  others: readonly Fact[];
}

function opinionCard(view: View, { title, text, first, others }: OpinionContent): Card {
  const remarks = [...prose(view, 'reception', title), ...successOf(view, title)];
  return createCard(view, {
    title: heading(view, title, 'reception'),
    lead: withRemarks(view, first, text),
    facts: [],
    details: [detail(undefined, labelledLines(view, [...others, ...remarks]))],
    next: neighbours(view, 'overview', 'release', 'streaming'),
    again: { question: addressOf({ slot: first.slot.slot }) },
  });
}

/** What sources say of a title's success. */
const successOf = ({ snapshot }: View, title: string) =>
  snapshot.of('prose', ({ slot }) => slot === `${title}/success`);
