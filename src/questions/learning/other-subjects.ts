import { namesOfOthers, type OtherTitles } from '../other-titles.ts';

/** How titles and people of the franchise are named in examples. */
const OWN_TITLE =
  /\b(?:the )?(?:ballerina(?: movie| film)?|john wick:?(?: chapter)? ?\d|wick \d|chapter \d|parabellum|john wick(?: movies?| films?)?)\b/i;
const OWN_PERSON =
  /\b(?:keanu(?: reeves)?|ana(?: de armas)?|lance reddick|len wiseman|ian mcshane|norman reedus)\b/i;
/** What is left of the franchise in an example makes it no question about something else. */
const OWN_NAME = /wick|ballerina|\bana\b|keanu|armas|reddick|continental|\{/i;

/**
 * Returns examples to refuse: each of these questions that names something of the franchise, about another film or person. Names
 * take turns; every second question is in small letters.
 */
export function askAboutOthers(questions: readonly string[], others: OtherTitles): string[] {
  if (others.titles.length === 0 || others.people.length === 0) return [];
  const nextTitle = createTurns(namesOfOthers({ ...others, people: [] }));
  const nextPerson = createTurns(others.people);
  const renamed = questions.flatMap((text) => {
    const question = text
      .replaceAll('{title}', nextTitle)
      .replaceAll(/\{(person|character)\}/g, nextPerson)
      .replace(OWN_TITLE, nextTitle)
      .replace(OWN_PERSON, nextPerson);
    return question !== text && !OWN_NAME.test(question) ? [question] : [];
  });
  return renamed.map((question, at) => (at % 2 === 0 ? question.toLowerCase() : question));
}

function createTurns(names: readonly string[]): () => string {
  let turn = 0;
  return () => {
    turn += 1;
    return names[(turn - 1) % names.length] ?? '';
  };
}
