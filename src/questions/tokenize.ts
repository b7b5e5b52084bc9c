import { normalize } from '../lib/search.ts';

/** Numbers as people write them, in one form. "One" is left alone: it is a pronoun more often than a number. */
const NUMBERS: Readonly<Record<string, string>> = {
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  ii: '2',
  iii: '3',
  iv: '4',
  '1st': 'first',
  '2nd': 'second',
  '3rd': 'third',
  '4th': 'fourth',
  '5th': 'fifth',
};

/** Abbreviations of chats. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  abt: 'about',
  alr: 'already',
  b4: 'before',
  bday: 'birthday',
  bc: 'because',
  cuz: 'because',
  def: 'definitely',
  dir: 'director',
  docu: 'documentary',
  ep: 'episode',
  eps: 'episodes',
  esp: 'especially',
  fav: 'favorite',
  govt: 'government',
  hrs: 'hours',
  hr: 'hour',
  incl: 'including',
  mins: 'minutes',
  nd: 'and',
  orig: 'original',
  perf: 'performance',
  ppl: 'people',
  pls: 'please',
  plz: 'please',
  prob: 'probably',
  prod: 'production',
  rlly: 'really',
  rly: 'really',
  sched: 'schedule',
  smth: 'something',
  sth: 'something',
  smb: 'somebody',
  smbd: 'somebody',
  sec: 'second',
  thru: 'through',
  tix: 'tickets',
  tmrw: 'tomorrow',
  vid: 'video',
  vids: 'videos',
  vs: 'versus',
  wen: 'when',
  wht: 'what',
  wich: 'which',
  whn: 'when',
  wks: 'weeks',
  u: 'you',
  ur: 'your',
  r: 'are',
  yr: 'year',
  yrs: 'years',
};

/** Articles are left out: "the Marquis" and "Marquis" are one, and questions may be in telegram style. */
export const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an']);

/** Forms that the rules of endings do not find, or would join with another word: a film is not its filming. */
const IRREGULAR: Readonly<Record<string, string>> = {
  filmed: 'filming',
  shot: 'shoot',
  wrote: 'write',
  written: 'write',
  made: 'make',
  came: 'come',
  went: 'go',
  died: 'die',
  dies: 'die',
  dying: 'die',
  took: 'take',
  taken: 'take',
  told: 'tell',
  bought: 'buy',
  won: 'win',
  theatre: 'theater',
  theatres: 'theater',
  theaters: 'theater',
  cinemas: 'cinema',
  paid: 'pay',
  began: 'begin',
  whos: 'who',
  whens: 'when',
  whats: 'what',
  wheres: 'where',
  hows: 'how',
  whys: 'why',
  actors: 'cast',
  actresses: 'cast',
  sold: 'sell',
};

/** A word as it was typed, without case and accents, and as it is compared. */
export interface Word {
  typed: string;
  stem: string;
}

/** Returns the stems of a text's words: without case, accents, apostrophes and endings. */
export const wordsOf = (text: string): string[] => typedWords(text).map(({ stem }) => stem);

/** Returns the words of a text, without articles. */
export function typedWords(text: string): Word[] {
  const joined = text
    .replace(/([\p{L}\d])['’`´]s\b/gu, '$1')
    .replace(/['’`´]/g, '')
    .replaceAll('&', ' and ');
  const bare = normalize(joined);
  return bare
    .split(' ')
    .filter((word) => word !== '' && !ARTICLES.has(word))
    .map((word) => ({ typed: word, stem: stemOf(word) }));
}

/** Returns a word as it is compared: abbreviations written out, numbers as digits, irregular forms as regular ones, stemmed. */
export const stemOf = (word: string): string => {
  const whole = ABBREVIATIONS[word] ?? word;
  return stem(NUMBERS[whole] ?? IRREGULAR[whole] ?? whole);
};

/**
 * Returns a word without the endings in which questions differ: "directs", "directed" and "directing" are one word. It is
 * crude, but used for questions and answers alike, so that it only has to be consistent.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word;
  if (root.endsWith('ies')) root = root.slice(0, -2);
  else if (root.endsWith('s') && !root.endsWith('ss')) root = root.slice(0, -1);
  if (UNCHANGED.has(root)) return root;
  if (root.length > 5 && root.endsWith('ing')) root = withoutDouble(root.slice(0, -3));
  else if (root.length > 4 && root.endsWith('ed')) root = withoutDouble(root.slice(0, -2));
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1);
  return root.length > 3 ? root.replace(/([^aeiou])y$/, '$1i') : root;
}

/** Nouns that only look like verbs. */
const UNCHANGED: ReadonlySet<string> = new Set([
  'filming',
  'coming',
  'happening',
  'opening',
  'during',
  'king',
  'ring',
  'spring',
  'rating',
  'rated',
  'taking',
  'takings',
  'earning',
  'lighting',
  'clothing',
  'wicked',
]);

/** "planned" is "plan", but "called" stays "call". */
const withoutDouble = (root: string) => (/([bdgmnprt])\1$/.test(root) ? root.slice(0, -1) : root);
