const SAID =
  '(?:please|pls|plz|hey|hi|hello|yo|lol|lmao|thanks|thank you|thx|hmm+|um+|uh|oh|bro|dude|omg|ok|okay)';
const BEFORE = new RegExp(`^(?:${SAID}[\\s,]+)+`, 'iu');
const AFTER = new RegExp(`(?:[\\s,]+${SAID})+$`, 'iu');

/** A question without what is said to anybody before and after it: that asks for nothing, and must change nothing. */
export const withoutSmallTalk = (question: string): string =>
  question.trim().replace(BEFORE, '').replace(AFTER, '');
