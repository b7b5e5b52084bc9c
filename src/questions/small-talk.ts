const PHRASE =
  '(?:please|pls|plz|hey|hi|hello|yo|lol|lmao|thanks|thank you|thx|hmm+|um+|uh|oh|bro|dude|omg|ok|okay)';
const LEADING = new RegExp(`^(?:${PHRASE}[\\s,]+)+`, 'iu');
const TRAILING = new RegExp(`(?:[\\s,]+${PHRASE})+$`, 'iu');

/** Returns a question without small talk before and after it, which asks for nothing and must change nothing. */
export const withoutSmallTalk = (question: string): string =>
  question.trim().replace(LEADING, '').replace(TRAILING, '');
