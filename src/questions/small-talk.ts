import { withoutRemarks } from './remarks.ts';

const WORD =
  'please|pls|plz|hey|hi|hello|yo|lol|lmao|thanks|thank you|thx|hmm+|um+|uh|oh|bro|dude|omg|ok|okay';
const OPENING =
  'sorry if (?:this|it)(?: is|.?s)(?: \\w+){0,3} question|sorry if (?:this|it) (?:was|has been) asked(?: before| already)?|not sure if (?:this|it) (?:was|has been) asked(?: before| already)?|(?:i have|ive got|i.ve got|i got) an? (?:\\w+ )?question|quick q(?:uestion)?|(?:hi|hey|hello) (?:all|guys|everyone|there|folks)|i was (?:just )?wondering|(?:just )?wondering';
const CLOSING =
  'thanks in advance|thank(?:s| you) (?:so|very) much|thanks a lot|thanks (?:guys|all|everyone|again)|asking for a friend|just (?:curious|wondering|asking)|no spoilers?(?: please| pls)?|if any(?:one|body) knows?';
const LEADING = new RegExp(`^(?:(?:${OPENING}|${WORD})[\\s,:.!;-]+(?:but |so |and )?)+(?=\\S)`, 'iu');
const TRAILING = new RegExp(`(?:[\\s,.!;-]+(?:${CLOSING}|${WORD}))+[\\s.!]*$`, 'iu');

/**
 * Returns a question without what is said before and after it that asks for nothing and must change nothing: small talk, and
 * sentences about something else.
 */
export const withoutSmallTalk = (question: string): string =>
  withoutPhrases(withoutRemarks(withoutPhrases(question)));

const withoutPhrases = (text: string) => text.trim().replace(LEADING, '').replace(TRAILING, '');

/** What somebody says who asks nothing. */
export type SmallTalk = 'greeting' | 'thanks' | 'praise' | 'goodbye' | 'remark';

/** What each kind is said by, the kind that tells most first: "hi, thanks" is thanks. */
const PHRASES: readonly (readonly [SmallTalk, readonly string[]])[] = [
  [
    'thanks',
    [
      'thanks?',
      'thank (?:you|u|ya)',
      'thankyou',
      'thx',
      'tysm',
      'ty',
      'tnx',
      'cheers',
      'much appreciated',
      '(?:i )?appreciate (?:it|that|you)',
    ],
  ],
  [
    'goodbye',
    [
      '(?:good ?)?bye(?: bye)?',
      'see (?:you|ya)(?: later| soon)?',
      'cya',
      'good ?night',
      'later',
      'take care',
    ],
  ],
  [
    'praise',
    [
      '(?:good|nice|great|best|cool|awesome|amazing|smart|clever|lovely) (?:bot|job|work|one|answer|stuff)',
      'well done',
      'you(?: a|.)?re? (?:the best|great|awesome|amazing|so (?:good|smart|cool)|cool|smart|good)',
      '(?:i )?(?:love|like) (?:you|this bot|it|this)',
      'you rock',
      'awesome',
      'amazing',
      'great',
      'perfect',
      'nice',
      'cool',
      'sweet',
      'brilliant',
    ],
  ],
  [
    'greeting',
    [
      'hi+(?:ya)?',
      'hey+a?',
      'hello+',
      'hallo',
      'hola',
      'yo',
      'howdy',
      'greetings',
      'good ?(?:morning|afternoon|evening|day)',
      '(?:what ?.?s|was+) ?up',
      'sup',
      'how(?: are|.?re|s|.s)? (?:you|u|it going|things)(?: doing)?(?: today)?',
    ],
  ],
  [
    'remark',
    [
      'ok(?:ay|ie)?',
      'k+',
      'alright',
      'all right',
      'got it',
      'i see',
      'lol',
      'lmao',
      'rofl',
      '(?:ha){2,}',
      'wow',
      'omg',
      'never ?mind',
      'nvm',
      'no (?:worries|problem|questions?)',
      'understood',
      'makes sense',
      'interesting',
      'sorry',
    ],
  ],
];

/** What goes with any of them. */
const FILLERS =
  'there|all|everyone|everybody|guys|folks|again|bot|concierge|mr concierge|my|friend|man|mate|bro|dude|buddy|sir|oh|well|so|very|much|a lot|a bunch|for (?:the|your|all the|all your|that|this)(?: help| info| answers?| information)?|for (?:helping|answering)|that helps?|that helped|this is|that is|that.?s|it|is|was|and|then|you|today|a|the|really|just|now';

const ANY = new RegExp(
  `^(?:(?:${[...PHRASES.flatMap(([, phrases]) => phrases), FILLERS].join('|')})(?:\\s+|$))+$`,
  'iu',
);
const KINDS = PHRASES.map(([kind, phrases]) => ({
  kind,
  expression: new RegExp(`(?:^|\\s)(?:${phrases.join('|')})(?:\\s|$)`, 'iu'),
}));

/** Returns what a message is that is nothing but small talk: "hello there", "lol ok". Undefined where it says anything else. */
export function smallTalkOf(message: string): SmallTalk | undefined {
  const text = message
    .replace(/[^\p{L}\p{N}'’\s]+/gu, ' ')
    .replace(/['’]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length > MAX_LENGTH || !ANY.test(text)) return undefined;
  return KINDS.find(({ expression }) => expression.test(text))?.kind;
}

/** Nobody greets at such length; an expression need not try. */
const MAX_LENGTH = 60;
