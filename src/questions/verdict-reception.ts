import type { Fact } from '../facts/snapshot.ts';
import type { Judgement } from './judgement.ts';
import { hasOnly, type Statement, stemsOf } from './statement.ts';
import { spanOf } from './verdict-numbers.ts';

const WHO = stemsOf(
  'critic critics reviewer reviewers reviews review press rotten tomatoes tomatometer audience audiences viewers fans moviegoers people everybody everyone with by on the well badly poorly',
);
const GOOD = stemsOf(
  'love loved like liked praise praised fresh good great positive enjoy enjoyed acclaimed',
);
const BAD = stemsOf(
  'hate hated dislike disliked pan panned trash trashed bash bashed slam slammed rotten bad terrible awful negative bombed bomb flop flopped destroyed rip ripped',
);
const RECEIVED = new Set([
  ...WHO,
  ...GOOD,
  ...BAD,
  ...stemsOf('get got receive received rated score scored so all'),
]);

const CRITICS = /\b(?:critics?|reviewers?|reviews?|press|rotten|tomatoes|tomatometer)\b/;
const AUDIENCE = /\b(?:audiences?|viewers|fans|moviegoers)\b/;

/** From so many percent on, Rotten Tomatoes calls a film fresh; what is near to it is neither loved nor hated. */
const FRESH = 60;
const CLEAR = 10;

/** "Did critics hate it", "was it rotten": by what critics or the audience gave it. */
export function judgeReception(statement: Statement): Judgement | undefined {
  const { text, titles, title, snapshot, words, found } = statement;
  if (namesMore(statement) || titles.length > 1 || !hasOnly(statement, RECEIVED)) return undefined;
  // "Rotten" is a part of the name of the site.
  const own = /\brotten tomatoes\b/.test(text) ? withoutFirst(words, 'rotten', text) : words;
  const isGood = own.some((word) => GOOD.has(word));
  if (isGood === own.some((word) => BAD.has(word))) return undefined;
  const isOfAudience = AUDIENCE.test(text);
  if (isOfAudience === CRITICS.test(text)) return undefined;
  const measure = isOfAudience ? 'audience' : 'critics';
  const score = snapshot.of('measure', (slot) => slot.title === title && slot.measure === measure)[0];
  if (!score || isOfAnother(found.fact, title)) return undefined;
  const wasLiked = likedBy(score);
  return wasLiked === undefined ? undefined : { truth: wasLiked === isGood ? 'yes' : 'no', from: score };
}

/** The words without the one that belongs to "Rotten Tomatoes". */
function withoutFirst(words: readonly string[], word: string, text: string): readonly string[] {
  const [stem = ''] = stemsOf(word);
  const isTwice = text.split(word).length > 2;
  return isTwice ? words : words.filter((each) => each !== stem);
}

const isOfAnother = (fact: Fact | undefined, title: string) =>
  fact?.slot.kind === 'measure' && fact.slot.title !== title;

function likedBy(score: Fact<'measure'>): boolean | undefined {
  const span = spanOf(score);
  if (span.every((percent) => percent >= FRESH + CLEAR)) return true;
  return span.every((percent) => percent <= FRESH - CLEAR) ? false : undefined;
}

const namesMore = ({ persons, characters, services, dates, amounts, ratings, regions }: Statement) =>
  persons.length +
    characters.length +
    services.length +
    dates.length +
    amounts.length +
    ratings.length +
    regions.length >
  0;
