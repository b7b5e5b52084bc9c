import { describe, expect, test } from 'vitest';
import { ARTICLE_DAY, leadIn, press, sandboxOfFile, sourceLineIn, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (question: string, options = '') =>
  sandbox().command(`/ballerina ask question:${question}${options && ` ${options}`}`);

const VERDICT = /^(Yes, that’s right|Yes|No|Not as far as known)\./;

describe('a question for yes or no is answered with that, then the fact', () => {
  test.each([
    ['is it on netflix', /^No\. .*Starz/],
    ['is ballerina on starz?', /^Yes\. .*Starz/],
    ['is ballerina on peacock', /^No\. .*Peacock/],
    ['is ballerina on prime', /^Yes\. .*Prime Video/],
    ['do you know if its on hulu', /^No\. .*Starz/],
    ['so it’s on netflix?', /^No\. .*Starz/],
    ['is the continental on netflix', /^No\. .*Peacock/],
    ['is ballerina coming to netflix', /^Not as far as known\. /],
    ['can i stream it', /^Yes\. .*Starz/],
    ['is it out on dvd', /^Yes\. .*on disc/],
    ['is keanu in ballerina', /^Yes\. Keanu Reeves plays John Wick/],
    ['keanu’s in it, right?', /^Yes\. Keanu Reeves plays John Wick/],
    ['is it true that keanu is in ballerina', /^Yes\. Keanu Reeves plays John Wick/],
    ['i loved chapter 4. is keanu in ballerina?', /^Yes\. .*Keanu Reeves.* in \*Ballerina\*/],
    ['are keanu and ana in ballerina', /^Yes\. .*Keanu Reeves.*Ana de Armas/],
    ['is halle berry in chapter 3', /^Yes\. .*Halle Berry/],
    ['is halle berry in ballerina', /^Not as far as known\. .*Chapter 3/],
    ['is winston in ballerina', /^Yes\. .*Ian McShane/],
    ['is keanu in caine', /^No\. John Wick isn’t in \*Caine\*/],
    ['is gabriel byrne the chancellor', /^Yes\. .*Gabriel Byrne/],
    ['does ana de armas play rooney', /^No\. .*Eve Macarro/],
    ['did len wiseman direct ballerina', /^Yes\. .*Len Wiseman/],
    ['did chad stahelski direct ballerina', /^No\. .*Len Wiseman/],
    ['did shay hatten write it', /^Yes\. .*Shay Hatten/],
    ['is lance reddick still alive', /^No\. Lance Reddick died on/],
    ['did lance reddick die in 2023', /^Yes\. .*2023/],
    ['is it out yet', /^Yes\. .*June 6, 2025/],
    ['did ballerina come out in 2024', /^No\. .*June 6, 2025/],
    ['did it come out in june', /^Yes\. .*June 6, 2025/],
    ['did it come out on june 7 2025', /^No\. .*June 6, 2025/],
    ['is it coming to japan', /^Yes\. .*Japan/],
    ['is chapter 5 out', /^No\. .*no release date/],
    ['will john wick 5 come out in 2027', /^Not as far as known\. .*no release date/],
    ['is there a chapter 5', /^Yes\. .*in development/],
    ['is caine happening', /^Yes\. .*in development/],
    ['will there be a ballerina 2', /^Not as far as known\. .*sequel/],
    ['is there a john wick game', /^Yes\. There are/],
    ['any trailer yet?', /^Yes\. .*first trailer/],
    ['has ballerina got a trailer', /^Yes\. .*first trailer/],
    ['is it a spin off', /^Yes\. .*spin-off/],
    ['is it a sequel', /^No\. .*spin-off/],
    ['is ballerina a sequel', /^No\. .*spin-off/],
    ['is there a post credits scene in ballerina', /^No\. .*no scene/],
    ['does chapter 4 have a post credits scene', /^Yes\. .*post-credits/],
    ['do i need to see the others first', /^No\. You don’t need/],
    ['is it set between 3 and 4', /^Yes\. .*Chapter 4/],
    ['is ballerina set after chapter 4', /^No\. .*before \*Chapter 4/],
    ['is ballerina longer than 2 hours', /^Yes\. .*2 h 5 min/],
    ['is it under two hours', /^No\. .*2 h 5 min/],
    ['is it two and a half hours long', /^No\. .*2 h 5 min/],
    ['is ballerina longer than chapter 4', /^No\. .*2 h 5 min.*2 h 49 min/],
    ['did it make 100 million', /^Yes\. .*137/],
    ['did it make 200 million', /^No\. .*137/],
    ['is it above 90% on rotten tomatoes', /^No\. .*75/],
    ['is it rated r', /^Yes\. .*\*\*R\*\*/],
    ['is it pg-13', /^No\. .*\*\*R\*\*/],
    ['can kids watch it', /^No\. .*\*\*R\*\*/],
    ['did the series make a billion', /^Yes\. .*billion/],
    ['can i still buy john wick hex', /^No\. .*off sale/],
    ['ballerina came out in 2024, right?', /^No\. .*June 6, 2025/],
    ['my friend says keanu isnt in ballerina, is that true?', /^No\. Keanu Reeves plays/],
    ['can someone tell me if ballerina is on netflix pls', /^No\. .*Starz/],
    ['does ballerina have a release date', /^Yes\. .*June 6, 2025/],
    ['is there a release date for chapter 5', /^No\. .*no release date/],
    ['was ballerina delayed', /^Yes\. .*Moved from June 7, 2024/],
    ['is ballerina on apple tv', /^No\. .*Starz/],
    ['is keanu in john wick', /^Yes\. .*Keanu Reeves.* in \*John Wick\*/],
    ['is caine in ballerina', /^Not as far as known\. .*Donnie Yen/],
    ['is john wick in caine', /^No\. John Wick isn’t/],
    ['did ana de armas play john wick', /^No\. .*Eve Macarro/],
    ['does keanu turn up in ballerina', /^Yes\. Keanu Reeves plays/],
    ['did keanu turn down ballerina', /^No\. Keanu Reeves plays/],
    ['is keanu the main character in ballerina', /^No\. .*supporting role/],
    ['is norman reedus the villain', /^No\. .*Gabriel Byrne/],
    ['is the continental a movie', /^No\. .*limited series/],
    ['is ballerina a netflix movie', /^No\. .*Lionsgate/],
    ['was ballerina filmed in prague', /^Yes\. .*Prague/],
    ['was ballerina filmed in paris', /^Not as far as known\. .*Prague/],
    ['is ballerina 2 out', /^No\. .*hasn’t been announced/],
    ['is there a trailer for chapter 5', /^Not as far as known\. .*in development/],
    ['did john wick 4 make more than ballerina', /^Yes\. .*440M.*137/],
    ['does the dog die in john wick', /^Yes\. Daisy/],
    ['is eve called kikimora', /^Yes\. .*Kikimora/],
    ['is the continental a prequel', /^Yes\. .*1970s/],
    ['is the john wick game multiplayer', /^No\. .*single-player/],
    ['was it donnie yen who played caine', /^Yes\. .*Donnie Yen/],
    ['did ballerina get a b+ cinemascore', /^No\. .*A-/],
    ['did john wick 4 make half a billion', /^No\. .*440M/],
    ['did john wick 4 make a billion', /^No\. .*440M/],
    ['was lance reddick cgi in ballerina', /^No\. .*completed all his scenes/],
    ['is ballerina the fifth john wick movie', /^Yes\. .*fifth John Wick film/],
    ['is it the fourth film in the series', /^No\. .*fifth John Wick film/],
    ['is ballerina the sixth john wick movie', /^No\. .*fifth John Wick film/],
    ['is chapter 4 the longest john wick movie', /^Yes\. .*2 h 49 min/],
    ['is ballerina the longest john wick movie', /^No\. .*2 h 5 min/],
    ['is john wick the shortest film in the series', /^Yes\. .*1 h 41 min/],
    ['is ballerina the highest grossing john wick movie', /^No\. .*137/],
    ['is chapter 4 the most successful john wick film', /^Yes\. .*most successful/],
    ['is ana de armas the star of ballerina', /^Yes\. .*Eve Macarro/],
    ['is norman reedus the lead in ballerina', /^No\. .*Ana de Armas/],
    ['is keanu the lead in john wick 2', /^Yes\. .*John Wick/],
    ['does norman reedus play the villain in ballerina', /^No\. .*Gabriel Byrne/],
    ['was ballerina delayed by a year', /^Yes\. .*Moved from June 7, 2024/],
    ['was ballerina moved up', /^No\. .*Moved from June 7, 2024/],
    ['did john wick 3 shoot in morocco', /^Yes\. .*Morocco/],
    ['was ballerina filmed in hungary', /^Yes\. .*Budapest/],
    ['was ballerina filmed in the czech republic', /^Yes\. .*Prague/],
    ['was ballerina filmed in poland', /^Not as far as known\. .*Prague/],
    ['was some of ballerina shot in austria', /^Yes\. .*Austria/],
    ['is ballerina certified 18 in germany', /^Yes\. .*\*\*18\*\*/],
    ['can a 10 year old watch ballerina', /^No\. .*\*\*R\*\*/],
    ['is under the high table a tv show', /^Yes\. .*Under the High Table/],
    ['is ballerina made by warner bros', /^No\. .*Lionsgate/],
    ['did john wick 4 only make 100 million', /^No\. .*440M/],
    ['did ballerina get a c cinemascore', /^No\. .*A-/],
    ['was ballerina nominated for a saturn award', /^Yes\. .*Saturn/],
    ['is eve part of the ruska roma', /^Yes\. .*Ruska Roma/],
    ['was john wick raised by the director', /^Yes\. .*raised by The Director/],
    ['does eve macarro train as a dancer', /^Yes\. .*dancer/],
    ['is caine set after chapter 4', /^Yes\. .*After \*Chapter 4/],
    ['is ballerina set before john wick 1', /^No\. .*Chapter 3/],
    ['is ballerina a prequel to the first john wick', /^No\. .*Chapter 3/],
    ['is the continental set before john wick', /^Yes\. .*1970s/],
    ['is the continental set in the 70s', /^Yes\. .*1970s/],
    ['do you need to see the other john wick films before ballerina', /^No\. You don’t need/],
    ['did ballerina premiere in may', /^Yes\. .*May 22, 2025/],
    ['was chapter 4 delayed', /^Yes\. .*March 24, 2023/],
    ['was ballerina pushed back a full year', /^Yes\. .*Moved from June 7, 2024/],
    ['is lionsgate behind ballerina', /^Yes\. .*Lionsgate/],
    ['does the continental have three episodes', /^Yes\. .*3/],
    ['was emerald fennell involved with the ballerina script', /^Yes\. Emerald Fennell/],
    ['is wick is pain about the making of john wick', /^Yes\. .*documentary/],
    ['is the animated john wick a prequel', /^Yes\. .*before the first film/],
    ['will chapter 5 be about the high table', /^No\. .*not a continuation/],
    ['was chad stahelski keanu’s stunt double', /^Yes\. .*stunt double/],
  ])('"%s"', async (question, expected) => {
    expect(leadIn(await ask(question))).toMatch(expected);
  });
});

describe('a question whose answer cannot be compared has no verdict', () => {
  test.each([
    'who directed ballerina',
    'why is keanu in ballerina',
    'when did ballerina come out',
    'who does keanu play in ballerina',
    'how long is ballerina',
    'where is it streaming',
    'when does chapter 5 come out',
    'why is it not on netflix',
    'why was ballerina delayed',
    'how does ballerina end',
    'is it on netflix or starz',
    'is ballerina only on starz',
    'is it free on starz',
    'is it 2 hours long',
    'is it in theaters',
    'is anjelica huston the director',
    'did keanu reeves write ballerina',
    'is keanu in all john wick movies',
    'can you tell me who plays eve',
    'ballerina runtime?',
    'was it supposed to come out in 2024',
    'did emerald fennell write ballerina',
    'did it open at number one',
    'was june 7, 2024 ever a date for this',
    'did starz drop it',
    'did the series make 3 billion',
    'did chapter 4 have its premiere in berlin',
    'is john there to kill her',
    'is chapter 4 the end',
    'does akira get caine',
    'is tyler bates back for the spin-off',
    'is lena kikimora',
    'does john wick 2 have a post credits scene',
    'is john wick 5 the last one',
    'was chapter 4 filmed in japan',
    'was chapter 4 filmed in munich',
    'is barbie on netflix',
    'did len wiseman direct barbie',
    'is ballerina the first film',
    'is ballerina the fourth film about a dancer',
    'is ballerina the best john wick movie',
    'is chapter 4 the longest movie of 2023',
    'is norman reedus the star of ballerina',
    'was ballerina delayed by two years',
    'can a 40 year old watch ballerina',
    'did ballerina win a saturn award',
    'does john lead the ruska roma',
    'did ballerina lose money',
    'is ballerina a prequel to chapter 4',
    'is ballerina set after chapter 3',
    'is ballerina a sequel to john wick 3',
    'is caine set after under the high table',
    'is chapter 5 set after chapter 4',
    'do i need to watch ballerina before chapter 4',
    'do i need to see ballerina before caine',
    'was ballerina moved up to june 2025',
  ])('"%s"', async (question) => {
    expect(leadIn(await ask(question))).not.toMatch(VERDICT);
  });
});

describe('a question that is turned round', () => {
  const verdictOf = async (question: string) => VERDICT.exec(leadIn(await ask(question)))?.[1];

  test.each([
    ['is keanu in ballerina', 'is keanu not in ballerina', 'Yes', 'No'],
    ['is keanu in ballerina', 'is keanu missing from ballerina', 'Yes', 'No'],
    ['is ballerina on starz', 'is ballerina not on starz', 'Yes', 'No'],
    ['is ballerina on netflix', 'is ballerina not on netflix', 'No', 'Yes, that’s right'],
    ['is ballerina out', 'is ballerina not out yet', 'Yes', 'No'],
    ['is chapter 5 out', 'is chapter 5 not out yet', 'No', 'Yes, that’s right'],
    ['did len wiseman direct it', 'did len wiseman not direct it', 'Yes', 'No'],
    ['is ballerina rated r', 'is ballerina not rated r', 'Yes', 'No'],
    [
      'is halle berry in ballerina',
      'is halle berry not in ballerina',
      'Not as far as known',
      'Not as far as known',
    ],
  ])('"%s" and "%s"', async (plain, negated, verdict, opposite) => {
    expect(await verdictOf(plain)).toBe(verdict);
    expect(await verdictOf(negated)).toBe(opposite);
  });

  test('"isn’t it" expects a yes, and is answered as "is it"', async () => {
    expect(await verdictOf('isn’t keanu in ballerina')).toBe('Yes');
    expect(await verdictOf('isnt it on netflix')).toBe('No');
    expect(await verdictOf('ballerina isn’t on netflix, right?')).toBe('Yes, that’s right');
  });
});

describe('as of an earlier day, a question for yes or no', () => {
  test.each([
    ['is it out yet', /^No\. .*planned for cinemas on \*\*June 7, 2024/],
    ['is it coming out in 2024', /^Yes\. .*June 7, 2024/],
    ['is ballerina on starz', /^Not as far as known\. /],
    ['is keanu in ballerina', /^Yes\. .*John Wick/],
    ['was ballerina cancelled', /^No\. \*Ballerina\* wasn’t cancelled\. It’s planned for \*\*June 7, 2024/],
    ['does it have a sequel', /^Not as far as known\. /],
    ['is it set between 3 and 4', /^Yes\. /],
  ])('"%s" is answered by the facts of that day', async (question, expected) => {
    const lead = leadIn(await ask(question, `as_of:${ARTICLE_DAY}`));
    expect(lead).toMatch(expected);
    expect(lead).not.toMatch(/2025|2026/);
  });
});

describe('a question for a judgement', () => {
  test.each(['is ballerina any good', 'is it good or bad', 'is it worth watching', 'should i watch it'])(
    '"%s" is answered with those of critics and audiences',
    async (question) => {
      const lead = leadIn(await ask(question));
      expect(lead).toMatch(
        /^\*Ballerina\* has .*75%.* from critics and .*92%.* from the audience on Rotten Tomatoes/,
      );
      expect(lead).toMatch(/A-\*\* \(CinemaScore\)/);
      expect(lead).not.toMatch(VERDICT);
    },
  );

  test.each(['did ballerina flop', 'was ballerina a hit', 'did it do well at the box office'])(
    '"%s" is answered with what it made beside what it cost',
    async (question) => {
      expect(leadIn(await ask(question))).toMatch(
        /^\*Ballerina\* made \*\*\$137.2M\*\* worldwide on a budget of \*\*\$90M/,
      );
    },
  );

  test('is not answered for what it is not about', async () => {
    expect(leadIn(await ask('is pizza good'))).toMatch(/^I only know the John Wick films/);
  });
});

test('the verdict gives no spoiler away, and its answer has its source', async () => {
  const hidden = await ask("is pine the chancellor's son?");
  expect(leadIn(hidden)).toMatch(/^The answer is a spoiler/);
  expect(leadIn(await press(sandbox(), hidden, 'Spoilers'))).not.toMatch(VERDICT);
  const answer = await ask('is halle berry in ballerina');
  expect(sourceLineIn(answer)).toMatch(/, .*\d{4}/);
  expect(textIn(answer)).toContain('“is halle berry in ballerina”');
});
