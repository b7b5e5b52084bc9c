import type { Profile } from './answer-profile.ts';
import { HOME, HOME_REGION } from './home.ts';
import { isThing } from './lexicon.ts';
import type { Mention } from './parse-question.ts';
import { isTitle, type ReadQuestion } from './read-question.ts';

/** Returns how much the facts' own use of a word tells: more for a rare one. */
export type TermWeight = (word: string) => number;

/** An answer that mentions are compared with. */
export interface ComparedAnswer {
  profile: Profile;
  /** Whether the question names a title of the answer. */
  isTitleNamed: boolean;
  /** Answers to the same question about other things. */
  siblings: readonly Profile[];
  termWeight: TermWeight;
}

/** A word that is used to ask for so many things tells nothing of what is asked for. */
const GENERAL = 25;

/** The intent of all roles. */
const ROLE = '*/role/*';
/** The kinds of things, those first that matter most. */
const THINGS = ['character', 'service', 'person', 'title', 'region'] as const;

/** Returns what a mention tells for and against an answer, each sign with how much there is of it. */
export function mentionSigns(mention: Mention, question: ReadQuestion, answer: ComparedAnswer): Sign[] {
  const { kind, words, parts } = mention;
  const inWords = words.every((word) => answer.profile.words.has(word));
  switch (kind) {
    case 'outOfScope':
      return [sign('elsewhere')];
    case 'unknown':
    case 'word':
      return wordSigns(mention, question, answer);
    case 'date':
      return [sign(inWords ? 'has-date' : 'lacks-date')];
    default: {
      const shared = sharedSigns(mention, answer);
      if (shared) return shared;
      if (parts)
        return [...parts.flatMap((part) => mentionSigns(part, question, answer)), sign(`parts-${kind}`)];
      return inWords && kind !== 'thing'
        ? [sign(`in-words-${kind}`)]
        : lackingSigns(mention, question, answer);
    }
  }
}

/** A sign, with how much there is of it. */
type Sign = readonly [name: string, amount: number];
const sign = (name: string, amount = 1): Sign => [name, amount];

/** A word that means nothing by itself: whether the answer has it, or whoever asks for such an answer uses it. */
function wordSigns(
  { kind, words, commonness, isContext, isFocus, isListed }: Mention,
  { useOf, places }: ReadQuestion,
  { profile, termWeight }: ComparedAnswer,
): Sign[] {
  const [word = ''] = words;
  if (kind === 'word' && profile.words.has(word)) return [sign('has-word', termWeight(word))];
  const use = useOf(word);
  if (use?.isFor(profile.intent)) return [sign('usual-word')];
  const how = use ? (use.intents >= GENERAL ? 'general' : 'unused') : 'novel';
  return [
    sign(`${how}-${commonness ?? 'rare'}`),
    ...[...(places.get(word) ?? [])].map((place) => sign(`${how}-${place}`)),
    ...(isListed && !isContext ? [sign(`${how}-listed`)] : []),
    ...(isFocus ? [sign('lacks-focus')] : []),
  ];
}

/** What the answer has of a mention, or comes near to; undefined where there is nothing. */
function sharedSigns(mention: Mention, answer: ComparedAnswer): Sign[] | undefined {
  const { kind, meanings } = mention;
  const { profile } = answer;
  const shared = meanings.filter((meaning) => profile.features.has(meaning));
  const doubt = mention.neighbours?.some((word) => !profile.words.has(word)) ? [sign('neighbours')] : [];
  if (shared.length > 0) return [...hasSigns(mention, shared, profile), ...doubt];
  const ofKind = meanings.filter((meaning) => isThing(meaning) && profile.kinds.has(kindOf(meaning)));
  if (ofKind.length > 0) return [sign(kindSign(ofKind, meanings, answer))];
  if (meanings.includes('franchise'))
    return kind === 'thing' && profile.titles.includes(HOME) ? [sign('franchise-at-home')] : [];
  return meanings.some((meaning) => profile.named.has(meaning)) ? [sign('named'), ...doubt] : undefined;
}

/**
 * What an answer has of a mention. Names count differently for who plays whom: every role has some, and a name that is not of the
 * one who plays or is played is somebody else's, as that of a father.
 */
function hasSigns(mention: Mention, shared: readonly string[], { intent, things }: Profile): Sign[] {
  const { kind, words, meanings } = mention;
  if (kind === 'thing') {
    const isOwn = shared.some((meaning) => things.includes(meaning));
    const of = intent === ROLE ? (isOwn ? 'role-' : 'role-beside-') : '';
    return [
      sign(of + (meanings.length > 1 ? `may-have-${sharedKinds(shared)}` : `has-${thingKind(shared)}`)),
    ];
  }
  return [sign(`has-${kind}`), ...(kind !== 'hint' && words.length > 1 ? [sign('has-phrase')] : [])];
}

/** What an answer has of a name that means several things: "John Wick" is a man, a film and all of them. */
const sharedKinds = (shared: readonly string[]) => [...new Set(shared.map(kindOf))].sort().join('-');

function thingKind(shared: readonly string[]): string {
  const thing = shared.find((meaning) => isThing(meaning) && !isTitle(meaning));
  if (thing) return kindOf(thing);
  if (shared.includes(HOME)) return 'home';
  return shared.some(isTitle) ? 'title' : 'concept-as-name';
}

/** An answer that has any thing of this kind: "did {person} direct it" is answered by who did. */
function kindSign(ofKind: readonly string[], meanings: readonly string[], answer: ComparedAnswer): string {
  if (!ofKind.some((meaning) => meaning.startsWith('person:'))) return 'any-of-kind';
  const { profile, siblings, isTitleNamed } = answer;
  const isElsewhere = siblings.some(
    (other) =>
      other !== profile && meanings.some((meaning) => isThing(meaning) && other.features.has(meaning)),
  );
  if (isElsewhere) return 'person-elsewhere';
  return isTitleNamed ? 'any-person-of-title' : 'any-person';
}

/** What the answer lacks of a mention. */
function lackingSigns(
  { kind, words, meanings }: Mention,
  { useOf }: ReadQuestion,
  { isTitleNamed, profile }: ComparedAnswer,
): Sign[] {
  if (kind === 'hint') return [sign('lacks-hint')];
  if (isTitleNamed && meanings.some(isTitle)) return [sign('lacks-second-title')];
  if (meanings.includes(HOME_REGION)) return [sign('lacks-home-region')];
  const things = meanings.filter(isThing);
  if (things.length > 0)
    return [sign(`lacks-${THINGS.find((name) => things.some(isOfKind(name))) ?? 'thing'}`)];
  const isUsed = words.some((word) => useOf(word)?.isFor(profile.intent));
  return [sign(`lacks-${kind}`), ...(isUsed ? [] : [sign(`unused-${kind}`)])];
}

const isOfKind = (kind: string) => (meaning: string) => kindOf(meaning) === kind;
const kindOf = (meaning: string) => meaning.split(':')[0] ?? '';
