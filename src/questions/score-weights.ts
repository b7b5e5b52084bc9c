/** The weights of the score by vocabulary, tuned together on the question set: `npm run eval`. */

/** What an answer gains by what it shares with a question. */
export const GAIN = {
  thing: 2.95,
  title: 1.9,
  concept: 1.9,
  hint: 1.2,
  named: 0.2,
  anyOfKind: 2.0,
  words: 0.85,
  date: 1.4,
  phrase: 0.8,
} as const;

/** What an answer loses by what it lacks of a question, or has beyond it. */
export const LOSS = {
  title: 7.0,
  person: 5.25,
  character: 3.6,
  franchise: 2.0,
  otherPerson: 1.5,
  homeRegion: 0.85,
  region: 7.15,
  service: 4.0,
  strict: 5.0,
  concept: 4.0,
  loose: 1.3,
  hint: 0.65,
  word: 0.6,
  unknown: 1.7,
  everyday: 0.5,
  common: 0.35,
  known: 1.0,
  focus: 1.5,
  ordinaryWords: 1.5,
  besideTitle: 4.2,
  parts: 0.5,
  strictParts: 2.4,
  strictWord: 0.5,
  beyond: 0.04,
  neighbours: 1.8,
  outOfScope: 9.0,
  otherTitle: 4.85,
  need: 4.0,
} as const;

/** The share that counts of what is said in context: of what an answer has, and far less of what it lacks. */
export const CONTEXT_SHARE = { gain: 1, thing: 0.54, loss: 0.09, lostThing: 0.7, outOfScope: 0.25 } as const;
/** What an answer loses by having what is negated, as a share of what it would gain. */
export const NEGATED_SHARE = 0.7;

/** The film that is meant where none is named: the command bears its name. */
export const HOME = 'title:ballerina';
/** The region that is meant where none is named. */
export const HOME_REGION = 'region:US';
